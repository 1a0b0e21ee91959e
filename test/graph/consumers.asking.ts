import {
  CreateConsumerAppDocument,
  CreateConsumerUserDocument,
  CreateCredentialDocument,
  ReadConsumersDocument,
  ReadCredentialsDocument,
  type CredentialType,
} from "../generated/operations.ts";
import type { PersonName, Sett } from "../support/sett.ts";
import { project } from "./gateways.asking.ts";
import { seeded } from "./seeded.data.ts";

/** What every change of callers says: at which gateway. */
export const at = { project, gateway: seeded.gateway };

/** Somebody's view of those who call demo's gateways. */
export async function consumersOf(sett: Sett, person: PersonName = "zu", page: object = {}) {
  const { data, codes } = await sett.as(person).ask(ReadConsumersDocument, { producer: "demo", ...page });
  return { consumers: data?.project?.gateways?.[0]?.consumers, codes };
}

export async function credentialsOf(sett: Sett, consumer: string, person: PersonName = "demo") {
  const { data, ...rest } = await sett
    .as(person)
    .ask(ReadCredentialsDocument, { producer: "demo", consumer });
  return { credentials: data?.project?.gateways?.[0]?.consumers?.credentials, data, ...rest };
}

export const createUser = (sett: Sett, username: string, more: object = {}) =>
  sett.as("al").ask(CreateConsumerUserDocument, {
    input: { ...at, username, firstname: "Joe", lastname: "Doe", ...more },
  });

export const createApp = (sett: Sett, user: string, name: string) =>
  sett.as("al").ask(CreateConsumerAppDocument, { input: { ...at, user, name } });

export const createCredential = (sett: Sett, consumer: string, type: CredentialType, scopes: string[] = []) =>
  sett.as("al").ask(CreateCredentialDocument, { input: { ...at, consumer, type, scopes } });
