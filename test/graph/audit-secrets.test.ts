import fc from "fast-check";
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from "graphql";
import { afterAll, expect, test, vi } from "vitest";
import { graph } from "../../src/server/graph.ts";
import { namingArguments } from "../../src/server/audit/named.arguments.ts";
import { AuditTrailDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { auditLines } from "./audit.lines.ts";

/** Stands in everything that nobody is to read, however it is written down. */
const canary = "hush7f3a";

/** Types whose values are names, with one that is fine. */
const names: Readonly<Record<string, unknown>> = {
  ProducerName: "demo",
  EnvironmentName: "dev",
  Login: "customer-zu",
  RepositoryName: "dev",
  FunctionName: "hello",
  ModelName: "Car",
  MemberName: "wheels",
  MethodName: "drive",
  DataSourceName: "db",
  FilePath: "server/model-config.json",
  GitReference: "master",
  PolicyName: "proxy",
  ConsumerName: "joe",
  ScopeName: "read",
  VariableName: "COLOUR",
  EntityId: "aaaaaaaa-0000-4000-8000-000000000001",
  EntityName: "a thing",
  SshKeyId: "1",
  ID: "nonsense",
};

/** What is no text at all. */
const plain: Readonly<Record<string, unknown>> = { Boolean: true, Int: 1, Float: 1.5, PageSize: 1 };

const mutationFields = Object.values(graph().schema.getMutationType()?.getFields() ?? {});

/** Fills all of an input in: with names that are fine, and everything else with a secret; or with secrets alone. */
function filled(type: GraphQLInputType, secret: string, withNames: boolean, depth = 0): unknown {
  if (isNonNullType(type)) return filled(type.ofType, secret, withNames, depth);
  if (isListType(type)) return [filled(type.ofType, secret, withNames, depth + 1)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    if (depth > 5) return {};
    const fields = Object.values(type.getFields()).slice(0, type.isOneOf ? 1 : undefined);
    return Object.fromEntries(
      fields.map(({ name, type: ofField }) => [name, filled(ofField, secret, withNames, depth + 1)]),
    );
  }
  const { name } = type;
  if (Object.hasOwn(plain, name)) return plain[name];
  // Almost any text may be what somebody calls a thing; none with this in it is.
  if (Object.hasOwn(names, name)) return withNames || name === "ID" ? names[name] : `\u0000${secret}`;
  return name.startsWith("JSON") ? { [secret]: { inner: [secret] } } : secret;
}

/** The types that a place below the input has among all mutations. */
function typesAt(path: string): readonly string[] {
  return mutationFields.flatMap(({ args }) => {
    let place = args[0] && getNamedType(args[0].type);
    for (const step of path.split(".")) {
      const next = isInputObjectType(place) ? place.getFields()[step] : undefined;
      place = next && getNamedType(next.type);
    }
    return place && !isInputObjectType(place) ? [isEnumType(place) ? "an enum" : place.name] : [];
  });
}

test.each(namingArguments)("what is written of %s is a name, one of a few words, or yes and no", (path) => {
  const types = [...new Set(typesAt(path))];
  expect(types.length).toBeGreaterThan(0);
  expect(types.filter((type) => !(type in names) && type !== "an enum" && type !== "Boolean")).toEqual([]);
});

const stops: (() => Promise<void>)[] = [];
let started: Promise<Sett> | undefined;
const shared = () => (started ??= startSett({ until: (stop) => stops.push(stop) }));
afterAll(async () => {
  for (const stop of stops) await stop();
});

const mutation = fc.constantFrom(...mutationFields);
const hostile = fc
  .tuple(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("", '","audit":true,"x":"', "\r\n", "\u0000", "\u2028"),
  )
  .map(([text, quoting]) => `${quoting}${canary}${quoting}${text}`);

test("nothing but names of what anybody sends is in a line or in a trail", { timeout: 120_000 }, async () => {
  const sett = await shared();
  const people = { demo: "token demo-token", eve: "token eve-token", unknown: `token ${canary}` };
  const asked = fc.asyncProperty(
    mutation,
    hostile,
    fc.constantFrom(...Object.values(people)),
    fc.boolean(),
    async ({ name, args: [input] }, secret, authorization, withNames) => {
      const type = input?.type ?? null;
      const value = type && filled(type, secret, withNames);
      const answer = await sett
        .showing(authorization)
        .askText(`mutation M($input: ${String(type)}) { ${name}(input: $input) { __typename } }`, {
          input: value,
        });
      // What does not fit its type is refused as a whole.
      expect([200, 400]).toContain(answer.status);
    },
  );
  await fc.assert(asked, { numRuns: 120, interruptAfterTimeLimit: 60_000 });
  await vi.waitFor(() => expect(auditLines(sett).length).toBeGreaterThan(20), { timeout: 10_000 });
  const lines = sett.log.text.filter((line) => line.includes('"audit":true'));
  // One line each, whatever was quoted in it.
  expect(lines.every((line) => line.trimEnd().split("\n").length === 1)).toBe(true);
  expect(lines.filter((line) => line.includes(canary)).join("")).toBe("");
  const { text } = await sett
    .as("demo")
    .ask(AuditTrailDocument, { project: { producer: "demo", env: "dev" }, first: 100 });
  expect(text).toContain("entries");
  expect(text).not.toContain(canary);
});
