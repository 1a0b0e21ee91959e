import {
  AddConsumerScopeDocument,
  AddCredentialScopeDocument,
  ApplyGatewayDocument,
  CreateConsumerAppDocument,
  CreateConsumerUserDocument,
  CreateCredentialDocument,
  DeleteConsumerDocument,
  DeletePipelineDocument,
  RemoveConsumerScopeDocument,
  RemoveCredentialScopeDocument,
  SavePipelineDocument,
  SetConsumerActiveDocument,
  SetCredentialActiveDocument,
  SetCredentialScopesDocument,
  UpdateConsumerAppDocument,
  UpdateConsumerUserDocument,
} from "../generated/operations.ts";
import type { Sett } from "../support/sett.ts";
import type { Mutate } from "./mutations.data.ts";
import { seeded } from "./seeded.data.ts";

const { gateway, pipeline } = seeded;
const of = (producer: string) => ({ project: { producer }, gateway });
const key = { type: "KEY_AUTH" as const, id: "joes-key" };

/** Lets there be somebody at demo's gateway for the changes below to be about. */
export function addConsumers(sett: Sett): void {
  const { consumers, credentials, scopes } = sett.sandbox.gateways.of("gateway", "demo", "dev");
  const { id } = consumers.addUser({ username: "joe", firstname: "Joe", lastname: "Doe" });
  consumers.addApp({ userId: "joe", name: "carapp" });
  credentials.add(String(id), "key-auth", { keyId: key.id, keySecret: "secret-of-joes-key" });
  scopes.add(["cars:read"]);
}

/** Changes of what runs at a gateway, with input that is fine once somebody is there. */
export const runningMutations: Readonly<Record<string, Mutate>> = {
  applyGateway: (person, producer) => person.ask(ApplyGatewayDocument, { input: of(producer) }),
  createConsumerUser: (person, producer) =>
    person.ask(CreateConsumerUserDocument, {
      input: { ...of(producer), username: "jane", firstname: "Jane", lastname: "Roe" },
    }),
  updateConsumerUser: (person, producer) =>
    person.ask(UpdateConsumerUserDocument, { input: { ...of(producer), user: "joe", firstname: "Joey" } }),
  createConsumerApp: (person, producer) =>
    person.ask(CreateConsumerAppDocument, { input: { ...of(producer), user: "joe", name: "other" } }),
  updateConsumerApp: (person, producer) =>
    person.ask(UpdateConsumerAppDocument, { input: { ...of(producer), app: "carapp", name: "renamed" } }),
  deleteConsumer: (person, producer) =>
    person.ask(DeleteConsumerDocument, { input: { ...of(producer), consumer: "joe" } }),
  setConsumerActive: (person, producer) =>
    person.ask(SetConsumerActiveDocument, { input: { ...of(producer), consumer: "joe", active: false } }),
  addConsumerScope: (person, producer) =>
    person.ask(AddConsumerScopeDocument, { input: { ...of(producer), scope: "cars:write" } }),
  removeConsumerScope: (person, producer) =>
    person.ask(RemoveConsumerScopeDocument, { input: { ...of(producer), scope: "cars:read" } }),
  createCredential: (person, producer) =>
    person.ask(CreateCredentialDocument, { input: { ...of(producer), consumer: "joe", type: "JWT" } }),
  setCredentialActive: (person, producer) =>
    person.ask(SetCredentialActiveDocument, { input: { ...of(producer), ...key, active: false } }),
  setCredentialScopes: (person, producer) =>
    person.ask(SetCredentialScopesDocument, { input: { ...of(producer), ...key, scopes: ["cars:read"] } }),
  addCredentialScope: (person, producer) =>
    person.ask(AddCredentialScopeDocument, { input: { ...of(producer), ...key, scope: "cars:read" } }),
  removeCredentialScope: (person, producer) =>
    person.ask(RemoveCredentialScopeDocument, { input: { ...of(producer), ...key, scope: "cars:read" } }),
};

/** Changes of one pipeline of a saved gateway, with input that is fine. */
export const pipelineMutations: Readonly<Record<string, Mutate>> = {
  savePipeline: (person, producer) =>
    person.ask(SavePipelineDocument, { input: { ...of(producer), pipeline: { name: "P", policies: [] } } }),
  deletePipeline: (person, producer) =>
    person.ask(DeletePipelineDocument, { input: { ...of(producer), id: pipeline } }),
};
