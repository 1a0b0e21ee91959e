import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";

/** Asks as demo, and sees that it is refused before any service is asked. */
async function refusalOf(sett: Sett, query: string, variables: Record<string, unknown> = {}) {
  const { status, data, errors } = await sett.as("demo").askText(query, variables);
  expect({ status, data, calls: sett.upstreamCalls() }).toEqual({ status: 400, data: undefined, calls: [] });
  expect(errors).toHaveLength(1);
  return errors[0];
}

const nested = (levels: number) =>
  `{ node${"(id: 1) { ... on Repo { x".repeat(levels)}${"}}".repeat(levels)} }`;
const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: __typename`).join(" ")} }`;
const fields = (count: number) => `{ viewer { ${"login ".repeat(count)} } }`;

test("a query may nest as deep as the limit and no deeper", async () => {
  const sett = await startSett({ env: { DEPTH_LIMIT: "3" } });
  const deep = await sett.as("demo").askText("{ viewer { projects { totalCount } } }");
  expect(deep.errors).toEqual([]);
  sett.upstreamCalls();
  expect(await refusalOf(sett, "{ viewer { projects { nodes { env } } } }")).toMatchObject({
    message: "query: has 4 levels; at most 3 are taken",
    extensions: { code: "BAD_USER_INPUT", problems: [{ field: "query" }] },
  });
});

test("depth is counted through fragments", async () => {
  const sett = await startSett({ env: { DEPTH_LIMIT: "3" } });
  const query = `
    { viewer { ...A } }
    fragment A on Viewer { ... on Viewer { projects { ...B } } }
    fragment B on ProjectConnection { nodes { env } }`;
  expect(await refusalOf(sett, query)).toMatchObject({ message: "query: has 4 levels; at most 3 are taken" });
});

test("a query may use as many aliases as the limit and no more", async () => {
  const sett = await startSett({ env: { ALIAS_LIMIT: "5" } });
  expect((await sett.as("demo").askText(aliases(5))).errors).toEqual([]);
  expect(await refusalOf(sett, aliases(6))).toMatchObject({
    message: "query: has 6 aliases; at most 5 are taken",
    extensions: { code: "BAD_USER_INPUT" },
  });
});

test("a query may select as many fields as the limit and no more, the same one again included", async () => {
  const sett = await startSett({ env: { FIELD_LIMIT: "10" } });
  expect((await sett.as("demo").askText(fields(9))).errors).toEqual([]);
  sett.upstreamCalls();
  expect(await refusalOf(sett, fields(10))).toMatchObject({
    message: "query: has 11 fields; at most 10 are taken",
    extensions: { code: "BAD_USER_INPUT" },
  });
});

test("operations that are not run count as well: all of them are validated", async () => {
  const sett = await startSett({ env: { FIELD_LIMIT: "3" } });
  const query = "query A { a: __typename b: __typename } query B { c: __typename d: __typename }";
  expect(await refusalOf(sett, query)).toMatchObject({ message: "query: has 4 fields; at most 3 are taken" });
});

test("a query's text may have as many words and signs as the limit and no more", async () => {
  const sett = await startSett({ env: { TOKEN_LIMIT: "20" } });
  expect((await sett.as("demo").askText(fields(14))).errors).toEqual([]);
  sett.upstreamCalls();
  expect(await refusalOf(sett, fields(18))).toMatchObject({
    message: expect.stringContaining("20 tokens") as string,
    extensions: { code: "GRAPHQL_PARSE_FAILED" },
  });
});

test("lists within lists cost their lengths multiplied, and too much is refused by its price", async () => {
  const sett = await startSett();
  const query = (projects: number, collaborators: number) => `{ viewer { projects(first: ${projects}) {
    nodes { repo { collaborators(first: ${collaborators}) { nodes { level user { login } } } } }
  } } }`;
  expect((await sett.as("demo").askText(query(10, 10))).errors).toEqual([]);
  sett.upstreamCalls();
  expect(await refusalOf(sett, query(100, 100))).toMatchObject({
    message: "query: costs 40302 points; at most 20000 are taken",
    extensions: { code: "BAD_USER_INPUT" },
  });
});

test("lengths that come in variables are counted too", async () => {
  const sett = await startSett({ env: { COST_LIMIT: "100" } });
  const query = "query($first: PageSize!) { producers(first: $first) { nodes { name } } }";
  expect((await sett.as("demo").askText(query, { first: 10 })).errors).toEqual([]);
  sett.upstreamCalls();
  expect(await refusalOf(sett, query, { first: 100 })).toMatchObject({
    message: "query: costs 201 points; at most 100 are taken",
  });
});

test("what a variable leaves out costs nothing, and the same query with it left in is priced anew", async () => {
  const sett = await startSett({ env: { COST_LIMIT: "100" } });
  const query =
    "query($all: Boolean!) { viewer { login } producers(first: 100) @include(if: $all) { nodes { name } } }";
  expect((await sett.as("demo").askText(query, { all: false })).errors).toEqual([]);
  sett.upstreamCalls();
  expect(await refusalOf(sett, query, { all: true })).toMatchObject({
    message: "query: costs 203 points; at most 100 are taken",
  });
});

test("variables that a query does not declare change nothing of its price", async () => {
  const sett = await startSett({ env: { COST_LIMIT: "100" } });
  const query = "query($first: PageSize!) { producers(first: $first) { nodes { name } } }";
  const asked = (first: number, undeclared: string) => ({ first, [undeclared]: 1 });
  expect((await sett.as("demo").askText(query, asked(10, "a"))).errors).toEqual([]);
  sett.upstreamCalls();
  expect(await refusalOf(sett, query, asked(100, "a"))).toMatchObject({
    message: "query: costs 201 points; at most 100 are taken",
  });
});

test("to clients that only take plain JSON every refused query is a 200, whichever limit it is over", async () => {
  const sett = await startSett({ env: { DEPTH_LIMIT: "3", COST_LIMIT: "10" } });
  const tooDeep = "{ viewer { projects { nodes { env } } } }";
  const tooCostly = "{ producers(first: 100) { nodes { name } } }";
  for (const query of [tooDeep, tooCostly]) {
    const response = await fetch(`${sett.url}/graphql`, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  }
});

test("20,000 aliases in half a megabyte are refused before they are validated", async () => {
  const sett = await startSett();
  const query = `{ ${Array.from({ length: 20_000 }, (_, index) => `alias_${index}: viewer { x }`).join(" ")} }`;
  expect(query.length).toBeGreaterThan(500_000);
  expect(await refusalOf(sett, query)).toMatchObject({
    message: expect.stringContaining("5000 tokens") as string,
  });
  const roomy = await startSett({ env: { TOKEN_LIMIT: "1000000" } });
  expect(await refusalOf(roomy, query)).toMatchObject({
    message: "query: has 40000 fields; at most 500 are taken; query: has 20000 aliases; at most 60 are taken",
  });
});

test.each([
  ["fields", nested(300)],
  ["selections that never end", "{ viewer ".repeat(2400)],
  ["selections", `${"{ viewer ".repeat(2400)}${"}".repeat(2400)}`],
  ["lists", `{ node(id: ${"[".repeat(2400)}${"]".repeat(2400)}) { id } }`],
  ["lists that never end", `{ node(id: ${"[".repeat(4900)}`],
  ["types", `query($a: ${"[".repeat(2400)}Int${"]".repeat(2400)}) { viewer { login } }`],
])("nesting as deep as the text allows is refused, not a crash: %s", async (_what, query) => {
  const sett = await startSett();
  const refusal = await refusalOf(sett, query);
  expect(refusal?.message).not.toContain("call stack");
  expect((await sett.as("demo").askText("{ viewer { login } }")).errors).toEqual([]);
});
