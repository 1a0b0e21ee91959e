import {
  ClearFunctionsDocument,
  CreateFunctionDocument,
  DeleteFunctionDocument,
  DeployFunctionDocument,
  ReorderFunctionsDocument,
  SaveFunctionDocument,
  UndeployFunctionDocument,
} from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** Changes of functions that answer when they are done, with input that is fine. */
export const functionChanges: Readonly<Record<string, Mutate>> = {
  createFunction: (person, producer) =>
    person.ask(CreateFunctionDocument, {
      input: { project: { producer }, name: "spare", runtime: "nodejs:8" },
    }),
  saveFunction: (person, producer) =>
    person.ask(SaveFunctionDocument, {
      input: { project: { producer }, name: "hello", files: [{ path: "notes.txt", text: "noted" }] },
    }),
  deleteFunction: (person, producer) =>
    person.ask(DeleteFunctionDocument, { input: { project: { producer }, name: "convert" } }),
  reorderFunctions: (person, producer) =>
    person.ask(ReorderFunctionsDocument, { input: { project: { producer }, names: ["convert", "hello"] } }),
  clearFunctions: (person, producer) =>
    person.ask(ClearFunctionsDocument, { input: { project: { producer } } }),
};

/** Every mutation on a function. */
export const functionMutations: Readonly<Record<string, Mutate>> = {
  ...functionChanges,
  deployFunction: (person, producer) =>
    person.ask(DeployFunctionDocument, { input: { project: { producer }, name: "hello" } }),
  undeployFunction: (person, producer) =>
    person.ask(UndeployFunctionDocument, { input: { project: { producer }, name: "hello" } }),
};
