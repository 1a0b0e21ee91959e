import fc from "fast-check";
import type { Json, JsonObject } from "../../src/services/workspace/json.ts";

/** Whatever JSON can hold. */
export const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

const text = fc.constantFrom("a", "b", "a/b", "~", "→", "a→b", "__proto__", "");
const loose = fc.oneof({ weight: 8, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(null, 1) });

/** An object of some of these fields. */
const item = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true });

const items = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.array(fc.oneof({ weight: 9, arbitrary: item(fields) }, { weight: 1, arbitrary: json }), {
    maxLength: 4,
  });

/** A list whose items are told apart by their ids. */
const identified = fc.uniqueArray(text, { maxLength: 4 }).map((ids) => ids.map((id) => ({ id, name: id })));

/** A project's document, with lists as they should be, and lists and fields as they might be. */
export const document = fc.record(
  {
    id: fc.constant("demo-dev"),
    gateways: fc.oneof({ weight: 3, arbitrary: identified }, { weight: 1, arbitrary: items({ id: loose }) }),
    widgets: identified,
    connections: items({ id: loose, fromId: loose, toId: loose }),
    states: items({ id: loose, key: loose, value: json }),
    functions: fc.constant([]),
    "a/b": json,
    a: fc.oneof(json, identified),
  },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<JsonObject>;
