import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";

const preflighted = { "apollo-require-preflight": "yes" };
const query = JSON.stringify({ query: "{ __typename }" });
const answered = { data: { __typename: "Query" } };

test.each(["/graphql", "/gql"])("%s takes a query by POST and by GET", async (path) => {
  const sett = await startSett();
  const posted = await fetch(`${sett.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: query,
  });
  expect([posted.status, await posted.json()]).toEqual([200, answered]);
  const got = await fetch(`${sett.url}${path}?query={__typename}`, { headers: preflighted });
  expect([got.status, await got.json()]).toEqual([200, answered]);
});

test("variables and the operation's name come with a GET too", async () => {
  const sett = await startSett();
  const address = new URL(`${sett.url}/graphql`);
  address.search = new URLSearchParams({
    query: 'query A { __typename } query B($owner: Login!) { repo(owner: $owner, name: "dev") { owner } }',
    variables: JSON.stringify({ owner: "customer-demo" }),
    operationName: "B",
  }).toString();
  const response = await fetch(address, { headers: { ...preflighted, authorization: "token al-token" } });
  expect(await response.json()).toEqual({ data: { repo: { owner: "customer-demo" } } });
});

test("a GET changes nothing: a mutation by GET is refused and no service is asked", async () => {
  const sett = await startSett();
  const mutation = `mutation { setCollaborator(input: {
    repo: { owner: "customer-demo", name: "dev" }, login: "customer-eve", level: ADMIN
  }) { level } }`;
  const response = await fetch(`${sett.url}/graphql?query=${encodeURIComponent(mutation)}`, {
    headers: { ...preflighted, authorization: "token demo-token" },
  });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("POST");
  expect(sett.upstreamCalls()).toEqual([]);
});

test.each(["PUT", "PATCH", "DELETE", "HEAD"])("%s is no way to ask", async (method) => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}/graphql`, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET, POST");
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", undefined])(
  "a POST that any page could send unasked is refused, and no service is asked: content type %s",
  async (type) => {
    const sett = await startSett();
    const response = await fetch(`${sett.url}/graphql`, {
      method: "POST",
      headers: { authorization: "token demo-token", ...(type ? { "content-type": type } : {}) },
      body: Buffer.from(JSON.stringify({ query: "{ viewer { login } }" })),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("CSRF");
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("a GET that any page could send unasked is refused", async () => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}/graphql?query={viewer{login}}`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("CSRF");
});

test.each(["/graphql", "/graphql?query={__typename}", "/graphql?query={", "/nothing", "/livez?x"])(
  "whoever asks %s for HTML gets JSON",
  async (path) => {
    const sett = await startSett();
    const response = await fetch(`${sett.url}${path}`, { headers: { ...preflighted, accept: "text/html" } });
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    await expect(response.json()).resolves.toBeTypeOf("object");
  },
);

test.each([
  ["a query that cannot be parsed", "{", 400],
  ["a field that is not there", "{ nothing }", 400],
  ["an argument of the wrong type", "{ repo(owner: 7, name: 8) { name } }", 400],
  ["no operation of several named", "query A { __typename } query B { __typename }", 400],
  ["a value that is not taken", '{ repo(owner: "-", name: "dev") { name } }', 200],
])("no answer tells of the gateway's insides: %s", async (_what, text, status) => {
  const sett = await startSett();
  const answer = await sett.as("demo").askText(text);
  expect(answer.status).toBe(status);
  expect(answer.errors).not.toEqual([]);
  expect(answer.text).not.toMatch(/stacktrace|node_modules|\.ts\b|\.js\b|at \w+ \(|127\.0\.0\.1/);
});

test.each([
  ["is missing", {}],
  ["is of another type", { owner: 7 }],
  ["is null", { owner: null }],
])("a variable that %s is bad input that names it, and no service is asked", async (_what, variables) => {
  const sett = await startSett();
  const answer = await sett
    .as("demo")
    .askText('query($owner: Login!) { repo(owner: $owner, name: "dev") { name } }', variables);
  expect(answer.status).toBe(400);
  expect(answer.errors).toMatchObject([
    { extensions: { code: "BAD_USER_INPUT", problems: [{ field: "owner" }] } },
  ]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("a null where the schema takes none is bad input", async () => {
  const sett = await startSett();
  const answer = await sett
    .as("demo")
    .askText("query($first: PageSize) { producers(first: $first) { totalCount } }", { first: null });
  expect(answer.status).toBe(400);
  expect(answer.codes).toEqual(["BAD_USER_INPUT"]);
});

test("names that mean something to JavaScript mean nothing to the gateway", async () => {
  const sett = await startSett();
  const text = `query($__proto__: Login!, $constructor: RepositoryName!) {
    __proto__: repo(owner: $__proto__, name: $constructor) { toString: name }
  }`;
  const variables = JSON.parse(
    '{"__proto__":"customer-demo","constructor":"dev","toString":{"__proto__":{"isAdmin":true}}}',
  ) as Record<string, unknown>;
  const answer = await sett.as("zu").askText(text, variables);
  expect(answer.text).toBe('{"data":{"__proto__":{"toString":"dev"}}}\n');
  expect(Object.prototype).not.toHaveProperty("isAdmin");
  const { data } = await sett.as("zu").askText("{ viewer { isAdmin } }");
  expect(data).toEqual({ viewer: { isAdmin: false } });
});
