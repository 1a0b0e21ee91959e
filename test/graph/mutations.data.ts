import {
  AddKeyDocument,
  DeleteKeyDocument,
  RemoveCollaboratorDocument,
  SaveFileDocument,
  SetCollaboratorDocument,
  SetEnabledDocument,
  ShareProjectDocument,
  UnshareProjectDocument,
} from "../generated/operations.ts";
import type { Answer, Person } from "../support/sett.ts";
import { canvasMutations } from "./canvas.mutations.data.ts";
import { dataSourceMutations } from "./data-sources.mutations.data.ts";
import { environmentMutations } from "./environments.mutations.data.ts";
import { deploymentMutations } from "./deployments.mutations.data.ts";
import { functionMutations } from "./functions.mutations.data.ts";
import { pipelineMutations, runningMutations } from "./gateways.mutations.data.ts";
import { modelMutations } from "./models.mutations.data.ts";
import { optionMutations } from "./options.mutations.data.ts";
import { restartMutations } from "./restarts.mutations.data.ts";
import { workspaceMutations } from "./workspace.mutations.data.ts";

/** One change of something of a producer's, by somebody. */
export type Mutate = (person: Person, producer: string) => Promise<Answer<unknown>>;

export const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHZ5Q3JmTmJ0c2V0dHRlc3RrZXkwMDAwMDAwMDAwMDAw demo@laptop";

const repo = (producer: string) => ({ owner: `customer-${producer}`, name: "dev" });

/** Every change that is made through a producer's workspace. */
export const changesOfWorkspaces: Readonly<Record<string, Mutate>> = {
  ...canvasMutations,
  ...pipelineMutations,
  ...modelMutations,
  ...dataSourceMutations,
  ...workspaceMutations,
};

/** Every mutation on something of a producer's, with input that is fine. */
export const mutations: Readonly<Record<string, Mutate>> = {
  ...changesOfWorkspaces,
  ...environmentMutations,
  ...functionMutations,
  ...runningMutations,
  ...optionMutations,
  ...restartMutations,
  ...deploymentMutations,
  setCollaborator: (person, producer) =>
    person.ask(SetCollaboratorDocument, {
      input: { repo: repo(producer), login: "customer-zu", level: "ADMIN" },
    }),
  removeCollaborator: (person, producer) =>
    person.ask(RemoveCollaboratorDocument, { input: { repo: repo(producer), login: "customer-al" } }),
  shareProject: (person, producer) =>
    person.ask(ShareProjectDocument, {
      input: { project: { producer }, login: "customer-zu", level: "ADMIN" },
    }),
  unshareProject: (person, producer) =>
    person.ask(UnshareProjectDocument, { input: { project: { producer }, login: "customer-al" } }),
  saveRepoFile: (person, producer) =>
    person.ask(SaveFileDocument, { input: { repo: repo(producer), path: "new.txt", content: "new" } }),
  addSshKey: (person, producer) =>
    person.ask(AddKeyDocument, { input: { producer, title: "laptop", publicKey } }),
  deleteSshKey: (person, producer) => person.ask(DeleteKeyDocument, { input: { producer, id: "1" } }),
  setProducerEnabled: (person, producer) =>
    person.ask(SetEnabledDocument, { input: { project: { producer }, enabled: false } }),
};
