import { isDeepStrictEqual } from "node:util";
import { BadUserInput, type Problem } from "../../../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { largestBody } from "../loopback.answer.ts";
import { isObject } from "../merge/json.kinds.ts";

/** What must be in the items of a list, and which lists they hold in turn. */
interface Items {
  readonly required?: readonly string[];
  readonly lists?: Readonly<Record<string, Items>>;
}

const apiEndpoints: Items = { required: ["name"] };
const plans: Items = { required: ["name"], lists: { tiers: { lists: { details: {} } }, details: {} } };
const apis: Items = { required: ["name"], lists: { apiEndpoints, plans } };

/** The lists whose items the platform looks at: it refuses the whole document for one bad item. */
const lists: Readonly<Record<string, Items>> = {
  gateways: { required: ["name"], lists: { pipelines: { required: ["name"] } } },
  serviceEndpoints: { required: ["name", "urls"] },
  apiEndpoints,
  apis,
  portals: { required: ["name"], lists: { apis } },
  connections: { required: ["fromId", "toId"] },
  states: { required: ["key", "value"] },
};

const isBlank = (value: Json | undefined) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

function problemsOfList(list: Json | undefined, items: Items, field: string): Problem[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [{ field, message: "must be a list" }];
  const seen = new Set<Json>();
  return (list as readonly Json[]).flatMap((item, index) => {
    const place = `${field}.${index}`;
    if (!isObject(item)) return [{ field: place, message: "must be an object" }];
    const id = item["id"];
    const isDouble = id !== undefined && seen.has(id);
    if (id !== undefined) seen.add(id);
    return [
      ...(isDouble ? [{ field: `${place}.id`, message: "another item of the list has this id" }] : []),
      ...(items.required ?? [])
        .filter((name) => isBlank(item[name]))
        .map((name) => ({ field: `${place}.${name}`, message: "must be there and not be empty" })),
      ...Object.entries(items.lists ?? {}).flatMap(([name, inner]) =>
        problemsOfList(item[name], inner, `${place}.${name}`),
      ),
    ];
  });
}

/** What no write may change: which project it is, and whether the platform runs it. */
function problemsOfFixed(wanted: JsonObject, before: JsonObject): Problem[] {
  return ["id", "disabled"]
    .filter((field) => !isDeepStrictEqual(wanted[field], before[field]))
    .map((field) => ({
      field,
      message: field === "disabled" ? "is changed by setProducerEnabled alone" : "cannot be changed",
    }));
}

/** Refuses a document that the platform would refuse as a whole, or could not read. */
export function checkDocument(wanted: JsonObject, before: JsonObject): void {
  const bytes = Buffer.byteLength(JSON.stringify(wanted));
  const problems = [
    ...problemsOfFixed(wanted, before),
    ...(isBlank(wanted["name"]) ? [{ field: "name", message: "must be there and not be empty" }] : []),
    ...Object.entries(lists).flatMap(([field, items]) => problemsOfList(wanted[field], items, field)),
    ...(bytes > largestBody
      ? [
          {
            field: "document",
            message: `would have ${bytes} bytes; the platform saves at most ${largestBody}`,
          },
        ]
      : []),
  ];
  if (problems.length > 0) throw new BadUserInput(problems);
}
