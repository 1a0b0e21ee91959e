import type { Reply, SandboxRequest } from "../http.ts";
import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import type { ObjectStore } from "./object.store.ts";
import { fieldSelector, labelSelector, type Selector } from "./object.selector.ts";
import { viewOf } from "./object.view.ts";
import type { Resource } from "./resource.kinds.ts";
import { answer, badRequest, expired, StatusError } from "./status.error.ts";

/** Which objects are asked for. */
export interface ObjectScope {
  readonly resource: Resource;
  /** All of them where there is none. */
  readonly namespace: string | undefined;
  readonly name?: string | undefined;
}

interface Page {
  readonly version: number;
  /** The key after which the page begins. */
  readonly start: string;
}

/** What a request selects. */
export function selectorOf({ resource, namespace, name }: ObjectScope, query: URLSearchParams): Selector {
  const byLabels = labelSelector(query.get("labelSelector") ?? "");
  const byFields = fieldSelector(resource, query.get("fieldSelector") ?? "");
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    byLabels(object) &&
    byFields(object);
}

/** Answers a list, or a page of it; `tooLargeMs` is how long it waits for a version that has not come. */
export async function listObjects(
  store: ObjectStore,
  scope: ObjectScope,
  { query, headers }: Pick<SandboxRequest, "query" | "headers">,
  tooLargeMs: number,
): Promise<Reply> {
  const view = viewOf(scope.resource, headers.accept);
  const selects = selectorOf(scope, query);
  const token = query.get("continue") ?? "";
  const page = token === "" ? await firstPage(store, query, tooLargeMs) : continued(store, token);
  const objects = store.list(scope.resource, page.version).filter(selects);
  const rest = objects.filter((object) => keyIn(scope, object) >= page.start);
  const limit = Number(query.get("limit") ?? 0);
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const last = items.at(-1);
  const isPart = last !== undefined && items.length < rest.length;
  const isSelected = query.has("labelSelector") || query.has("fieldSelector");
  const metadata: Fields = {
    resourceVersion: String(page.version),
    ...(isPart ? { continue: tokenOf({ version: page.version, start: `/${keyIn(scope, last)}\0` }) } : {}),
    // How many are left is not counted where something is selected.
    ...(isPart && !isSelected ? { remainingItemCount: rest.length - items.length } : {}),
  };
  return answer(200, view.list(items, metadata));
}

/** The version in a query, 0 where there is none. */
export function versionIn(query: URLSearchParams): number {
  const text = query.get("resourceVersion") ?? "";
  if (text === "" || /^\d+$/.test(text)) return Number(text);
  const problem = `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`;
  throw new StatusError(500, problem);
}

async function firstPage(store: ObjectStore, query: URLSearchParams, tooLargeMs: number): Promise<Page> {
  const version = versionIn(query);
  if (version > store.version) {
    await new Promise<void>((done) => void setTimeout(done, tooLargeMs).unref());
    if (version > store.version) throw tooLarge(version, store.version);
  }
  const isExact = query.get("resourceVersionMatch") === "Exact";
  if (isExact && version < store.floors.list) {
    throw expired("The resourceVersion for the provided list is too old.");
  }
  return { version: isExact ? version : store.version, start: "" };
}

function continued(store: ObjectStore, token: string): Page {
  const { version, start } = pageOf(token);
  if (version < 0) return { version: store.version, start };
  if (version >= store.floors.list) return { version, start };
  const message =
    "The provided continue parameter is too old to display a consistent list result. You can start a new list " +
    "without the continue parameter, or use the continue token in this response to retrieve the remainder of the " +
    "results. Continuing with the provided token results in an inconsistent list - objects that were created, " +
    "modified, or deleted between the time the first chunk was returned and now may show up in the list.";
  throw expired(message, { continue: tokenOf({ version: -1, start }) });
}

function tokenOf({ version, start }: Page): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: version, start })).toString("base64url");
}

function pageOf(token: string): Page {
  try {
    const { rv, start } = JSON.parse(Buffer.from(token, "base64url").toString()) as {
      rv: number;
      start: string;
    };
    return { version: rv, start: start.replace(/^\//, "") };
  } catch {
    throw badRequest("continue key is not valid: invalid character");
  }
}

function keyIn({ namespace }: ObjectScope, { metadata }: ClusterObject): string {
  return namespace === undefined ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}

function tooLarge(wanted: number, current: number): StatusError {
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
  const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  const details = { causes, retryAfterSeconds: 1 };
  return new StatusError(504, message, { reason: "Timeout", details, headers: { "Retry-After": "1" } });
}
