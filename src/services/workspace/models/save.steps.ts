import type { Entities } from "../merge/merge.ts";
import { committing, configSteps, definitionSteps, type ModelStep, type Writing } from "./model.steps.ts";
import { listSteps, propertySteps } from "./part.steps.ts";

/**
 * What makes a model that was one thing into another, or anew: only what differs. Methods are written without a
 * commit, so they come as early as they can and the next step commits them; where none would follow, the definition is
 * written as it is.
 */
export function saveSteps(
  writing: Writing,
  name: string,
  before: Entities | undefined,
  wanted: Entities,
): readonly ModelStep[] {
  const definition = definitionSteps(writing, name, before, wanted);
  const methods = listSteps(writing, "methods", name, before, wanted);
  const parts = [
    ...propertySteps(writing, name, before, wanted),
    ...listSteps(writing, "relations", name, before, wanted),
    ...configSteps(writing, name, before, wanted),
  ];
  if (!before)
    return [
      ...definition,
      ...methods,
      ...(isLast(methods, parts) ? committing(writing, name, wanted) : parts),
    ];
  const others = [...definition, ...parts];
  return [...methods, ...(isLast(methods, others) ? committing(writing, name, wanted) : others)];
}

const isLast = (methods: readonly ModelStep[], others: readonly ModelStep[]) =>
  methods.length > 0 && others.length === 0;
