import { hash, randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Credential } from "../permissions/caller.ts";

/** One way of saying who one is. Others can stand before or behind it; the first that recognises a request decides. */
export interface IdentityStrategy {
  readonly name: string;
  /** The credential that a request shows in this strategy's way; undefined when it shows none of the kind. */
  readonly recognise: (
    headers: IncomingHttpHeaders,
  ) => Credential | undefined | Promise<Credential | undefined>;
}

const giteaForm = /^(?:token|bearer) +([\x21-\x7e]{1,4096})$/i;

/** Gitea's personal and OAuth2 tokens, as `Authorization: token …` or `Authorization: Bearer …`. */
export const giteaToken: IdentityStrategy = {
  name: "gitea-token",
  recognise: ({ authorization }) => {
    const token = giteaForm.exec(authorization?.trim() ?? "")?.[1];
    return token === undefined ? undefined : { kind: "token", token };
  },
};

/** The key is this process's own, so that a hash seen anywhere tells nothing about a token. */
const secret = randomBytes(32).toString("base64url");

const hashOf = (shown: string) => hash("sha256", `${secret} ${shown}`, "base64url");

/** What was last shown over each connection: it is mostly shown again. */
const lastShown = new WeakMap<object, { readonly shown: string; readonly key: string }>();

/** Who is let in as less than they are is another than who is let in as all of it. */
function shownBy(credential: Credential): string {
  if (credential.kind === "token") return `token ${credential.token}`;
  return `${credential.mayAdminister ? "sudo admin" : "sudo"} ${credential.login.toLowerCase()}`;
}

/** What tells one credential from another in caches, without being it; hashed once for each connection. */
export function credentialKey(credential: Credential, connection?: object): string {
  const shown = shownBy(credential);
  if (!connection) return hashOf(shown);
  const last = lastShown.get(connection);
  if (last?.shown === shown) return last.key;
  const key = hashOf(shown);
  lastShown.set(connection, { shown, key });
  return key;
}
