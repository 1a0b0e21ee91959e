import { z } from "zod";

/** What is stored is text; nothing is the empty text. */
const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

const time = z
  .string()
  .nullish()
  .transform((value) => {
    const read = new Date(value ?? "");
    return Number.isNaN(read.getTime()) ? undefined : read;
  });

const consumer = {
  id: z.string(),
  isActive: z.boolean(),
  redirectUri: text,
  createdAt: time,
  updatedAt: time,
};

export const userShape = z.object({
  ...consumer,
  username: z.string(),
  firstname: text,
  lastname: text,
  email: text,
});

export const appShape = z.object({ ...consumer, userId: z.string(), name: z.string() });

export const usersShape = z.object({ users: z.array(userShape), nextKey: z.number() });

export const appsShape = z.object({ apps: z.array(appShape), nextKey: z.number() });

export const scopesShape = z.object({ scopes: z.array(z.string()).nullable() });

/** Scopes come as null, an empty text, one text or a list. */
const scopes = z.unknown().transform((value): readonly string[] => {
  const list: readonly unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.filter((each): each is string => typeof each === "string" && each !== "");
});

/** What is told of a credential: its secret is in the same answer, and is not read. */
export const credentialShape = z.object({
  id: z.string(),
  type: z.string(),
  isActive: z.boolean(),
  scopes: scopes.optional(),
  createdAt: time,
  updatedAt: time,
});

export const credentialsShape = z.object({ credentials: z.array(credentialShape) });

/** What is answered to whoever makes a credential, and to nobody else. */
export const newCredentialShape = z.object({
  id: z.string(),
  keyId: z.string().optional(),
  keySecret: z.string().optional(),
  password: z.string().optional(),
  secret: z.string().optional(),
});

/** Somebody who calls a gateway. */
export type StoredUser = z.output<typeof userShape>;

/** Something that calls a gateway for a user. */
export type StoredApp = z.output<typeof appShape>;

/** What a caller shows to a gateway, without what is secret of it. */
export type StoredCredential = z.output<typeof credentialShape>;
