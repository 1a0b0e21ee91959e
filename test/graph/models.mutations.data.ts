import { DeleteModelDocument, ReorderModelsDocument, SaveModelDocument } from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** Every change of models, with input that is fine. */
export const modelMutations: Readonly<Record<string, Mutate>> = {
  saveModel: (person, producer) =>
    person.ask(SaveModelDocument, { input: { project: { producer }, name: "Boat" } }),
  deleteModel: (person, producer) =>
    person.ask(DeleteModelDocument, { input: { project: { producer }, name: "Car" } }),
  reorderModels: (person, producer) =>
    person.ask(ReorderModelsDocument, { input: { project: { producer }, names: ["Wheel", "Car"] } }),
};
