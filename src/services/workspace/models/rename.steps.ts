import type { JsonObject } from "../json.ts";
import type { Entities } from "../merge/merge.ts";
import { followerSteps } from "./follower.steps.ts";
import { configSteps, definitionSteps, type ModelStep, type Writing } from "./model.steps.ts";
import type { ModelsState } from "./model.reader.ts";
import { listSteps, propertySteps } from "./part.steps.ts";
import { deletionSteps } from "./removal.steps.ts";
import { takeoverSteps, type Renaming } from "./takeover.steps.ts";

/** What a rename is made with. */
export interface RenameMeans extends Renaming {
  readonly wanted: Entities;
  readonly state: ModelsState;
  /** All files, as they were. */
  readonly tree: JsonObject;
}

/** The steps of a rename: the new model stands whole, and others point at it, before the old one goes. */
export function renameSteps(
  writing: Writing,
  { wanted, state, tree, ...renaming }: RenameMeans,
): readonly ModelStep[] {
  const { from, to } = renaming;
  const others = [...state.models.values()].filter(({ name }) => name !== from.name);
  const origin = { model: from.name, entities: from.entities };
  return [
    ...definitionSteps(writing, to, undefined, wanted),
    ...listSteps(writing, "methods", to, undefined, wanted, origin),
    ...propertySteps(writing, to, undefined, wanted),
    ...listSteps(writing, "relations", to, undefined, wanted),
    ...takeoverSteps(writing, renaming, tree),
    ...configSteps(writing, to, undefined, wanted),
    ...followerSteps(writing, renaming, others),
    ...deletionSteps(writing, from, state),
  ];
}
