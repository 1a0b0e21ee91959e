import { buildSchema, parse } from "graphql";
import { expect, test } from "vitest";
import { resolvers } from "../../src/resolvers/resolvers.ts";
import { buildSchema as buildGraph } from "../../src/schema/build-schema.ts";
import { createReadsAlike } from "../../src/server/live/payload.audience.ts";

const schema = buildSchema(`
  directive @can(permission: String!, on: String) repeatable on FIELD_DEFINITION
  directive @public(why: String!) on FIELD_DEFINITION
  type Query { plain: Plain }
  type Subscription { told: Told @can(permission: "viewer") either: Either @can(permission: "viewer") }
  type Told { plain: Plain guarded: Guarded open: Open mine: Mine named: Named either: Either text: String }
  type Plain implements Named { name: String plain: Plain }
  type Guarded { name: String secret: String @can(permission: "viewer") }
  type Open { name: String asked: String @public(why: "anybody may") }
  type Mine { name: String viewerLevel: Int }
  interface Named { name: String }
  union Either = Plain | Guarded
`);

const readsAlike = createReadsAlike(schema);

test.each([
  ["fields of the event", "subscription { told { text __typename } }"],
  ["what is below it and for anybody", "subscription { told { plain { name plain { name } } } }"],
  ["the same in a fragment", "subscription { ...Root } fragment Root on Subscription { told { text } }"],
])("%s read alike for all", (_what, text) => {
  expect(readsAlike(parse(text))).toBe(true);
});

test.each([
  ["a type that has a guarded field, whichever field is read", "subscription { told { guarded { name } } }"],
  ["a type that asks something of its own", "subscription { told { open { name } } }"],
  ["a type that says something of the viewer", "subscription { told { mine { name } } }"],
  ["an interface", "subscription { told { named { name } } }"],
  ["a union", "subscription { told { either { ... on Plain { name } } } }"],
  ["a union at the root", "subscription { either { __typename } }"],
  [
    "a guarded type behind fragments",
    "subscription { told { ...A } } fragment A on Told { ...B } fragment B on Told { guarded { name } }",
  ],
  ["another operation of the document", "subscription A { told { text } } query B { plain { name } }"],
  ["what is not there", "subscription { told { nothing } }"],
])("%s is made for each by themselves", (_what, text) => {
  const isAlike = readsAlike(parse(text));
  expect([isAlike, readsAlike(parse(text))]).toEqual([false, false]);
});

test("changes of a project read alike, but for the project", () => {
  const graph = createReadsAlike(buildGraph(resolvers));
  const changed = (fields: string) =>
    graph(parse(`subscription { projectChanged(producer: "demo") { ${fields} } }`));
  expect(changed("by kind entities revision missed")).toBe(true);
  expect(changed("kind project { env }")).toBe(false);
});

test("what is to run of a project reads alike for all of an audience", () => {
  const graph = createReadsAlike(buildGraph(resolvers));
  const text = `subscription { projectDeployments(producer: "demo") {
    staleSince resources { id kind desired { isEnabled } observed { podsReady } conditions { type } summary } } }`;
  expect(graph(parse(text))).toBe(true);
});
