import {
  CreateAutoGatewayKeyDocument,
  RevokeAutoGatewayKeyDocument,
  SetAutoGatewayDocument,
  SetVariablesDocument,
} from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** Changes of what is set for an environment, and of who may call the gateway of its whole API. */
export const optionMutations: Readonly<Record<string, Mutate>> = {
  setVariables: (person, producer) =>
    person.ask(SetVariablesDocument, {
      input: { project: { producer }, set: [{ name: "MOTTO", value: "Drive." }] },
    }),
  setAutoGateway: (person, producer) =>
    person.ask(SetAutoGatewayDocument, { input: { project: { producer }, enabled: true } }),
  createAutoGatewayKey: (person, producer) =>
    person.ask(CreateAutoGatewayKeyDocument, { input: { project: { producer }, name: "phone" } }),
  revokeAutoGatewayKey: (person, producer) =>
    person.ask(RevokeAutoGatewayKeyDocument, { input: { project: { producer }, id: "phones-key" } }),
};
