import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { CustomRules } from "./custom.rules.ts";
import { CustomSchema } from "./custom.schema.ts";
import { customShape, type FieldShape } from "./field.shape.ts";
import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import type { Resource } from "./resource.kinds.ts";
import { invalid, invalidValue, requiredValue, type Cause } from "./status.error.ts";
import { definitions, type DefinedColumn, type DefinedVersion, type Definition } from "./stored.kinds.ts";

/** What a definition says of its objects, once it has been read. */
interface Reading {
  readonly version: DefinedVersion;
  readonly schema: CustomSchema;
  readonly rules: CustomRules;
  readonly shape: FieldShape;
}

/** A kind of custom objects. It stays the same one when its definition is changed. */
export class CustomKind implements Resource {
  readonly isCustom = true;
  readonly blank: Fields = {};
  #definition: Definition;
  #reading: Reading;

  constructor(definition: Definition) {
    this.#definition = definition;
    this.#reading = readDefinition(definition);
  }

  /** Takes over what its definition has become. */
  redefine(definition: Definition): void {
    const isSame = isDeepStrictEqual(this.#definition.spec, definition.spec);
    if (!isSame) this.#reading = readDefinition(definition);
    this.#definition = definition;
  }

  get group(): string {
    return this.#definition.spec.group;
  }

  get version(): string {
    return this.#reading.version.name;
  }

  get plural(): string {
    return this.#definition.spec.names.plural;
  }

  get kind(): string {
    return this.#definition.spec.names.kind;
  }

  get shortNames(): readonly string[] {
    return this.#definition.spec.names.shortNames ?? [];
  }

  get categories(): readonly string[] {
    return this.#definition.spec.names.categories ?? [];
  }

  get isClusterWide(): boolean {
    return this.#definition.spec.scope === "Cluster";
  }

  get hasStatus(): boolean {
    return this.#reading.version.subresources?.status !== undefined;
  }

  get shape(): FieldShape {
    return this.#reading.shape;
  }

  get columns(): readonly DefinedColumn[] | undefined {
    return this.#reading.version.additionalPrinterColumns;
  }

  readonly fields = (): Readonly<Record<string, string>> => ({});

  readonly generated = (object: ClusterObject): unknown => {
    const { metadata: _metadata, status, ...rest } = object;
    return this.hasStatus ? rest : { ...rest, status };
  };

  /** The places in an object that its schema does not know. */
  unknownIn(object: Fields): readonly string[] {
    return this.#reading.schema.pruned(object).unknown;
  }

  /** An object as it is kept; throws where it breaks a rule. */
  admitted(object: ClusterObject, before: ClusterObject | undefined): ClusterObject {
    const { schema, rules } = this.#reading;
    const known = schema.pruned(object).object;
    const { object: filled, causes } = schema.checked(known);
    const all = causes.length > 0 ? causes : rules.broken(filled, before);
    if (all.length > 0) throw invalid(this, object.metadata.name, all);
    return filled as ClusterObject;
  }
}

const name = z.string().min(1);
const specShape = z.object({
  group: name,
  scope: z.enum(["Namespaced", "Cluster"]),
  names: z.object({ plural: name, kind: name }),
  versions: z.array(z.object({ name, served: z.boolean(), storage: z.boolean() })).min(1),
});

/** What the last definitions say: the same ones are told of again with every sandbox, and compiling takes time. */
const readings = new Map<string, Reading>();
const rememberedReadings = 20;

/** Reads a definition; throws where it makes no sense. */
export function readDefinition(definition: Definition): Reading {
  const text = JSON.stringify([definition.metadata.name, definition.spec]);
  const known = readings.get(text);
  if (known !== undefined) return known;
  const reading = readAnew(definition);
  const [oldest] = readings.keys();
  if (readings.size >= rememberedReadings && oldest !== undefined) readings.delete(oldest);
  readings.set(text, reading);
  return reading;
}

function readAnew({ spec, metadata }: Definition): Reading {
  const { error: problems } = specShape.safeParse(spec);
  if (problems !== undefined) {
    const causes = problems.issues.map(({ path, message }) =>
      requiredValue(["spec", ...path].join("."), message),
    );
    throw unusable(metadata.name, causes);
  }
  const version = spec.versions.find(({ storage }) => storage);
  const schema = version?.schema?.openAPIV3Schema;
  const field = "spec.versions";
  if (version === undefined || schema === undefined) {
    throw unusable(metadata.name, [
      invalidValue(field, spec.versions.length, "must have exactly one version marked as storage version"),
    ]);
  }
  try {
    return {
      version,
      schema: new CustomSchema(schema),
      rules: new CustomRules(schema),
      shape: customShape(schema),
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw unusable(metadata.name, [invalidValue(`${field}[0].schema.openAPIV3Schema`, "schema", problem)]);
  }
}

function unusable(name: string, causes: readonly Cause[]) {
  return invalid(definitions, name, causes);
}
