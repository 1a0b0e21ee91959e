import type { Problem } from "../../../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import { isKnown, isReserved, type ModelGroup } from "./model.fields.ts";
import { bareName, type MethodChange, type ModelChange } from "./model.change.ts";
import { relationTypes } from "./model.names.ts";
import { groupIn, type ModelsState, type ReadModel } from "./model.reader.ts";

/** What is already there when a change is looked at. */
export interface Surroundings {
  readonly state: ModelsState;
  /** The model that is to be changed; undefined for a new one. */
  readonly now: ReadModel | undefined;
  /** What the change makes of it. */
  readonly wanted: Entities;
  /** The data sources there are; undefined where the change names none. */
  readonly dataSources: ReadonlySet<string> | undefined;
}

/** Looks for one kind of problem. */
export type Check = (change: ModelChange, around: Surroundings) => readonly Problem[];

/** A problem at a place of the input. */
export const problem = (field: string, message: string): Problem => ({ field: `input.${field}`, message });

/** Problems of the items of a list, each at its place. */
function inList<Item>(list: string, items: readonly Item[] | null | undefined) {
  return (check: (item: Item, at: string, index: number, all: readonly Item[]) => readonly Problem[]) =>
    (items ?? []).flatMap((item, index, all) => check(item, `${list}.${index}`, index, all));
}

function otherProblems(group: ModelGroup, at: string, other: JsonObject | null | undefined): Problem[] {
  return Object.entries(other ?? {}).flatMap(([field, value]) => {
    const place = at === "" ? `other.${field}` : `${at}.other.${field}`;
    if (isReserved(group, field)) return [problem(place, "is not to be set")];
    return isKnown(group, field, value) ? [problem(place, "has a field of its own")] : [];
  });
}

const allOtherProblems: Check = ({ other, config, properties, relations, methods }) => [
  ...otherProblems("definition", "", other),
  ...otherProblems("config", "config", config?.other),
  ...inList("properties", properties)((each, at) => otherProblems("properties", at, each.other)),
  ...inList("relations", relations)((each, at) => otherProblems("relations", at, each.other)),
  ...inList("methods", methods)((each, at) => otherProblems("methods", at, each.other)),
];

const twice: Check = ({ properties, relations, methods }) => {
  const named = (each: { name: string }, at: string, index: number, all: readonly { name: string }[]) => {
    const name = bareName(each.name);
    const isRepeated = all.slice(0, index).some((other) => bareName(other.name) === name);
    return isRepeated ? [problem(`${at}.name`, `${name} is given twice`)] : [];
  };
  return [
    ...inList("properties", properties)(named),
    ...inList("relations", relations)(named),
    ...inList("methods", methods)(named),
  ];
};

/** A type's name, a list of a type, or an object of types by name. */
function isType(type: Json): boolean {
  if (Array.isArray(type)) return type.every(isType);
  return typeof type === "string" ? type.trim() !== "" : typeof type === "object" && type !== null;
}

/** Whether a part may have a type: the one it has now, if nothing is said, or one that there is. */
function isFineType(
  now: ReadModel | undefined,
  part: string,
  type: Json | undefined,
  accepts: (type: Json) => boolean,
) {
  const before = now?.entities.get(part) as JsonObject | undefined;
  if (type === undefined) return before !== undefined;
  return accepts(type) || (before !== undefined && isSame(before["type"], type));
}

const isRelationType = (type: Json) => typeof type === "string" && relationTypes.includes(type);

const typeProblems: Check = ({ properties, relations }, { now }) => [
  ...inList(
    "properties",
    properties,
  )(({ name, type }, at) => {
    if (isFineType(now, `properties/${name}`, type, isType)) return [];
    return [problem(`${at}.type`, "must be a type's name, a list with one, or an object of them")];
  }),
  ...inList(
    "relations",
    relations,
  )(({ name, type }, at) => {
    if (isFineType(now, `relations/${name}`, type, isRelationType)) return [];
    return [problem(`${at}.type`, `must be one of ${relationTypes.join(", ")}`)];
  }),
];

/** Another model that has a method of this name, whose own would be deleted. */
function ownerOf(method: string, { models }: ModelsState, now: ReadModel | undefined) {
  return [...models.values()].find(
    (model) => model.name !== now?.name && groupIn(model.entities, "methods").has(method),
  );
}

const methodProblems: Check = ({ methods, name }, { state, now }) => {
  const taken = (method: string, field: string) => {
    const owner = ownerOf(method, state, now);
    const reason = "the workspace tells methods apart by their names alone";
    return owner ? [problem(field, `${owner.name} has a method ${method}, and ${reason}`)] : [];
  };
  const contradicts = ({ name: method, isStatic }: MethodChange) =>
    isStatic === true && bareName(method) !== method;
  const kept = methods || now?.name === name ? [] : [...groupIn(now?.entities, "methods").keys()];
  return [
    ...kept.flatMap((method) => taken(method, "name")),
    ...inList(
      "methods",
      methods,
    )((each, at) => [
      ...taken(bareName(each.name), `${at}.name`),
      ...(contradicts(each)
        ? [problem(`${at}.isStatic`, "a method with `prototype.` before its name is one of instances")]
        : []),
    ]),
  ];
};

/** What may be wrong with a model's parts and their fields. */
export const partChecks: readonly Check[] = [twice, typeProblems, methodProblems, allOtherProblems];
