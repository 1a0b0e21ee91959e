import { applyObject } from "./apply.routes.ts";
import { parseJson, type Reply, type SandboxRequest } from "../http.ts";
import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import type { KubernetesCluster } from "./kubernetes.cluster.ts";
import { readLog } from "./log.routes.ts";
import { checkPreconditions, deleteObject, deletionOptions } from "./object.deletion.ts";
import { listObjects, selectorOf, type ObjectScope } from "./object.list.ts";
import { answerScale, isScaled } from "./object.scale.ts";
import { viewOf } from "./object.view.ts";
import { createObject, patchObject, replaceObject } from "./object.writes.ts";
import { pods } from "./resource.kinds.ts";
import { answer, methodNotAllowed, notFound, unknownResource } from "./status.error.ts";
import type { Pod } from "./workload.objects.ts";

/** What somebody wants of the objects of a kind, or of one of them. */
export interface ObjectRequest extends ObjectScope {
  readonly subresource?: string | undefined;
  readonly request: SandboxRequest;
  /** Throws when he may not make such an object: what is applied may have to be made. */
  checkCreate(): void;
}

/** What a request does, as access rules call it. */
export function verbOf(method: string, name: string | undefined, query: URLSearchParams): string {
  const isWatch = query.get("watch") === "true" || query.get("watch") === "1";
  if (method === "GET") return isWatch ? "watch" : name === undefined ? "list" : "get";
  if (method === "DELETE") return name === undefined ? "deletecollection" : "delete";
  return { POST: "create", PUT: "update", PATCH: "patch" }[method] ?? method.toLowerCase();
}

/** Answers what is asked of objects: lists, watches and logs, one of them, its making, its change and its end. */
export async function answerObjects(cluster: KubernetesCluster, wanted: ObjectRequest): Promise<Reply> {
  const { resource, namespace = "", name, subresource, request } = wanted;
  const verb = verbOf(request.method, name, request.query);
  if (verb === "watch") return cluster.watches.reply(wanted, request);
  if (verb === "list") return listObjects(cluster.store, wanted, request, cluster.timing.tooLargeMs);
  if (verb === "create" && name === undefined) return createObject(cluster, wanted);
  if (verb === "deletecollection") return deleteAll(cluster, wanted);
  if (name === undefined) throw methodNotAllowed();
  const object = cluster.store.get(resource, namespace, name);
  const isStatus = subresource === "status" && resource.hasStatus;
  if (verb === "patch" && (subresource === undefined || isStatus) && isApplied(request)) {
    return applyObject(cluster, wanted, object);
  }
  if (object === undefined) throw notFound(resource, name);
  if (subresource === "log" && verb === "get" && isPod(wanted)) {
    return readLog(cluster.logs, object as Pod, request.query);
  }
  if (subresource === "scale" && isScaled(resource)) {
    return answerScale(cluster.store, resource, object, request);
  }
  if (subresource !== undefined && !isStatus) throw unknownResource();
  const view = viewOf(resource, request.headers.accept);
  if (verb === "get") return answer(200, view.one(object));
  if (verb === "patch") return patchObject(cluster, wanted, object);
  if (verb === "update") return replaceObject(cluster, wanted, object);
  if (verb !== "delete" || isStatus) throw methodNotAllowed();
  return deleteOne(cluster, wanted, object);
}

function deleteOne(cluster: KubernetesCluster, wanted: ObjectRequest, object: ClusterObject): Reply {
  const { resource, request } = wanted;
  const view = viewOf(resource, request.headers.accept);
  const options = (parseJson(request.body) ?? {}) as Fields;
  checkPreconditions(resource, object, options);
  const isDry =
    request.query.get("dryRun") === "All" || (options["dryRun"] as string[] | undefined)?.includes("All");
  if (isDry === true) return answer(200, view.one(object));
  const how = deletionOptions(options, request.query);
  const { object: last, isGone } = deleteObject(cluster.store, resource, object, how);
  if (!isGone) return answer(200, view.one(last));
  const { name, uid } = object.metadata;
  const group = resource.group === "" ? {} : { group: resource.group };
  const details = { name, ...group, kind: resource.plural, uid };
  return answer(200, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details });
}

function deleteAll(cluster: KubernetesCluster, wanted: ObjectRequest): Reply {
  const { resource, request } = wanted;
  const options = deletionOptions((parseJson(request.body) ?? {}) as Fields, request.query);
  const selected = cluster.store.list(resource).filter(selectorOf(wanted, request.query));
  for (const object of selected) deleteObject(cluster.store, resource, object, options);
  const metadata = { resourceVersion: String(cluster.store.version) };
  return answer(200, viewOf(resource, request.headers.accept).list(selected, metadata));
}

function isApplied({ headers }: SandboxRequest): boolean {
  return headers["content-type"]?.split(";")[0]?.trim() === "application/apply-patch+yaml";
}

function isPod({ resource }: ObjectRequest): boolean {
  return (resource as unknown) === pods;
}
