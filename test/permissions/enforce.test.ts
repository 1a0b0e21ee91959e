import {
  buildSchema as parseSchema,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { expect, test } from "vitest";
import { enforce } from "../../src/permissions/enforce.ts";
import { resolvers } from "../../src/resolvers/resolvers.ts";
import { buildSchema } from "../../src/schema/build-schema.ts";

const directives = `
  directive @can(permission: String!, on: String) repeatable on FIELD_DEFINITION
  directive @public(why: String!) on FIELD_DEFINITION
`;

function schemaOf(sdl: string, resolved: Record<string, string[]> = {}): GraphQLSchema {
  const schema = parseSchema(directives + sdl);
  const answer: GraphQLFieldResolver<unknown, unknown> = () => "answer";
  for (const [type, fields] of Object.entries(resolved)) {
    const found = schema.getType(type);
    if (!found || !("getFields" in found)) throw new Error(`no type ${type}`);
    for (const field of fields) Object.assign(found.getFields()[field] ?? {}, { resolve: answer });
  }
  return schema;
}

test("the product's own schema is guarded", () => {
  expect(() => enforce(buildSchema(resolvers))).not.toThrow();
});

test("a root field without a rule stops the server from starting, and is named", () => {
  expect(() => enforce(schemaOf("type Query { secret: String }"))).toThrow(
    "Query.secret is a root field without @can or @public",
  );
});

test("a mutation and a subscription without a rule stop the server too, whatever their types are called", () => {
  const sdl = `
    schema { query: Asking mutation: Changing subscription: Watching }
    type Asking { open: String @public(why: "a test") }
    type Changing { change: String }
    type Watching { watch: String }
  `;
  expect(() => enforce(schemaOf(sdl))).toThrow(
    /Changing\.change is a root field[\s\S]*Watching\.watch is a root field/,
  );
});

test("a field with a resolver of its own needs a rule, wherever it stands", () => {
  const sdl = `
    type Query { thing: Thing @public(why: "a test") }
    type Thing { plain: String fetched: String }
  `;
  expect(() => enforce(schemaOf(sdl, { Thing: ["fetched"] }))).toThrow(
    "Thing.fetched has a resolver but neither @can nor @public",
  );
  expect(() => enforce(schemaOf(sdl))).not.toThrow();
});

test("a permission that the catalogue does not have stops the server", () => {
  const sdl = 'type Query { repo(name: String): String @can(permission: "repo:burn", on: "name") }';
  expect(() => enforce(schemaOf(sdl))).toThrow("Query.repo asks for repo:burn, which is no permission");
});

test.each([
  ["an argument that is not there", '@can(permission: "repo:read", on: "input.repo")'],
  ["a part of the input that is not there", '@can(permission: "repo:read", on: "input.nothing")'],
  ["the parent of a root field", '@can(permission: "repo:read", on: "parent")'],
  ["nothing", '@can(permission: "repo:read")'],
])("a rule about %s stops the server", (what, rule) => {
  const argument = what.startsWith("a part") ? "(input: Input)" : "(name: String)";
  const sdl = `input Input { name: String } type Query { repo${argument}: String ${rule} }`;
  expect(() => enforce(schemaOf(sdl))).toThrow(/which is not there/);
});

test("a field cannot be guarded and open at once", () => {
  const sdl = 'type Query { both: String @can(permission: "viewer") @public(why: "a test") }';
  expect(() => enforce(schemaOf(sdl))).toThrow("Query.both is both @can and @public");
});

test("all that is wrong is named at once", () => {
  const sdl = "type Query { one: String two: String }";
  expect(() => enforce(schemaOf(sdl))).toThrow(/Query\.one[\s\S]*Query\.two/);
});

test("a rule about a part of the parent that is not there stops the server", () => {
  const rule = (part: string) => `
    type Query { thing: Thing @public(why: "a test") }
    type Thing { name: String fetched: String @can(permission: "producer:read", on: "parent.${part}") }
  `;
  expect(() => enforce(schemaOf(rule("nmae")))).toThrow(
    "Thing.fetched asks for producer:read on parent.nmae",
  );
  expect(() => enforce(schemaOf(rule("name")))).not.toThrow();
});

test("a subscription's source runs over nothing but what events can be sent over", async () => {
  const schema = enforce(buildSchema(resolvers));
  const field = schema.getSubscriptionType()?.getFields()["projectChanged"];
  const context = { live: undefined, signedIn: {}, refusal: undefined };
  const args = { producer: "demo", env: "dev" };
  const info = {} as GraphQLResolveInfo;
  await expect(field?.subscribe?.(undefined, args, context, info)).rejects.toThrow(TypeError);
  expect(() => field?.resolve?.(undefined, args, context, info)).toThrow(
    "There are no events without their subscription.",
  );
});
