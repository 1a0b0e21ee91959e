import { expressJson } from "../configstore/express.reply.ts";
import { empty } from "../http.ts";
import { AdminError } from "./admin.error.ts";
import type { AdminRoutes } from "./admin.routes.ts";
import { switched } from "./consumer.routes.ts";
import type { ConsumerStore } from "./consumer.store.ts";
import { readCredential, scopesOf, type Credential, type CredentialStore } from "./credential.store.ts";
import type { ScopeStore } from "./scope.store.ts";

const noFilter = "Cannot read property 'filter' of null";

/** Adds what is read and written of credentials; they cannot be deleted. */
export function addCredentialRoutes(
  routes: AdminRoutes,
  consumers: ConsumerStore,
  credentials: CredentialStore,
  scopes: ScopeStore,
): void {
  const found = (params: Readonly<Record<string, string>>, missing = "credential not found"): Credential => {
    const credential = credentials.get(params["type"] ?? "", params["id"] ?? "");
    if (credential === undefined) throw new Error(missing);
    return credential;
  };

  routes.add("GET", "/credentials", () => {
    const everybody = [...consumers.all("users"), ...consumers.all("apps")];
    const all = everybody.flatMap(({ id }) =>
      credentials.of(id).map((each) => ({ consumerId: id, ...readCredential(each) })),
    );
    return expressJson(200, { credentials: all });
  });
  routes.add("POST", "/credentials", ({ fields: { consumerId, type, credential } }) => {
    const consumer = consumers.consumer(consumerId);
    if (consumer === undefined) throw new AdminError(422, `No consumer found with id: ${String(consumerId)}`);
    return expressJson(200, credentials.add(consumer.id, type, credential));
  });
  routes.add("GET", "/credentials/:consumerId", ({ params }) => {
    const consumer = consumers.consumer(params["consumerId"]);
    if (consumer === undefined) return expressJson(404, {});
    return expressJson(200, { credentials: credentials.of(consumer.id).map(readCredential) });
  });
  routes.add("GET", "/credentials/:type/:id", ({ params: { type = "", id = "" } }) => {
    const credential = credentials.get(type, id);
    return expressJson(200, credential === undefined ? null : readCredential(credential));
  });
  routes.add("PUT", "/credentials/:type/:id/status", ({ params, fields: { status } }) => {
    const { type = "", id = "" } = params;
    const credential = credentials.get(type, id);
    if (credential === undefined) throw new AdminError(404, `No credential found with id: ${id}`);
    return expressJson(200, {
      status: switched(credential.record["isActive"] === "true", status, (isActive) => {
        credentials.setActive(credential, isActive);
      }),
    });
  });

  // Whether the scopes exist is asked of those added one at a time only, and only those are known to be in use.
  routes.add("PUT", "/credentials/:type/:id/scopes", ({ params, fields }) => {
    credentials.setScopes(found(params), fields["scopes"]);
    return empty(204);
  });
  routes.add("PUT", "/credentials/:type/:id/scopes/:scope", ({ params }) => {
    const added = scopes.existing([params["scope"] ?? ""]);
    const credential = found(params);
    const had = scopesOf(credential.record["scopes"]);
    credentials.setScopes(credential, [...new Set([...added, ...listed(had)])]);
    for (const scope of added) scopes.tie(scope, `${credential.type}:${credential.id}`);
    return empty(204);
  });
  routes.add("DELETE", "/credentials/:type/:id/scopes/:scope", ({ params }) => {
    const { scope = "" } = params;
    const credential = found(params, "Credential not found");
    const had = scopesOf(credential.record["scopes"]);
    if (!Array.isArray(had)) throw new Error(noFilter);
    credentials.setScopes(
      credential,
      had.filter((each) => each !== scope),
    );
    scopes.untie(scope, `${credential.type}:${credential.id}`);
    return empty(204);
  });

  addScopeRoutes(routes, credentials, scopes);
}

function addScopeRoutes(routes: AdminRoutes, credentials: CredentialStore, scopes: ScopeStore): void {
  routes.add("GET", "/scopes", () => expressJson(200, { scopes: scopes.all() }));
  routes.add("POST", "/scopes", ({ fields }) => {
    scopes.add(fields["scopes"]);
    return empty(201);
  });
  routes.add("GET", "/scopes/:scope", ({ params: { scope = "" } }) => {
    if (!scopes.has(scope)) throw new AdminError(404, `scope not found: ${scope}`);
    return expressJson(200, { scope });
  });
  routes.add("PUT", "/scopes/:scope", ({ params: { scope = "" } }) => {
    scopes.add([scope]);
    return empty(201);
  });
  routes.add("DELETE", "/scopes/:scope", ({ params: { scope = "" } }) => {
    const users = scopes.tiedTo(scope).flatMap((key) => {
      const [type = "", id = ""] = key.split(/:(.*)/s);
      return credentials.get(type, id) ?? [];
    });
    const left = users.map((credential) => {
      const had = scopesOf(credential.record["scopes"]);
      // One that was given the scope and has none since makes the scope impossible to remove.
      if (had === null) throw new Error(noFilter);
      return [credential, listed(had).filter((each) => each !== scope)] as const;
    });
    for (const [credential, rest] of left) credentials.setScopes(credential, rest);
    scopes.remove(scope);
    return empty(204);
  });
}

function listed(scopes: unknown): unknown[] {
  if (Array.isArray(scopes)) return scopes as unknown[];
  return scopes === null || scopes === "" ? [] : [scopes];
}
