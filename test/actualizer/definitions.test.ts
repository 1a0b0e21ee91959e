import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { z } from "zod";
import { definitionFiles, definitionOf } from "../../src/actualizer/resources/resource.definitions.ts";
import {
  environmentName,
  functionName,
  producerName,
} from "../../src/actualizer/resources/resource.parts.ts";
import { resourceKinds } from "../../src/actualizer/resources/resources.ts";
import { structuralSchema } from "../../src/actualizer/resources/structural.schema.ts";
import { wantedProducer } from "../../src/actualizer/projection/wanted.resources.ts";
import { nameRules } from "../../src/names.ts";
import { settingsWith, wantedOf } from "./actualizer.source.ts";

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly pattern?: string;
  readonly [field: string]: unknown;
}

interface Definition {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly schema: { readonly openAPIV3Schema: Schema };
      readonly subresources: unknown;
    }[];
  };
}

const definitions = resourceKinds.map((each) => definitionOf(each) as unknown as Definition);
const schemaIn = ({ spec }: Definition) => spec.versions[0]?.schema.openAPIV3Schema ?? {};

/** What the cluster says of schemas that are not structural, after its own documentation. */
function unstructural(schema: Schema, place: string): string[] {
  const forbidden = [
    ...[
      "$ref",
      "$schema",
      "$id",
      "definitions",
      "$defs",
      "dependencies",
      "deprecated",
      "discriminator",
      "id",
    ],
    ...[
      "patternProperties",
      "readOnly",
      "writeOnly",
      "xml",
      "uniqueItems",
      "const",
      "examples",
      "propertyNames",
    ],
    ...["allOf", "anyOf", "oneOf", "not", "exclusiveMinimum", "exclusiveMaximum", "prefixItems"],
  ].filter((field) => Object.hasOwn(schema, field));
  const { type, properties, items, additionalProperties, pattern } = schema;
  const keys = schema["x-kubernetes-list-map-keys"] as readonly string[] | undefined;
  const required = (items?.["required"] ?? []) as readonly string[];
  return [
    ...forbidden.map((field) => `${place}: ${field}`),
    ...(type === undefined ? [`${place}: no type`] : []),
    ...(type === "array" && items === undefined ? [`${place}: no items`] : []),
    ...(properties && additionalProperties ? [`${place}: both properties and additionalProperties`] : []),
    ...((additionalProperties as unknown) === false ? [`${place}: additionalProperties`] : []),
    // The cluster's expressions look neither ahead nor behind, and refer to nothing.
    ...(pattern !== undefined && /\(\?[=!<]|\\[1-9]/.test(pattern) ? [`${place}: ${pattern}`] : []),
    ...(keys ?? [])
      .filter((key) => !required.includes(key))
      .map((key) => `${place}: key ${key} may be missing`),
    ...Object.entries(properties ?? {}).flatMap(([name, each]) => unstructural(each, `${place}.${name}`)),
    ...(items ? unstructural(items, `${place}[]`) : []),
    ...(additionalProperties ? unstructural(additionalProperties, `${place}{}`) : []),
  ];
}

test.each(definitions.map((each) => [each.spec.names.kind, each] as const))(
  "the schema of a %s is one that the cluster takes",
  (kind, definition) => {
    const schema = schemaIn(definition);
    expect(unstructural(schema, kind)).toEqual([]);
    // Only names may be said of metadata, and nothing but the status is written to by the actualizer alone.
    expect(schema.properties?.["metadata"]).toEqual({ type: "object" });
    expect(definition.spec.versions[0]?.subresources).toEqual({ status: {} });
    expect(definition.metadata.name).toBe(`${definition.spec.names.plural}.sett.lunchbadger.io`);
  },
);

test.each([
  ["a choice of shapes", z.object({ either: z.union([z.string(), z.int()]) }), "Thing.either"],
  ["what may be null", z.object({ value: z.unknown() }), "Thing.value"],
  ["fields besides named ones", z.looseObject({ name: z.string() }), "Thing"],
])("a shape with %s is refused when the schema is made, and the place is told", (_what, shape, place) => {
  expect(() => structuralSchema(shape, "Thing")).toThrow(` at ${place}.`);
});

test("conditions are a map by type, so that several writers do not undo each other", () => {
  for (const definition of definitions) {
    const { conditions } = schemaIn(definition).properties?.["status"]?.properties ?? {};
    expect(conditions).toMatchObject({
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["type"],
    });
  }
});

test("whose a resource is cannot be changed, nor which one it is", () => {
  const rules = (kind: string) => {
    const spec = definitions.find(({ spec: { names } }) => names.kind === kind);
    const said = spec && schemaIn(spec).properties?.["spec"]?.["x-kubernetes-validations"];
    return (said as { readonly rule: string }[]).map(({ rule }) => rule);
  };
  const fixed = (field: string) => `self.${field} == oldSelf.${field}`;
  expect(rules("Workspace")).toEqual(["producer", "env"].map(fixed));
  expect(rules("Gateway")).toEqual(["producer", "env", "instance"].map(fixed));
  expect(rules("Function")).toEqual(["producer", "env", "name"].map(fixed));
});

test("the files for the cluster say what the code says", async () => {
  for (const [name, text] of Object.entries(definitionFiles())) {
    const file = readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
    expect(file, name).toBe(await format(text, { ...(await resolveConfig(name)), filepath: name }));
  }
});

test("whatever a project means is what the cluster takes", () => {
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false });
  const { resources } = wantedOf({
    settings: settingsWith({ AUTOGATEWAY_ENABLE: "true" }),
    openApi: { paths: { "/Cars": {} } },
  });
  const producer = wantedProducer("demo", "customer-demo", { namespace: "customer" });
  for (const resource of [producer, ...resources]) {
    const definition = definitions.find(({ spec: { names } }) => names.kind === resource.kind);
    const validate = ajv.compile(definition ? schemaIn(definition) : false);
    validate(resource);
    expect(validate.errors, resource.kind).toBeNull();
  }
});

test.each([
  ["producers", producerName, "ProducerName"],
  ["environments", environmentName, "EnvironmentName"],
] as const)(
  "the cluster takes the names of %s that the gateway takes, and no others",
  (_what, shape, rule) => {
    const nearly = fc.stringMatching(/^[a-zA-Z0-9._-]{0,34}$/);
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string()), (name) => {
        expect(shape.safeParse(name).success).toBe(nameRules[rule].accepts(name));
      }),
    );
  },
);

test("the cluster takes every name that a function can have", () => {
  const nearly = fc.stringMatching(/^[a-zA-Z0-9_$]{1,100}$/);
  fc.assert(
    fc.property(nearly, (name) => {
      fc.pre(nameRules.FunctionName.accepts(name));
      expect(functionName.safeParse(name).success).toBe(true);
    }),
  );
});
