import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { isFields } from "./field.shape.ts";
import type { Fields } from "./kubernetes.object.ts";
import type { Cause } from "./status.error.ts";

const preserves = "x-kubernetes-preserve-unknown-fields";
/** What every object has, whatever its definition says. */
const everybodys: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"]);
const unchecked = ["int32", "int64", "float", "double", "byte", "password"];
const extensions = [
  ...["int-or-string", "list-type", "list-map-keys", "map-type", "embedded-resource", "validations"],
  "preserve-unknown-fields",
].map((name) => `x-kubernetes-${name}`);

/** A schema of custom objects, to be kept to; throws where it makes no sense. */
export class CustomSchema {
  readonly schema: Fields;
  readonly #validate: ValidateFunction;

  constructor(schema: Fields) {
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      useDefaults: true,
      strictTypes: false,
      strictRequired: false,
      unicodeRegExp: false,
      formats: Object.fromEntries(unchecked.map((format) => [format, true])),
    });
    addFormats.default(ajv, ["date-time", "date", "email", "uri", "uuid", "ipv4", "ipv6", "hostname"]);
    ajv.addVocabulary([...extensions, "example", "externalDocs"]);
    this.schema = schema;
    this.#validate = ajv.compile(schema);
  }

  /** An object without what the schema does not know, the places of which are told of. */
  pruned(object: Fields): { object: Fields; unknown: readonly string[] } {
    const unknown: string[] = [];
    return { object: prune(object, this.schema, "", unknown) as Fields, unknown };
  }

  /** An object with what it leaves open, and what is wrong with it. */
  checked(object: Fields): { object: Fields; causes: readonly Cause[] } {
    const filled = structuredClone(object);
    const isValid = this.#validate(filled);
    return { object: filled, causes: isValid ? [] : (this.#validate.errors ?? []).flatMap(causeOf) };
  }
}

function prune(value: unknown, schema: Fields, path: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    const items = (schema["items"] ?? { [preserves]: true }) as Fields;
    return value.map((item, index) => prune(item, items, `${path}[${index}]`, unknown));
  }
  if (!isFields(value)) return value;
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, Fields>>;
  const { additionalProperties: others } = schema;
  const left = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    if (path === "" && everybodys.has(name)) return [[name, part]];
    const own = properties[name] ?? (isFields(others) ? others : undefined);
    const place = path === "" ? name : `${path}.${name}`;
    if (own !== undefined) return [[name, prune(part, own, place, unknown)]];
    if (schema[preserves] === true || others === true) return [[name, part]];
    unknown.push(place);
    return [];
  });
  return Object.fromEntries(left);
}

function causeOf(error: ErrorObject): readonly Cause[] {
  const { keyword, params, data } = error as ErrorObject<string, Record<string, unknown>>;
  const field = placeOf(error.instancePath);
  const shown = isFields(data) || Array.isArray(data) ? kindOf(data) : data;
  const cause = (reason: string, message: string, at = field): readonly Cause[] => [
    { reason: `FieldValue${reason}`, message, field: at },
  ];
  const wrong = (problem: string): readonly Cause[] =>
    cause("Invalid", `Invalid value: ${JSON.stringify(shown)}: ${field} in body ${problem}`);
  const limit = Number(params["limit"]);
  switch (keyword) {
    case "required":
      return cause(
        "Required",
        "Required value",
        [field, String(params["missingProperty"])].filter(Boolean).join("."),
      );
    case "type": {
      const given = kindOf(data);
      const problem = `${field} in body must be of type ${String(params["type"])}: "${given}"`;
      return cause("TypeInvalid", `Invalid value: "${given}": ${problem}`);
    }
    case "enum": {
      const values = (params["allowedValues"] as readonly unknown[]).map((each) => JSON.stringify(each));
      const message = `Unsupported value: ${JSON.stringify(shown)}: supported values: ${values.join(", ")}`;
      return cause("NotSupported", message);
    }
    case "pattern":
      return wrong(`should match '${String(params["pattern"])}'`);
    case "format":
      return wrong(`must be of type ${String(params["format"])}: ${JSON.stringify(data)}`);
    case "maxLength":
      return cause("TooLong", `Too long: may not be more than ${limit} bytes`);
    case "minLength":
      return wrong(`should be at least ${limit} chars long`);
    case "maximum":
      return wrong(`should be less than or equal to ${limit}`);
    case "minimum":
      return wrong(`should be greater than or equal to ${limit}`);
    case "maxItems":
    case "maxProperties": {
      const size = Array.isArray(data) ? data.length : Object.keys(data as object).length;
      return cause("TooMany", `Too many: ${size}: must have at most ${limit} items`);
    }
    default:
      return wrong(error.message ?? keyword);
  }
}

function placeOf(pointer: string): string {
  const keys = pointer.split("/").slice(1);
  const words = keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return words.reduce(
    (place, key) => (/^\d+$/.test(key) ? `${place}[${key}]` : place === "" ? key : `${place}.${key}`),
    "",
  );
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
