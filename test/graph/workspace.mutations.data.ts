import {
  ClearProjectDocument,
  ReinstallDependenciesDocument,
  ResetWorkspaceDocument,
  RestartWorkspaceDocument,
  SaveFilesDocument,
} from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** Every mutation on a project's files and on what runs it, with input that is fine. */
export const workspaceMutations: Readonly<Record<string, Mutate>> = {
  saveFiles: (person, producer) =>
    person.ask(SaveFilesDocument, {
      input: { project: { producer }, files: [{ path: "server/notes.txt", text: "noted" }] },
    }),
  restartWorkspace: (person, producer) =>
    person.ask(RestartWorkspaceDocument, { input: { project: { producer } } }),
  reinstallDependencies: (person, producer) =>
    person.ask(ReinstallDependenciesDocument, { input: { project: { producer } } }),
  resetWorkspace: (person, producer) =>
    person.ask(ResetWorkspaceDocument, { input: { project: { producer } } }),
  clearProject: (person, producer) => person.ask(ClearProjectDocument, { input: { project: { producer } } }),
};
