import { expressJson } from "../configstore/express.reply.ts";
import { empty } from "../http.ts";
import { AdminError } from "./admin.error.ts";
import { breaking, plainText } from "./admin.reply.ts";
import type { AdminRoutes } from "./admin.routes.ts";
import { asRead, type Consumer } from "./consumer.record.ts";
import type { ConsumerKind, ConsumerStore } from "./consumer.store.ts";
import type { CredentialStore } from "./credential.store.ts";

/** What is different about users and applications in the admin API. */
interface Ways {
  readonly path: ConsumerKind;
  readonly find: (nameOrId: string) => Consumer | undefined;
  /** What a missing one is called, where nothing else is said. */
  readonly called: string;
  /** What a missing one is called when its status is changed. */
  readonly calledForStatus: string;
}

/** Adds what is read and written of users and applications. */
export function addConsumerRoutes(
  routes: AdminRoutes,
  consumers: ConsumerStore,
  credentials: CredentialStore,
): void {
  routes.add("POST", "/users", ({ fields }) => expressJson(200, consumers.addUser(fields)));
  routes.add("POST", "/apps", ({ fields }) => expressJson(200, consumers.addApp(fields)));
  addKindRoutes(routes, consumers, credentials, {
    path: "users",
    find: (nameOrId) => consumers.user(nameOrId),
    called: "User",
    calledForStatus: "user",
  });
  addKindRoutes(routes, consumers, credentials, {
    path: "apps",
    find: (nameOrId) => consumers.app(nameOrId),
    called: "Application",
    calledForStatus: "Application",
  });
}

function addKindRoutes(
  routes: AdminRoutes,
  consumers: ConsumerStore,
  credentials: CredentialStore,
  { path, find, called, calledForStatus }: Ways,
): void {
  const found = (nameOrId: string, name = called): Consumer => {
    const consumer = find(nameOrId);
    if (consumer === undefined) throw new AdminError(404, `${name} not found: ${nameOrId}`);
    return consumer;
  };

  routes.add("GET", `/${path}`, ({ query }) => {
    const { found: page, nextKey } = consumers.page(
      path,
      query.get("start") ?? "0",
      query.get("count") ?? "100",
    );
    return expressJson(200, { [path]: page.map(asRead), nextKey });
  });
  routes.add("GET", `/${path}/:id`, ({ params: { id = "" } }) => expressJson(200, asRead(found(id))));
  routes.add("PUT", `/${path}/:id`, ({ params: { id = "" }, fields }) => {
    const consumer = find(id);
    // It is answered, gone on with, and answered a second time.
    if (consumer === undefined) return breaking(plainText(404, `${called} not found: ${id}`));
    consumers.update(path, consumer, fields);
    return expressJson(200, asRead(consumer));
  });
  routes.add("PUT", `/${path}/:id/status`, ({ params: { id = "" }, fields: { status } }) => {
    const consumer = found(id, calledForStatus);
    return expressJson(200, {
      status: switched(consumer["isActive"] === "true", status, (isActive) => {
        consumers.setActive(path, consumer, isActive);
      }),
    });
  });
  routes.add("DELETE", `/${path}/:id`, ({ params: { id = "" } }) => {
    for (const gone of consumers.remove(path, found(id))) credentials.removeOf(gone);
    return empty(204);
  });
}

/** Turns something on or, for anything but true, off, and tells what became of it. */
export function switched(isActive: boolean, wanted: unknown, set: (isActive: boolean) => void): string {
  if (isActive === wanted) return isActive ? "Active" : "Inactive";
  set(wanted === true);
  return wanted === true ? "Activated" : "Deactivated";
}
