import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";

/** Fragments of which each spreads the next several times: the last field is selected width to the power of levels times. */
function bomb(levels: number, width: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, level) => `fragment F${level} on Query { ${`...F${level + 1} `.repeat(width)} }`,
  );
  return `{ ...F0 } ${fragments.join(" ")} fragment F${levels} on Query { __typename }`;
}

test("fields count as often as fragments spread them", async () => {
  const sett = await startSett({ env: { FIELD_LIMIT: "8" } });
  expect((await sett.as("nobody").askText(bomb(3, 2))).data).toEqual({ __typename: "Query" });
  const { status, errors } = await sett.as("nobody").askText(bomb(2, 3));
  expect(status).toBe(400);
  expect(errors).toMatchObject([{ message: "query: has 9 fields; at most 8 are taken" }]);
});

test("aliases count as often as fragments spread them", async () => {
  const sett = await startSett({ env: { ALIAS_LIMIT: "2" } });
  const query =
    "{ ...A viewer { ...B ...B } } fragment A on Query { a: __typename } fragment B on Viewer { b: login }";
  const { errors } = await sett.as("demo").askText(query);
  expect(errors).toMatchObject([{ message: "query: has 3 aliases; at most 2 are taken" }]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("a bomb of fragments is measured by its text: a googol of fields is refused like any other number", async () => {
  const sett = await startSett();
  const { status, codes, errors } = await sett.as("demo").askText(bomb(100, 10));
  expect([status, codes]).toEqual([400, ["BAD_USER_INPUT"]]);
  expect(errors[0]?.message).toMatch(/^query: has 1\.0+\d+e\+100 fields; at most 500 are taken/);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("more fields than there are numbers for are too many as well", async () => {
  const sett = await startSett({ env: { TOKEN_LIMIT: "100000" } });
  const { status, errors } = await sett.as("demo").askText(bomb(400, 10));
  expect(status).toBe(400);
  expect(errors[0]?.message).toMatch(/^query: has too many fields; at most 500 are taken/);
});

test.each([
  ["itself", "{ ...A } fragment A on Query { __typename ...A }"],
  [
    "one that leads back",
    "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C ...B } fragment C on Query { ...A }",
  ],
  [
    "itself, below a field",
    '{ viewer { ...A } } fragment A on Viewer { projects { nodes { repo { ...B } } } } fragment B on Repo { file(path: "a") { ...B } }',
  ],
])("a fragment that spreads %s is an error in the query", async (_what, query) => {
  const sett = await startSett();
  const { status, codes } = await sett.as("demo").askText(query);
  expect(status).toBe(400);
  expect(codes).toEqual(["BAD_USER_INPUT"]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("a fragment that is not there is an error in the query", async () => {
  const sett = await startSett();
  expect((await sett.as("demo").askText("{ ...Nothing }")).codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
});

test.each([
  [
    "fragments that lead back to themselves in many ways",
    `{ ...F0 } ${Array.from(
      { length: 150 },
      (_, index) =>
        `fragment F${index} on Query { __typename ...F${(index + 1) % 150} ...F${(index + 2) % 150} }`,
    ).join(" ")}`,
  ],
  [
    "fragments nobody spreads that do so",
    "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
  ],
  ["fragments without a name, one in another", `{ ${"... { ".repeat(1600)} __typename ${"}".repeat(1600)} }`],
])("%s are refused before they are validated", async (_what, query) => {
  const sett = await startSett();
  const { status, errors } = await sett.as("nobody").askText(query);
  expect(status).toBe(400);
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  expect(errors[0]?.message).toContain("levels, fragments included; at most 200 are taken");
});

const change = 'projectChanged(producer: "demo")';

test.each([
  `subscription ($s: Boolean!) { ${change} @include(if: $s) { kind } }`,
  `subscription ($s: Boolean = true) { ${change} @skip(if: $s) { kind } }`,
  `subscription ($s: Boolean!) { ...f } fragment f on Subscription { ...g } fragment g on Subscription { ${change} @skip(if: $s) { kind } }`,
  `subscription ($s: Boolean!) { ... @include(if: $s) { ${change} { kind } } }`,
])("a subscription that leaves its field open is refused: %s", async (query) => {
  const sett = await startSett();
  const { codes } = await sett.as("demo").askText(query, { s: true });
  expect(codes).toEqual(["BAD_USER_INPUT"]);
});

test("what is below a subscription's field may be skipped", async () => {
  const sett = await startSett();
  const query = `subscription ($s: Boolean!) { ${change} { kind @skip(if: $s) entities } }`;
  // Over plain HTTP no subscription runs, but the document is one that could.
  expect((await sett.as("demo").askText(query, { s: true })).codes).toEqual(["BAD_REQUEST"]);
});
