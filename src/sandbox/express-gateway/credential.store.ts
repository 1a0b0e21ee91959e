import { randomUUID } from "node:crypto";
import { asRead, asStored, created, type StoredRecord } from "./consumer.record.ts";
import { fieldsOf, isFields, type Fields } from "./json.fields.ts";
import { schemaProblem } from "./schema.check.ts";
import { schemaOf } from "./schema.catalogue.ts";
import type { ScopeStore } from "./scope.store.ts";

const modelsId = "http://express-gateway.io/models/credentials.json";

/** A credential, as it is stored. */
export interface Credential {
  readonly type: string;
  readonly id: string;
  readonly consumerId: string;
  readonly record: StoredRecord;
}

/** The credentials of consumers: passwords are one of a kind for each and go by his id, keys go by their own. */
export class CredentialStore {
  readonly #credentials = new Map<string, Credential>();
  readonly #scopes: ScopeStore;

  constructor(scopes: ScopeStore) {
    this.#scopes = scopes;
  }

  get(type: string, id: string): Credential | undefined {
    return this.#credentials.get(`${type}:${id}`);
  }

  /** A consumer's credentials, kind by kind. */
  of(consumerId: string): Credential[] {
    const kinds = Object.keys(typeSchemas());
    return [...this.#credentials.values()]
      .filter((each) => each.consumerId === consumerId)
      .sort((one, other) => kinds.indexOf(one.type) - kinds.indexOf(other.type));
  }

  /** Makes a credential and answers it with its secret, which of a password is never shown again. */
  add(consumerId: string, type: unknown, given: unknown): Fields {
    if (typeof type !== "string" || type === "") throw new Error("Invalid credentials");
    const schema = typeSchemas()[type];
    if (!isFields(schema)) throw new Error(`Invalid credential type: ${type}`);
    if (this.get(type, consumerId)?.record["isActive"] === "true")
      throw new Error("Credential already exists and is active");
    const details = structuredClone(fieldsOf(given));
    const { scopes: wanted, ...rest } = details;
    const scopes = isFields(fieldsOf(schema["properties"])["scopes"]) && Boolean(wanted) ? wanted : undefined;
    const problem = schemaProblem(schema, rest, schemaOf);
    const known = scopes === undefined ? undefined : this.#scopes.existing(scopes);
    if (problem !== undefined) throw new Error(problem);
    const isKey = type === "key-auth" || type === "jwt";
    const made = isKey
      ? this.#addKey(consumerId, type, rest, known)
      : this.#addPassword(consumerId, type, rest, known);
    for (const scope of known ?? []) this.#scopes.tie(scope, `${type}:${String(made["id"])}`);
    return made;
  }

  setActive(credential: Credential, isActive: boolean): void {
    Object.assign(credential.record, asStored({ isActive, updatedAt: String(new Date()) }));
  }

  setScopes({ record }: Credential, scopes: unknown): void {
    record["scopes"] = scopes === undefined ? "" : JSON.stringify(scopes);
  }

  /** A consumer's passwords go with him; his keys stay, belonging to nobody. */
  removeOf(consumerId: string): void {
    for (const [key, { id }] of this.#credentials) if (id === consumerId) this.#credentials.delete(key);
  }

  #addKey(consumerId: string, type: string, given: Fields, scopes: string[] | undefined): Fields {
    const keyId = wordOr(given["keyId"], randomKey);
    const keySecret = wordOr(given["keySecret"], randomKey);
    const fields = { isActive: true, ...created(), ...given, keyId, keySecret, consumerId };
    this.#put(type, keyId, consumerId, { ...fields, scopes: JSON.stringify(scopes ?? null) });
    return { ...fields, scopes: scopes ?? null, id: keyId };
  }

  #addPassword(consumerId: string, type: string, given: Fields, scopes: string[] | undefined): Fields {
    const secret = type === "basic-auth" ? "password" : "secret";
    const { [secret]: own, ...shown } = given;
    const dates = created();
    const kept = scopes === undefined ? {} : { scopes };
    const written = scopes === undefined ? {} : { scopes: JSON.stringify(scopes) };
    this.#put(type, consumerId, consumerId, { isActive: true, ...dates, ...written });
    const told = own === undefined || own === "" ? { [secret]: randomUUID() } : {};
    return { isActive: true, ...dates, ...kept, ...shown, id: consumerId, ...told };
  }

  #put(type: string, id: string, consumerId: string, fields: Fields): void {
    this.#credentials.set(`${type}:${id}`, { type, id, consumerId, record: asStored(fields) });
  }
}

/** A credential as it is answered: whose it is is told of keys only. */
export function readCredential({ type, id, record }: Credential): Fields {
  const { scopes = "", ...rest } = asRead(record) as StoredRecord;
  return { ...rest, ...("scopes" in record ? { scopes: scopesOf(scopes) } : {}), id, type };
}

/** What is written of a credential's scopes, read. */
export function scopesOf(written: string | undefined): unknown {
  return written === undefined || written === "" ? "" : JSON.parse(written);
}

function typeSchemas(): Fields {
  return fieldsOf(schemaOf(modelsId)?.["properties"]);
}

function wordOr(value: unknown, make: () => string): string {
  return typeof value === "string" && value !== "" ? value : make();
}

/** A random id written in 62 letters and digits. */
function randomKey(): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let left = BigInt(`0x${randomUUID().replaceAll("-", "")}`);
  let key = "";
  for (; left > 0n; left /= 62n) key = (letters[Number(left % 62n)] ?? "") + key;
  return key.padStart(22, "0");
}
