import type { Problem } from "../../../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { isKnown, isReserved, type ModelGroup } from "./model.fields.ts";
import { bareName, type MethodChange, type ModelChange } from "./model.change.ts";
import { loopbackModels, relationTypes, sharesFile } from "./model.names.ts";
import { groupIn, partsIn, type ModelsState, type ReadModel } from "./model.reader.ts";

/** What is already there when a change is looked at. */
export interface Surroundings {
  readonly state: ModelsState;
  /** The model that is to be changed; undefined for a new one. */
  readonly now: ReadModel | undefined;
  /** The data sources there are; undefined where the change names none. */
  readonly dataSources: ReadonlySet<string> | undefined;
}

type Check = (change: ModelChange, around: Surroundings) => readonly Problem[];

const problem = (field: string, message: string): Problem => ({ field: `input.${field}`, message });

/** Problems of the items of a list, each at its place. */
function inList<Item>(list: string, items: readonly Item[] | null | undefined) {
  return (check: (item: Item, at: string, index: number, all: readonly Item[]) => readonly Problem[]) =>
    (items ?? []).flatMap((item, index, all) => check(item, `${list}.${index}`, index, all));
}

const nameProblems: Check = (change, { state, now }) => {
  const { name } = change;
  if (now?.name === name) return [];
  if (state.models.has(name)) return [problem("name", `there is already a model ${name}`)];
  if (loopbackModels.includes(name)) return [problem("name", `${name} is one of LoopBack's own models`)];
  const other = sharesFile(name, state.models.values());
  return other ? [problem("name", `a model of this name may share a file with ${other.name}`)] : [];
};

/** The models that a model builds on, nearest first, as far as they are the project's own. */
function basesOf(base: string, state: ModelsState, seen: readonly string[] = []): readonly string[] {
  if (seen.includes(base)) return seen;
  const next = state.models.get(base)?.entities.get("definition/base");
  return typeof next === "string" ? basesOf(next, state, [...seen, base]) : [...seen, base];
}

const baseProblems: Check = ({ base, name }, { state, now }) => {
  if (base === null || base === undefined) return [];
  const itself = [name, now?.name];
  if (itself.includes(base)) return [problem("base", "a model cannot build on itself")];
  if (!state.models.has(base) && !loopbackModels.includes(base)) {
    return [problem("base", `there is no model ${base} to build on`)];
  }
  const circle = basesOf(base, state).some((each) => itself.includes(each));
  return circle ? [problem("base", `${base} itself builds on this model`)] : [];
};

const dataSourceProblems: Check = ({ config }, { dataSources }) => {
  const wanted = config?.dataSource;
  if (wanted === null || wanted === undefined || dataSources?.has(wanted)) return [];
  return [problem("config.dataSource", `there is no data source ${wanted}`)];
};

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

const typeProblems: Check = ({ properties, relations }, { now }) => [
  ...inList(
    "properties",
    properties,
  )(({ name, type }, at) => {
    if (type === undefined && partsIn(now?.entities, "properties").has(name)) return [];
    if (type !== undefined && isType(type)) return [];
    return [problem(`${at}.type`, "must be a type's name, a list with one, or an object of them")];
  }),
  ...inList(
    "relations",
    relations,
  )(({ name, type }, at) => {
    if (type === undefined && partsIn(now?.entities, "relations").has(name)) return [];
    if (relationTypes.includes(type ?? "")) return [];
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

const checks: readonly Check[] = [
  nameProblems,
  baseProblems,
  dataSourceProblems,
  twice,
  typeProblems,
  methodProblems,
  allOtherProblems,
];

/** Everything that stands against a change, each thing at its place in the input. */
export function problemsOf(change: ModelChange, around: Surroundings): readonly Problem[] {
  return checks.flatMap((check) => check(change, around));
}
