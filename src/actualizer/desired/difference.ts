import { isList, isObject } from "../../services/workspace/merge/json.kinds.ts";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isSame } from "../../services/workspace/merge/canonical.ts";
import type { DesiredObject } from "./desired.objects.ts";
import { changeWords, isUntold, shownValue } from "./told.values.ts";

/** What would be done with an object, and in words. */
export interface ObjectDifference {
  readonly action: "create" | "change" | "remove";
  readonly kind: string;
  readonly name: string;
  readonly words: string;
}

/** An object as the cluster has it. */
export interface ObservedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** By which of their fields the cluster tells the items of a list apart. */
const keyFields: Readonly<Record<string, string>> = {
  containers: "name",
  initContainers: "name",
  env: "name",
  volumes: "name",
  volumeMounts: "mountPath",
  ports: "name",
  imagePullSecrets: "name",
  ownerReferences: "uid",
  rules: "host",
  paths: "path",
};

/** Lists that the cluster takes whole, so that what is there besides goes. */
const whole: ReadonlySet<string> = new Set(["rules", "paths"]);

/** Fields that are only where others are, and need not be told. */
const silent: ReadonlySet<string> = new Set(["spec", "template", "metadata", "containers", "initContainers"]);

function below(place: string, field: string): string {
  if (silent.has(field)) return place;
  return place === "" ? field : `${place}.${field}`;
}

function itemChanges(
  field: string,
  wanted: readonly Json[],
  there: Json | undefined,
  place: string,
  isSecret: boolean,
): string[] {
  const key = keyFields[field] ?? "";
  const items = wanted.filter(isObject);
  const observed = isList(there) ? there.filter(isObject) : [];
  const at = (item: JsonObject) =>
    [place, shownValue(item[key]) ?? ""].filter((part) => part !== "").join(" ");
  const twin = (item: JsonObject, others: readonly JsonObject[]) =>
    others.find((other) => isSame(other[key], item[key]));
  const gone = whole.has(field) ? observed.filter((item) => !twin(item, items)) : [];
  const made = items.flatMap((item) => {
    const same = twin(item, observed);
    return same ? changes(item, same, at(item), isSecret) : [`add ${at(item)}`];
  });
  return [...made, ...gone.map((item) => `remove ${at(item)}`)];
}

/** What is different in words; in what may be secret, only where. */
function changes(wanted: JsonObject, there: JsonObject, place = "", isSecret = false): string[] {
  return Object.entries(wanted).flatMap(([field, value]: [string, Json]): string[] => {
    const at = below(place, field);
    const observed = there[field];
    const isHidden = isSecret || isUntold(field, value);
    if (isList(value) && keyFields[field] !== undefined)
      return itemChanges(field, value, observed, at, isHidden);
    if (isObject(value) && isObject(observed)) return changes(value, observed, at, isHidden);
    if (isSame(value, observed)) return [];
    return [isHidden ? `change ${at}` : changeWords(at, observed, value)];
  });
}

/** An object as JSON says it: without what is undefined. */
const plain = (object: unknown) => JSON.parse(JSON.stringify(object)) as JsonObject;

/**
 * What applying the objects that are wanted would do to those that are there, in words. Only the fields that are set are
 * looked at: all others are somebody else's, or what the cluster fills in.
 */
export function differenceOf(
  desired: readonly DesiredObject[],
  observed: readonly ObservedObject[],
): readonly ObjectDifference[] {
  const keyOf = ({ kind, metadata }: ObservedObject) => `${kind}/${metadata.name}`;
  const there = new Map(observed.map((each) => [keyOf(each), each]));
  const wanted = new Set(desired.map(keyOf));
  const told = (
    action: ObjectDifference["action"],
    { kind, metadata: { name } }: ObservedObject,
    what: string = action,
  ): ObjectDifference => {
    const words = action === "change" ? `would ${what} in ${kind} ${name}` : `would ${what} ${kind} ${name}`;
    return { action, kind, name, words };
  };
  const made = desired.flatMap((each) => {
    const known = there.get(keyOf(each));
    if (!known) return [told("create", each)];
    return [...new Set(changes(plain(each), plain(known)))].map((what) => told("change", each, what));
  });
  const gone = observed.filter((each) => !wanted.has(keyOf(each)));
  return [...made, ...gone.map((each) => told("remove", each))];
}
