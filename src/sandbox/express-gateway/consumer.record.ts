import { randomUUID } from "node:crypto";
import { isFields, type Fields } from "./json.fields.ts";

/** What is stored of a user, an application or a credential: a hash of strings. */
export type StoredRecord = Record<string, string>;

/** A user or an application, as it is stored. */
export interface Consumer extends StoredRecord {
  id: string;
  isActive: string;
}

/** A new consumer, as it is answered to whoever makes it; only what is stored turns everything into strings. */
export function newConsumer(given: Fields, more: Fields = {}): Fields & { id: string } {
  return { isActive: true, ...given, id: randomUUID(), ...more, ...created() };
}

/** When something new was made and changed. */
export function created(): { createdAt: string; updatedAt: string } {
  return { createdAt: String(new Date()), updatedAt: String(new Date()) };
}

/** Fields as they are stored: an object loses all that is in it. */
export function asStored(fields: Fields): StoredRecord {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, word(value)]));
}

function word(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(word).join(",");
  if (isFields(value)) return "[object Object]";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What is stored, as it is answered. */
export function asRead(record: StoredRecord): Fields {
  return { ...record, isActive: record["isActive"] === "true" };
}
