import { isFields, schemaShape } from "./field.shape.ts";
import { textOf, type Fields } from "./kubernetes.object.ts";
import { readRule, type RuleExpression } from "./rule.expression.ts";
import { invalidValue, type Cause } from "./status.error.ts";

interface Rule {
  readonly text: string;
  readonly message: string | undefined;
  readonly holds: RuleExpression;
  /** Whether it is about a change, and nothing else. */
  readonly isOfChange: boolean;
}

/** The rules of a schema, in the places of objects that they are of. */
export class CustomRules {
  readonly #schema: Fields;
  readonly #rules = new Map<unknown, readonly Rule[]>();

  /** Reads all rules; throws where one makes no sense. */
  constructor(schema: Fields) {
    this.#schema = schema;
    this.#read(schema);
  }

  /** What rules an object breaks, or its change from what it was. */
  broken(object: unknown, before: unknown): readonly Cause[] {
    return this.#broken(this.#schema, object, before, "");
  }

  #read(schema: Fields): void {
    const given = (schema["x-kubernetes-validations"] ?? []) as readonly Fields[];
    const rules = given.map((each) => {
      const text = textOf(each["rule"]);
      const message = textOf(each["message"]) || undefined;
      return { text, message, holds: readRule(text), isOfChange: /\boldSelf\b/.test(text) };
    });
    if (rules.length > 0) this.#rules.set(schema, rules);
    for (const part of partsOf(schema)) this.#read(part);
  }

  #broken(schema: Fields, value: unknown, before: unknown, path: string): readonly Cause[] {
    if (value === undefined || value === null) return [];
    const own = (this.#rules.get(schema) ?? [])
      .filter(({ isOfChange }) => !isOfChange || before !== undefined)
      .filter((rule) => !holds(rule, value, before))
      .map(({ text, message }) =>
        invalidValue(path === "" ? "<nil>" : path, kindOf(value), message ?? `failed rule: ${text}`),
      );
    return [...own, ...this.#inner(schema, value, before, path)];
  }

  #inner(schema: Fields, value: unknown, before: unknown, path: string): readonly Cause[] {
    if (Array.isArray(value)) {
      const items = schema["items"];
      if (!isFields(items)) return [];
      const shape = schemaShape(schema);
      return value.flatMap((item, index) => {
        const name = shape.element(item);
        // Items that cannot be told apart have no past.
        const was =
          name === undefined || !Array.isArray(before)
            ? undefined
            : (before as unknown[]).find((each) => shape.element(each) === name);
        return this.#broken(items, item, was, `${path}[${index}]`);
      });
    }
    if (!isFields(value)) return [];
    const properties = (schema["properties"] ?? {}) as Readonly<Record<string, Fields>>;
    const others = schema["additionalProperties"];
    return Object.entries(value).flatMap(([name, part]) => {
      const own = properties[name] ?? (isFields(others) ? others : undefined);
      if (own === undefined) return [];
      const was = isFields(before) ? before[name] : undefined;
      return this.#broken(own, part, was, path === "" ? name : `${path}.${name}`);
    });
  }
}

function partsOf(schema: Fields): readonly Fields[] {
  const { properties, items, additionalProperties } = schema;
  const named = isFields(properties) ? Object.values(properties) : [];
  return [...named, items, additionalProperties].filter(isFields);
}

function holds(rule: Rule, self: unknown, oldSelf: unknown): boolean {
  try {
    return rule.holds({ self, oldSelf }) === true;
  } catch {
    return false;
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}
