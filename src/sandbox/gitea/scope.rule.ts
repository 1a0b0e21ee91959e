import { Problem } from "./problem.error.ts";
import type { Token } from "./token.store.ts";

/** The parts of the API which a token can be limited to. */
export type ScopeCategory = "admin" | "repository" | "user";

const categories = [
  ...[
    "activitypub",
    "admin",
    "issue",
    "misc",
    "notification",
    "organization",
    "package",
    "repository",
    "user",
  ],
];
const knownScopes = new Set([
  "",
  "all",
  "public-only",
  ...categories.flatMap((name) => [`read:${name}`, `write:${name}`]),
]);

/** Whether a scope is one of the API's. */
export function isKnownScope(scope: string): boolean {
  return knownScopes.has(scope);
}

/** Refuses scopes Gitea does not know. */
export function checkScopes(scopes: readonly string[]): void {
  const unknown = scopes.find((scope) => !isKnownScope(scope));
  if (unknown !== undefined) {
    throw new Problem(400, `invalid access token scope provided: invalid access token scope: ${unknown}`);
  }
}

/** Refuses a token whose scopes do not cover this; a password covers everything. */
export function requireScope(token: Token | undefined, category: ScopeCategory, method: string): void {
  if (token === undefined || token.scopes.includes("all")) return;
  const level = method === "GET" || method === "HEAD" ? "read" : "write";
  const enough = [`write:${category}`, ...(level === "read" ? [`read:${category}`] : [])];
  if (enough.some((scope) => token.scopes.includes(scope))) return;
  throw new Problem(403, `token does not have at least one of required scope(s): [${level}:${category}]`);
}

/** Refuses a token which is limited to public repositories; Gitea asks this only where it insists on a token. */
export function requirePublicScope(token: Token | undefined, isPrivate: boolean): void {
  if (isPrivate && token?.scopes.includes("public-only") === true) {
    throw new Problem(403, "token scope is limited to public repos");
  }
}
