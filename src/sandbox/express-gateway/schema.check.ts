import { coerced } from "./schema.coercion.ts";
import { isFields, type Fields } from "./json.fields.ts";
import { formats } from "./schema.formats.ts";

type Schema = Readonly<Fields>;

/** Where a value stands: in what, by which key, and how messages call it. */
interface Place {
  readonly holder: Fields | unknown[];
  readonly key: string | number;
  readonly at: string;
  /** The schema that references begin at, and whether it is one of several to choose from: those set no defaults. */
  readonly root: Schema;
  readonly isBranch: boolean;
}

type Rule = (schema: Schema, value: unknown, place: Place) => string[];

/**
 * Checks a value against a JSON schema in the way and the words of the real gateway: it stops at the first problem,
 * turns strings into numbers and the other way round where that helps, and fills in defaults. Undefined is no problem.
 */
export function schemaProblem(
  schema: Schema,
  data: Fields,
  find: (id: string) => Schema | undefined,
): string | undefined {
  const check = (part: Schema, place: Place): string[] => {
    const wrongType = coerced(part["type"], place.holder, place.key);
    if (wrongType !== undefined) return [`${place.at} ${wrongType}`];
    for (const rule of rules) {
      const problems = rule(part, valueAt(place), place);
      if (problems.length > 0) return problems;
    }
    return [];
  };

  const eachProblem = (parts: Iterable<string[]>): string[] => {
    for (const problems of parts) if (problems.length > 0) return problems;
    return [];
  };

  function* itemProblems({ items }: Schema, value: unknown[], place: Place): Iterable<string[]> {
    for (const key of value.keys()) {
      const part = Array.isArray(items) ? (items[key] as unknown) : items;
      if (isFields(part)) yield check(part, { ...place, holder: value, key, at: `${place.at}[${key}]` });
    }
  }

  function* fieldProblems(schema: Schema, value: Fields, place: Place): Iterable<string[]> {
    const properties = partsOf(schema["properties"]);
    const required = namesOf(schema["required"]);
    for (const key of required) {
      if (!(key in properties) && !(key in value)) yield [missing(place, `.${key}`)];
    }
    for (const [key, part] of Object.entries(properties)) {
      if (key in value) yield check(part, { ...place, holder: value, key, at: `${place.at}${access(key)}` });
      else if (required.includes(key)) yield [missing(place, key)];
    }
    const others = schema["additionalProperties"];
    if (!isFields(others)) return;
    for (const key of Object.keys(value)) {
      if (!(key in properties)) {
        yield check(others, { ...place, holder: value, key, at: `${place.at}['${key}']` });
      }
    }
  }

  const branches = (schema: Schema, keyword: string, place: Place): string[][] =>
    Object.values(partsOf(schema[keyword])).map((part) => check(part, place));
  const choices = (schema: Schema, keyword: string, place: Place): string[][] =>
    branches(schema, keyword, { ...place, isBranch: true });

  const rules: readonly Rule[] = [
    ({ format }, value, { at }) => {
      const fits = typeof value !== "string" || (formats[String(format)]?.(value) ?? true);
      return fits ? [] : [`${at} should match format "${String(format)}"`];
    },
    ({ uniqueItems }, value, { at }) => {
      if (uniqueItems !== true || !Array.isArray(value) || new Set(value).size === value.length) return [];
      return [`${at} should NOT have duplicate items`];
    },
    (schema, value, place) => (Array.isArray(value) ? eachProblem(itemProblems(schema, value, place)) : []),
    ({ maxProperties }, value, { at }) => {
      const isWithin = !isFields(value) || Object.keys(value).length <= Number(maxProperties ?? Infinity);
      return isWithin ? [] : [`${at} should NOT have more than ${String(maxProperties)} properties`];
    },
    (schema, value, place) => {
      if (!isFields(value)) return [];
      if (!place.isBranch) addDefaults(partsOf(schema["properties"]), value);
      return eachProblem(fieldProblems(schema, value, place));
    },
    ({ $ref }, _value, place) => {
      if (typeof $ref !== "string") return [];
      const { schema, root } = referred($ref, place.root, find);
      return check(schema, { ...place, root });
    },
    ({ enum: allowed }, value, { at }) => {
      const isAllowed = !Array.isArray(allowed) || allowed.includes(value);
      return isAllowed ? [] : [`${at} should be equal to one of the allowed values`];
    },
    ({ instanceof: wanted }, _value, { at }) =>
      wanted === undefined ? [] : [`${at} should pass "instanceof" keyword validation`],
    (schema, _value, place) => {
      const found = choices(schema, "anyOf", place);
      if (found.length === 0 || found.some((problems) => problems.length === 0)) return [];
      return [...found.flat(), `${place.at} should match some schema in anyOf`];
    },
    (schema, _value, place) => {
      const found = choices(schema, "oneOf", place);
      if (found.length === 0 || found.filter((problems) => problems.length === 0).length === 1) return [];
      return [...found.flat(), `${place.at} should match exactly one schema in oneOf`];
    },
    (schema, _value, place) => eachProblem(branches(schema, "allOf", place)),
    (schema, _value, place) => {
      const { if: condition, then } = schema;
      if (!isFields(condition) || !isFields(then)) return [];
      if (check(condition, { ...place, isBranch: true }).length > 0) return [];
      const problems = check(then, { ...place, isBranch: true });
      return problems.length === 0 ? [] : [...problems, `${place.at} should match "then" schema`];
    },
  ];

  const problems = check(schema, {
    holder: { data },
    key: "data",
    at: "data",
    root: schema,
    isBranch: false,
  });
  return problems.length === 0 ? undefined : problems.join(", ");
}

function valueAt({ holder, key }: Place): unknown {
  return (holder as Fields)[key];
}

function partsOf(value: unknown): Record<string, Schema> {
  return typeof value === "object" && value !== null ? (value as Record<string, Schema>) : {};
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

function missing({ at }: Place, property: string): string {
  return `${at} should have required property '${property}'`;
}

function access(key: string): string {
  return /^[a-z$_][a-z$_0-9]*$/i.test(key) ? `.${key}` : `['${key}']`;
}

function addDefaults(properties: Record<string, Schema>, value: Fields): void {
  for (const [key, part] of Object.entries(properties)) {
    if ("default" in part && value[key] === undefined) value[key] = structuredClone(part["default"]);
  }
}

function referred(
  reference: string,
  root: Schema,
  find: (id: string) => Schema | undefined,
): { schema: Schema; root: Schema } {
  const [address = "", pointer = ""] = reference.split("#");
  const base = address === "" ? root : find(new URL(address, String(root["$id"])).href);
  if (base === undefined) throw new Error(`no schema is called ${reference}`);
  const step = (at: unknown, key: string): unknown => (at as Fields)[key];
  const schema = pointer.split("/").slice(1).reduce<unknown>(step, base) as Schema;
  return { schema, root: base };
}
