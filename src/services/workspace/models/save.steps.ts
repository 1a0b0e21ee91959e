import type { Entities } from "../merge/merge.ts";
import { configSteps, definitionSteps, type ModelStep, type Writing } from "./model.steps.ts";
import { listSteps, propertySteps } from "./part.steps.ts";

/**
 * What makes a model that was one thing into another, or anew: only what differs. Methods are written without a
 * commit, so they come as early as they can, and the next step commits them.
 */
export function saveSteps(
  writing: Writing,
  name: string,
  before: Entities | undefined,
  wanted: Entities,
): readonly ModelStep[] {
  const definition = definitionSteps(writing, name, before, wanted);
  const methods = listSteps(writing, "methods", name, before, wanted);
  return [
    ...(before ? [...methods, ...definition] : [...definition, ...methods]),
    ...propertySteps(writing, name, before, wanted),
    ...listSteps(writing, "relations", name, before, wanted),
    ...configSteps(writing, name, before, wanted),
  ];
}
