import { expect, test } from "vitest";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type AnsweredError } from "../support/sett.ts";
import { inTime } from "./memory.ts";

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");
const long = "a".repeat(900_000);

/** Documents that cost a plain server seconds or memory; those of depth, aliases and fragments are in `test/server`. */
const documents: readonly [string, string][] = [
  ["a directive again and again", `{ __typename ${times(1200, () => "@include(if: true)")} }`],
  ["directives that there are none of", `{ __typename ${times(2400, (index) => `@d${index}`)} }`],
  ["a variable again and again", `query (${times(1200, () => "$a: Int")}) { __typename }`],
  ["variables that nobody uses", `query (${times(1200, (index) => `$v${index}: Int`)}) { __typename }`],
  ["operations of one name", times(1200, () => "query A { __typename }")],
  ["operations without a name", times(1600, () => "{ __typename }")],
  ["fragments of one name", `{ __typename } ${times(600, () => "fragment A on Query { __typename }")}`],
  ["an argument again and again", `{ repo(${times(1600, () => 'owner: "a"')}) { name } }`],
  [
    "a field of an input again and again",
    `mutation { addSshKey(input: { ${times(1600, () => 'key: "a"')} }) { title } }`,
  ],
  [
    "fields that contradict each other",
    `{ ${times(400, (index) => `repo(owner: "a", name: "b${index}") { name }`)} }`,
  ],
  [
    "fragments whose fields contradict each other",
    `{ ${times(60, (index) => `...F${index}`)} } ${times(60, (index) => `fragment F${index} on Query { repo(owner: "a", name: "b${index}") { name id owner } }`)}`,
  ],
  ["fields that are nearly right", `{ ${times(490, (index) => `viewr${index}`)} }`],
  ["a field's name without end", `{ ${long} }`],
  ["an argument's name without end", `{ repo(${long}: 1) { name } }`],
  ["a type's name without end", `{ ... on ${long} { name } }`],
  ["a number without end", `{ producers(first: ${"1".repeat(900_000)}) { totalCount } }`],
  ["a fraction without end", `{ producers(first: 1.${"1".repeat(900_000)}) { totalCount } }`],
  ["a text without end", `{ repo(owner: "${long}", name: "dev") { name } }`],
  ["a text of lines without end", `{ repo(owner: """${"\n ".repeat(300_000)}""", name: "dev") { name } }`],
  ["a list without end", `{ repo(owner: [${"1,".repeat(440_000)}], name: "dev") { name } }`],
  ["a comment without end", `{ __typename }${"#".repeat(900_000)}\n{`],
  ["nothing but spaces", " ".repeat(900_000)],
];

test("no document holds the gateway up or fills its memory: each is refused by a code, and the next one is answered", async () => {
  const sett = await startSett();
  for (const [what, query] of documents) {
    const { codes, data } = await inTime(() => sett.as("demo").askText(query));
    expect([what, Object.values(data ?? {}).filter(Boolean)]).toEqual([what, []]);
    expect([what, codes.length > 0]).toEqual([what, true]);
    for (const code of codes) {
      expect(code).toMatch(
        /^(?:BAD_USER_INPUT|BAD_REQUEST|GRAPHQL_(?:PARSE|VALIDATION)_FAILED|OPERATION_RESOLUTION_FAILURE)$/,
      );
    }
  }
  expect(sett.upstreamCalls()).toEqual([]);
  expect((await sett.as("demo").askText("{ viewer { login } }")).codes).toEqual([]);
}, 120_000);

test("over a socket the same documents are refused as well", async () => {
  const sett = await startSett();
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  sett.upstreamCalls();
  for (const [index, [what, query]] of documents.entries()) {
    say({ id: String(index), type: "subscribe", payload: { query } });
    const { type, payload } = await hear();
    const errors = (type === "error" ? payload : (payload as { errors?: unknown }).errors) as AnsweredError[];
    expect([what, errors[0]?.extensions.code]).toEqual([what, expect.any(String) as string]);
    // An operation that ran in vain is complete besides.
    if (type === "next") expect(await hear()).toMatchObject({ type: "complete" });
  }
  expect(sett.upstreamCalls()).toEqual([]);
}, 120_000);

const values: readonly [string, string][] = [
  ["text", "a".repeat(900_000)],
  ["dots", ".".repeat(900_000)],
  ["slashes", "a/".repeat(450_000)],
  ["spaces", " ".repeat(900_000)],
  ["dashes", `a${"-".repeat(900_000)}`],
  ["letters that take two places", "😀".repeat(200_000)],
];

test("no rule for a name takes long to say no, however long what is given for it", async () => {
  const sett = await startSett();
  const query = `query ($login: Login!, $name: RepositoryName!, $producer: ProducerName!, $path: FilePath!, $id: ID!) {
    repo(owner: $login, name: $name) { file(path: $path) { size } }
    project(producer: $producer) { env }
    node(id: $id) { id }
  }`;
  const short = { login: "demo", name: "dev", producer: "demo", path: "a", id: "a" };
  for (const [what, value] of values) {
    for (const variable of Object.keys(short)) {
      const { codes } = await inTime(() => sett.as("demo").askText(query, { ...short, [variable]: value }));
      expect([what, variable, codes.length > 0]).toEqual([what, variable, true]);
      expect(codes).not.toContain("INTERNAL_SERVER_ERROR");
    }
  }
}, 120_000);

test("several operations in one request are not taken, however many", async () => {
  const sett = await startSett();
  const batch = JSON.stringify(Array.from({ length: 20_000 }, () => ({ query: "{ __typename }" })));
  const response = await fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token demo-token" },
    body: batch,
  });
  expect(response.status).toBe(400);
  expect((await response.text()).length).toBeLessThan(500);
});

test("names that mean something to JavaScript are data in JSON, and change nothing else", async () => {
  const sett = await startSett();
  const text = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"toString":"a"}';
  const save = `mutation ($document: JSONObject!) {
    saveProject(input: { project: { producer: "demo" }, document: $document }) { revision }
  }`;
  const response = await fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token demo-token" },
    body: JSON.stringify({ query: save, variables: { document: 0 } }).replace(
      '"document":0',
      `"document":${text}`,
    ),
  });
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  expect(errors.map(({ extensions }) => extensions.code)).not.toContain("INTERNAL_SERVER_ERROR");
  expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
  const read = await sett.as("demo").askText('{ project(producer: "demo") { document } }');
  expect(read.codes).toEqual([]);
  expect(read.text.includes('"__proto__":{"isAdmin":true}')).toBe(errors.length === 0);
  expect((await sett.as("zu").askText("{ viewer { isAdmin } }")).data).toEqual({
    viewer: { isAdmin: false },
  });
});
