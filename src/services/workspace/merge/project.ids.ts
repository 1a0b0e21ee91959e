import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../json.ts";
import { isList, isObject } from "./json.kinds.ts";

/** A list whose items the platform gives a new id on every save when they are sent without one. */
interface ListKind {
  /** The fields that an item without an id is recognised by; of several that are alike, by their order. */
  readonly recognisedBy: readonly string[];
  readonly lists?: ListKinds;
  /** Single things inside an item that get ids, too. */
  readonly singles?: readonly string[];
}

type ListKinds = Readonly<Record<string, ListKind>>;

const recognisedBy = ["name"];
const tierDetails: ListKind = { recognisedBy: ["date"] };
const planDetails: ListKind = { recognisedBy: ["date"], singles: ["subscribers", "parameters"] };
const tiers: ListKind = { recognisedBy: [], lists: { details: tierDetails } };
const plans: ListKind = { recognisedBy, lists: { tiers, details: planDetails } };
const apis: ListKind = { recognisedBy, lists: { apiEndpoints: { recognisedBy }, plans } };

const projectLists: ListKinds = {
  gateways: { recognisedBy, lists: { pipelines: { recognisedBy } } },
  serviceEndpoints: { recognisedBy },
  apiEndpoints: { recognisedBy },
  apis,
  portals: { recognisedBy, lists: { apis } },
  connections: { recognisedBy: ["fromId", "toId"] },
  states: { recognisedBy: ["key"] },
};

const hasId = (item: JsonObject) => item["id"] !== undefined;

const recognition = (item: JsonObject, { recognisedBy }: ListKind) =>
  JSON.stringify(recognisedBy.map((field) => item[field] ?? null));

/** What is there now for an item: by its id, or else, of what nothing names by id, the next that is alike. */
function counterparts(list: readonly Json[], current: readonly JsonObject[], kind: ListKind) {
  const named = new Set(list.filter(isObject).map((item) => item["id"]));
  const known = new Map(current.map((item) => [item["id"], item]));
  const left = new Map<string, JsonObject[]>();
  for (const item of current) {
    if (!hasId(item) || named.has(item["id"])) continue;
    const key = recognition(item, kind);
    left.set(key, [...(left.get(key) ?? []), item]);
  }
  return (item: JsonObject) =>
    hasId(item) ? known.get(item["id"]) : left.get(recognition(item, kind))?.shift();
}

function withItemIds(item: JsonObject, current: JsonObject | undefined, kind: ListKind): JsonObject {
  const singles = (kind.singles ?? []).flatMap((field): [string, Json][] => {
    const [single, counterpart] = [item[field], current?.[field]];
    if (!isObject(single)) return [];
    const id = isObject(counterpart) ? counterpart["id"] : undefined;
    return [[field, { id: id ?? randomUUID(), ...single }]];
  });
  const id = current?.["id"] ?? randomUUID();
  return { id, ...withListIds(item, current, kind.lists ?? {}), ...Object.fromEntries(singles) };
}

function withIdsInList(list: readonly Json[], current: readonly JsonObject[], kind: ListKind): Json[] {
  const counterpartOf = counterparts(list, current, kind);
  return list.map((item) => (isObject(item) ? withItemIds(item, counterpartOf(item), kind) : item));
}

function withListIds(item: JsonObject, current: JsonObject | undefined, kinds: ListKinds): JsonObject {
  const lists = Object.entries(kinds).flatMap(([field, kind]): [string, Json][] => {
    const [list, counterpart] = [item[field], current?.[field]];
    if (!isList(list)) return [];
    return [[field, withIdsInList(list, isList(counterpart) ? counterpart.filter(isObject) : [], kind)]];
  });
  return { ...item, ...Object.fromEntries(lists) };
}

/**
 * A project's document with an id wherever the platform would make one up: that of what is there now and is
 * recognised as the same, or a new one. So saving a document twice changes nothing the second time.
 */
export function withKeptIds(mine: JsonObject, current: JsonObject): JsonObject {
  return withListIds(mine, current, projectLists);
}
