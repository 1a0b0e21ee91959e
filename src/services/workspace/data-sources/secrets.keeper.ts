import type { Json, JsonObject } from "../json.ts";
import { isList, isObject } from "../merge/json.kinds.ts";
import { mark } from "./secret.rule.ts";
import { fieldOf, shownAt, type Place } from "./secrets.ts";

/** An object with its secrets put back, and the places where a mark stands for a secret that is not there. */
export interface Kept {
  readonly value: JsonObject;
  readonly unknown: readonly string[];
}

const unheard = () => undefined;

const hasMark = (text: string) => text === mark || text.includes(`${mark}@`) || text.includes(`=${mark}`);

/** What is stored, by what is shown of it. */
function shownKey(place: Place, value: Json): string {
  const shown = shownAt(place, value, unheard);
  return JSON.stringify(shown === undefined ? mark : shown);
}

/**
 * For each item of a list the stored one that it was shown as: the one at its place, or else one elsewhere; and for one
 * that was changed the one at its place, unless that is another's.
 */
function counterparts(wanted: readonly Json[], stored: readonly Json[], place: Place): (Json | undefined)[] {
  const keys = wanted.map((each) => JSON.stringify(each));
  const shown = stored.map((each) => shownKey(place, each));
  const isTaken = shown.map((key, index) => key === keys[index]);
  const spare = new Map<string, number[]>();
  shown.forEach((key, index) => {
    if (isTaken[index]) return;
    const same = spare.get(key);
    if (same) same.push(index);
    else spare.set(key, [index]);
  });
  const found = keys.map((key, index) => {
    if (key === shown[index]) return index;
    const other = spare.get(key)?.shift();
    if (other !== undefined) isTaken[other] = true;
    return other;
  });
  return found.map((at, index) => stored[at ?? (isTaken[index] ? -1 : index)]);
}

function keptAt(place: Place, wanted: Json, stored: Json | undefined, unknown: string[]): Json {
  if (typeof wanted === "string") {
    if (!hasMark(wanted)) return wanted;
    if (stored !== undefined && shownKey(place, stored) === JSON.stringify(wanted)) return stored;
    unknown.push(place.path.join("."));
    return wanted;
  }
  // What is secret as a whole is replaced as a whole.
  const there = place.isSecret ? undefined : stored;
  if (isList(wanted)) {
    const items = { ...place, isSecret: false };
    const others = counterparts(wanted, isList(there) ? there : [], items);
    return wanted.map((each, index) => {
      const item = { ...items, path: [...place.path, String(index)] };
      return keptAt(item, each, others[index], unknown);
    });
  }
  if (!isObject(wanted)) return wanted;
  return keptFields(place.path, wanted, isObject(there) ? there : {}, unknown);
}

function keptFields(
  path: readonly string[],
  wanted: JsonObject,
  stored: JsonObject,
  unknown: string[],
): JsonObject {
  const isHidden = (object: JsonObject, field: string, value: Json) =>
    shownAt(fieldOf(object, field, value, path), value, unheard) === undefined;
  const given = Object.entries(wanted).flatMap(([field, value]): [string, Json][] => {
    const there = Object.hasOwn(stored, field) ? stored[field] : undefined;
    const isRemoved = value === null && there !== undefined && isHidden(stored, field, there);
    return isRemoved ? [] : [[field, keptAt(fieldOf(wanted, field, value, path), value, there, unknown)]];
  });
  const left = Object.entries(stored).filter(
    ([field, value]) =>
      !Object.hasOwn(wanted, field) &&
      isHidden(stored, field, value) &&
      // What was renamed so that it would be shown from now on does not take its secret along.
      isHidden(wanted, field, value),
  );
  return Object.fromEntries([...given, ...left]);
}

/**
 * A wanted object with the stored secrets that it leaves out, as it must: they were never shown. A secret that is null
 * is removed; a text is what is stored when it is as that was shown.
 */
export function withSecrets(wanted: JsonObject, stored: JsonObject): Kept {
  const unknown: string[] = [];
  return { value: keptFields([], wanted, stored, unknown), unknown };
}
