import { expect, test } from "vitest";
import { ServerRepoDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const generated = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function ask(sett: Sett, headers: Record<string, string>, query = "{ viewer { login } }") {
  return fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token demo-token", ...headers },
    body: JSON.stringify({ query }),
  });
}

test("a request keeps the id that it comes with: in the answer, in the log, and towards every service", async () => {
  const sett = await startSett();
  const id = "edge-7f3a.0042_b";
  const response = await ask(
    sett,
    { "x-request-id": id },
    '{ viewer { login } repo(owner: "customer-demo", name: "dev") { branches { totalCount } } }',
  );
  expect(response.headers.get("x-request-id")).toBe(id);
  const { requests } = sett.sandbox.gitea;
  expect(requests.length).toBeGreaterThan(2);
  expect(requests.map(({ headers }) => headers["x-request-id"])).toEqual(requests.map(() => id));
  expect(sett.log.entries.map(({ requestId }) => requestId)).toEqual([id]);
});

test("a request that comes without an id is given one of its own", async () => {
  const sett = await startSett();
  const ids = await Promise.all([1, 2, 3].map(async () => (await ask(sett, {})).headers.get("x-request-id")));
  for (const id of ids) expect(id).toMatch(generated);
  expect(new Set(ids).size).toBe(3);
  expect(sett.log.entries.map(({ requestId }) => requestId).sort()).toEqual([...ids].sort());
});

test.each([
  "short",
  "x".repeat(101),
  "with spaces in it",
  '{"requestId":"forged"}',
  "eight;;8",
  "one-id-00, other-id",
])("an id that is not of the form is replaced, so that nobody writes into the log: %s", async (given) => {
  const sett = await startSett();
  const response = await ask(sett, { "x-request-id": given });
  const id = response.headers.get("x-request-id");
  expect(id).toMatch(generated);
  expect(sett.log.text.join()).not.toContain(given);
  expect(sett.sandbox.gitea.requests[0]?.headers["x-request-id"]).toBe(id);
});

test("answers that are errors carry the request's id like all others", async () => {
  const sett = await startSett({ env: { BODY_LIMIT: "200" } });
  const json = { accept: "application/graphql-response+json", "content-type": "application/json" };
  const post = (body: string, headers: Record<string, string> = json) => ({ method: "POST", headers, body });
  const requests: [number, string, RequestInit][] = [
    [404, "/nothing", {}],
    [405, "/livez", { method: "DELETE" }],
    [405, "/graphql", { method: "PUT" }],
    [413, "/graphql", post("x".repeat(201))],
    [415, "/graphql", post("{}", { ...json, "content-encoding": "br" })],
    [400, "/graphql", post("{")],
    [400, "/graphql", post("query={__typename}", { "content-type": "text/plain" })],
    [400, "/graphql", post(JSON.stringify({ query: "{" }))],
    [400, "/graphql", post(JSON.stringify({ query: "{a{a{a{a{a{a{a{a{a{a{a{a{a}}}}}}}}}}}}}" }))],
    [204, "/graphql", { method: "OPTIONS" }],
    [200, "/livez", {}],
    [200, "/metrics", {}],
  ];
  for (const [status, path, init] of requests) {
    const id = `request-for-${status}`;
    const headers = new Headers(init.headers);
    headers.set("x-request-id", id);
    const response = await fetch(`${sett.url}${path}`, { ...init, headers });
    expect([response.status, response.headers.get("x-request-id")]).toEqual([status, id]);
  }
});

test("what a service did wrong is logged with the id of the request that met it", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500 });
  const { headers } = await sett.as("demo").ask(ServerRepoDocument, { owner: "customer-demo", name: "dev" });
  const warnings = sett.log.entries.filter(({ level }) => Number(level) >= 40);
  expect(warnings).toMatchObject([{ upstream: "gitea", requestId: headers.get("x-request-id") }]);
});
