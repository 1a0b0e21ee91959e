import { readFileSync } from "node:fs";
import {
  isInputObjectType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
} from "graphql";
import { expect, test } from "vitest";
import { environmentExample, generatedParts, withParts } from "../scripts/tables.ts";
import { resolvers } from "../src/resolvers/resolvers.ts";
import { buildSchema, printSdl } from "../src/schema/build-schema.ts";

const schema = buildSchema(resolvers);
const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const squeezed = (text: string) => text.replace(/[ \t]+/g, " ").replace(/-{3,}/g, "---");

test("schema.graphql is what the gateway serves", () => {
  expect(read("schema.graphql")).toBe(printSdl(schema));
});

test(".env.example lists every variable at its value when unset", () => {
  expect(read(".env.example")).toBe(environmentExample());
});

test.each(Object.entries(generatedParts(schema)))("%s says what the code says", (name, parts) => {
  const text = read(name);
  expect(squeezed(withParts(name, text, parts))).toBe(squeezed(text));
});

type Packages = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Packages;
  readonly devDependencies?: Packages;
  readonly peerDependencies?: Packages;
}

/** The gateway's package, and those of its workspaces. */
const manifests = ["package.json", "client/package.json"].map((name) => JSON.parse(read(name)) as Manifest);

test("every dependency is in docs/dependencies.md with a reason, and nothing else is", () => {
  const wanted = manifests.flatMap(({ dependencies, devDependencies, peerDependencies }) =>
    Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }),
  );
  const listed = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)` +\| \S/gm)].map(
    ([, name = ""]) => name,
  );
  expect(listed.toSorted()).toEqual([...new Set(wanted)].sort());
});

test("every dependency is one version, the same wherever it is named", () => {
  const named = manifests.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  );
  expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  const versions = new Map(named);
  expect(named.filter(([name, version]) => versions.get(name) !== version)).toEqual([]);
});

test("everything in the graph is described", () => {
  const undescribed = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith("__"))
    .flatMap((type) => placesOf(type))
    .filter(({ description }) => !description)
    .map(({ place }) => place);
  expect(
    undescribed.filter(
      (place) => !["Query", "Mutation", "Subscription", "String", "Boolean", "Int", "ID"].includes(place),
    ),
  ).toEqual([]);
});

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField;

interface Place {
  readonly place: string;
  readonly description: string | null | undefined;
}

function placesOf(type: GraphQLNamedType): Place[] {
  const own = { place: type.name, description: type.description };
  if (isEnumType(type)) {
    return [
      own,
      ...type.getValues().map(({ name, description }) => ({ place: `${type.name}.${name}`, description })),
    ];
  }
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [own];
  return [
    own,
    ...Object.values<AnyField>(type.getFields()).flatMap((field) => {
      const place = `${type.name}.${field.name}`;
      const described = ("args" in field ? field.args : []).map(({ name, description }) => ({
        place: `${place}(${name})`,
        description,
      }));
      return [{ place, description: field.description }, ...described];
    }),
  ];
}
