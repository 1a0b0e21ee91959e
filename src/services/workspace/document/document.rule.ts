import { isDeepStrictEqual } from "node:util";
import { BadUserInput, type Problem } from "../../../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { largestBody } from "../loopback.answer.ts";
import { isSame } from "../merge/canonical.ts";
import { isList, isObject } from "../merge/json.kinds.ts";

/** What must be in the items of a list, and which lists they hold in turn. */
interface Items {
  readonly required?: readonly string[];
  readonly lists?: Readonly<Record<string, Items>>;
  /** Whether they are things that a canvas draws, which are known by their ids wherever they are. */
  readonly isDrawn?: boolean;
  /** The field that tells them apart, beside the id. */
  readonly key?: string;
}

const apiEndpoints: Items = { required: ["name"], isDrawn: true };
const plans: Items = { required: ["name"], lists: { tiers: { lists: { details: {} } }, details: {} } };
const apis: Items = { required: ["name"], isDrawn: true, lists: { apiEndpoints, plans } };
const policies: Items = {};

/** The lists whose items the platform looks at: it refuses the whole document for one bad item. */
const lists: Readonly<Record<string, Items>> = {
  gateways: {
    required: ["name"],
    isDrawn: true,
    lists: { pipelines: { required: ["name"], isDrawn: true, lists: { policies } } },
  },
  serviceEndpoints: { required: ["name", "urls"], isDrawn: true },
  apiEndpoints,
  apis,
  portals: { required: ["name"], isDrawn: true, lists: { apis } },
  connections: { required: ["fromId", "toId"] },
  states: { required: ["key", "value"], key: "key" },
  microServices: { isDrawn: true },
  functions: {},
};

const isBlank = (value: Json | undefined) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Goes through items that are drawn, and those within them, wherever a list of them is. */
function* drawnIn(
  list: Json | undefined,
  items: Items,
  field: string,
): Generator<{ readonly id: string; readonly field: string }> {
  if (!isList(list)) return;
  for (const [index, item] of list.entries()) {
    if (!isObject(item)) continue;
    const place = `${field}.${index}`;
    const { id } = item;
    if (items.isDrawn && typeof id === "string") yield { id, field: `${place}.id` };
    for (const [name, inner] of Object.entries(items.lists ?? {})) {
      yield* drawnIn(item[name], inner, `${place}.${name}`);
    }
  }
}

const drawnOn = (document: JsonObject) =>
  Object.entries(lists).flatMap(([field, items]) => [...drawnIn(document[field], items, field)]);

/** The ids of everything that is drawn on a canvas, but for models and functions, which are kept elsewhere. */
export function drawnIds(document: JsonObject): ReadonlySet<string> {
  return new Set(drawnOn(document).map(({ id }) => id));
}

/** Ids that several things have: arrows would lead to all of them. What was so before is no fault of this write. */
function problemsOfIds(wanted: JsonObject, before: JsonObject): Problem[] {
  const doubles = (all: readonly { readonly id: string }[]) =>
    new Set(all.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) < index));
  const known = doubles(drawnOn(before));
  const seen = new Set<string>();
  return drawnOn(wanted).flatMap(({ id, field }) => {
    const isDouble = seen.has(id) && !known.has(id);
    seen.add(id);
    return isDouble ? [{ field, message: "something else on the canvas has this id" }] : [];
  });
}

const isId = (id: Json | undefined) => id === undefined || (typeof id === "string" && id.trim() !== "");

function problemsOfList(list: Json | undefined, items: Items, field: string): Problem[] {
  if (list === undefined) return [];
  if (!isList(list)) return [{ field, message: "must be a list" }];
  const seen = new Set<Json>();
  const isDouble = (name: string, value: Json | undefined) => {
    if (value === undefined) return false;
    const key = JSON.stringify([name, value]);
    return seen.size === seen.add(key).size;
  };
  return list.flatMap((item, index) => {
    const place = `${field}.${index}`;
    if (!isObject(item)) return [{ field: place, message: "must be an object" }];
    const names = ["id", ...(items.key === undefined ? [] : [items.key])];
    return [
      ...(isId(item["id"]) ? [] : [{ field: `${place}.id`, message: "must be a text that is not empty" }]),
      ...names
        .filter((name) => isDouble(name, item[name]))
        .map((name) => ({ field: `${place}.${name}`, message: `another item of the list has this ${name}` })),
      ...(items.required ?? [])
        .filter((name) => isBlank(item[name]))
        .map((name) => ({ field: `${place}.${name}`, message: "must be there and not be empty" })),
      ...(item["urls"] === undefined || isList(item["urls"])
        ? []
        : [{ field: `${place}.urls`, message: "must be a list" }]),
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
    ...Object.entries(lists)
      .filter(([field]) => !isSame(wanted[field], before[field]))
      .flatMap(([field, items]) => problemsOfList(wanted[field], items, field)),
    ...problemsOfIds(wanted, before),
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
