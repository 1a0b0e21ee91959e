import {
  CreateEnvironmentDocument,
  CreateProjectDocument,
  DeleteEnvironmentDocument,
  DeleteProjectDocument,
  PromoteDocument,
} from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** Every change of which environments a producer has, and of one by another. */
export const environmentMutations: Readonly<Record<string, Mutate>> = {
  createEnvironment: (person, producer) =>
    person.ask(CreateEnvironmentDocument, { input: { producer, env: "staging" } }),
  createProject: (person, producer) =>
    person.ask(CreateProjectDocument, { input: { producer, name: "shop" } }),
  deleteEnvironment: (person, producer) =>
    person.ask(DeleteEnvironmentDocument, {
      input: { project: { producer }, confirm: `${producer}/dev` },
    }),
  deleteProject: (person, producer) =>
    person.ask(DeleteProjectDocument, { input: { producer, name: "shop", confirm: ["shop"] } }),
  promote: (person, producer) =>
    person.ask(PromoteDocument, {
      input: { from: { producer }, to: { producer, env: "staging" } },
    }),
};
