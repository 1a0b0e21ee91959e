import type { Json, JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import { definitionBody, partBody, writtenDefinition } from "./model.bodies.ts";
import { putting, type ModelStep, type Writing } from "./model.steps.ts";
import { groupIn, partsIn, type ModelsState, type ReadModel } from "./model.reader.ts";
import type { Renaming } from "./takeover.steps.ts";

function redirectedRelation(relation: JsonObject, from: string, to: string): JsonObject {
  const pointing = ["model", "through"].filter((field) => relation[field] === from);
  return { ...relation, ...Object.fromEntries(pointing.map((field) => [field, to])) };
}

/** A model with everything in it that pointed at a name pointing at another. */
export function redirected(entities: Entities, from: string, to: string): Entities {
  const moved = ([key, value]: readonly [string, Json]): readonly [string, Json] => {
    if (key.startsWith("relations/")) return [key, redirectedRelation(value as JsonObject, from, to)];
    return [key, key === "definition/base" && value === from ? to : value];
  };
  return new Map([...entities].map(moved));
}

/** The step that points the relations of other models at the new name. */
function relationSteps(
  writing: Writing,
  { from, to }: Renaming,
  others: readonly ReadModel[],
): readonly ModelStep[] {
  const found = others.flatMap((model) =>
    [...partsIn(model.entities, "relations")].flatMap(([name, before]) => {
      const after = redirectedRelation(before, from.name, to);
      return isSame(before, after) ? [] : [{ model: model.name, name, before, after }];
    }),
  );
  if (found.length === 0) return [];
  const write = (which: "before" | "after") => {
    const bodies = found.map((each) => partBody(each.model, each.name, each[which]));
    return putting(writing, "ModelRelations", bodies, "the relations to a model");
  };
  const there = (state: ModelsState, model: string) =>
    partsIn(state.models.get(model)?.entities, "relations");
  return [
    {
      title: `Point the relations of other models at ${to}`,
      apply: write("after"),
      isDone: (state) =>
        found.every(({ model, name, after }) => isSame(there(state, model).get(name), after)),
      undo: write("before"),
    },
  ];
}

/** The step that lets models that build on the old name build on the new one. */
function baseSteps(
  writing: Writing,
  { from, to }: Renaming,
  others: readonly ReadModel[],
): readonly ModelStep[] {
  const found = others
    .filter(({ entities }) => entities.get("definition/base") === from.name)
    .map(({ name, entities }) => ({ name, before: entities, after: redirected(entities, from.name, to) }));
  if (found.length === 0) return [];
  const write = (which: "before" | "after") => {
    const bodies = found.map((each) => definitionBody(each.name, each[which]));
    return putting(writing, "ModelDefinitions", bodies, "the models that build on a model");
  };
  const definition = (state: ModelsState, name: string) =>
    Object.fromEntries(groupIn(state.models.get(name)?.entities, "definition"));
  return [
    {
      title: `Let other models build on ${to}`,
      apply: write("after"),
      isDone: (state) =>
        found.every(({ name, after }) => isSame(definition(state, name), writtenDefinition(after))),
      undo: write("before"),
    },
  ];
}

/** The steps that let other models follow a renamed one. */
export function followerSteps(
  writing: Writing,
  renaming: Renaming,
  others: readonly ReadModel[],
): readonly ModelStep[] {
  return [...relationSteps(writing, renaming, others), ...baseSteps(writing, renaming, others)];
}
