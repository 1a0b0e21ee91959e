import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";

const whole = getIntrospectionQuery({
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});

const closed = { env: { INTROSPECTION: "false" } };

test("the standard introspection query passes the default limits, for nobody in particular too", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("nobody").askText(whole);
  expect(errors).toEqual([]);
  const schema = buildClientSchema(data as unknown as IntrospectionQuery);
  expect(schema.getMutationType()?.getFields()).toHaveProperty("setCollaborator");
  expect(sett.upstreamCalls()).toEqual([]);
});

test("where introspection is closed the schema is not told, in whole or in part, nor printed", async () => {
  const sett = await startSett(closed);
  for (const query of [whole, '{ __type(name: "Viewer") { name } }', "{ __schema { queryType { name } } }"]) {
    const { status, data, codes } = await sett.as("admin").askText(query);
    expect([status, data]).toEqual([400, undefined]);
    expect(codes).toContain("GRAPHQL_VALIDATION_FAILED");
  }
  const page = await fetch(`${sett.url}/schema.graphql`);
  expect(page.status).toBe(404);
});

test("where introspection is closed what is asked for is answered as ever", async () => {
  const sett = await startSett(closed);
  const { data, errors } = await sett.as("demo").askText("{ __typename viewer { __typename login } }");
  expect(errors).toEqual([]);
  expect(data).toEqual({ __typename: "Query", viewer: { __typename: "Viewer", login: "customer-demo" } });
});

const misspelt: [string, string, Record<string, unknown>?][] = [
  ["field", "{ viewr { login } }"],
  ["argument", '{ repo(ownr: "a", name: "b") { name } }'],
  ["type", "{ viewer { ... on Viewr { login } } }"],
  ["input", 'mutation { shareProject(input: { projet: {}, login: "a" }) { project { env } } }'],
  [
    "value",
    'mutation { setCollaborator(input: { repo: {owner: "a", name: "b"}, login: "c", level: REED }) { level } }',
  ],
  [
    "value in a variable",
    "mutation($input: SetCollaboratorInput!) { setCollaborator(input: $input) { level } }",
    { input: { repo: { owner: "a", name: "b" }, login: "c", level: "REED" } },
  ],
  [
    "input in a variable",
    "mutation($input: SetCollaboratorInput!) { setCollaborator(input: $input) { level } }",
    { input: { repoo: { owner: "a", name: "b" }, login: "c", level: "READ" } },
  ],
];

test.each(misspelt)("a misspelt %s is answered with a suggestion", async (_what, query, variables) => {
  const sett = await startSett();
  expect((await sett.as("demo").askText(query, variables)).text).toContain("Did you mean");
});

test.each(misspelt)(
  "where introspection is closed a misspelt %s is not answered with a suggestion",
  async (_what, query, variables) => {
    const sett = await startSett(closed);
    const answer = await sett.as("demo").askText(query, variables);
    expect(answer.errors).not.toEqual([]);
    expect(answer.text).not.toContain("Did you mean");
  },
);
