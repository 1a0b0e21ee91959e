import { parseJson, type Reply, type SandboxRequest } from "../http.ts";
import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import type { KubernetesCluster } from "./kubernetes.cluster.ts";
import { readLog } from "./log.routes.ts";
import { listObjects, type ObjectScope } from "./object.list.ts";
import { patched } from "./object.patch.ts";
import { viewOf } from "./object.view.ts";
import { endingPod } from "./pod.deletion.ts";
import { deployments, pods, type Resource } from "./resource.kinds.ts";
import { answer, methodNotAllowed, notFound, StatusError, unknownResource } from "./status.error.ts";
import type { Pod } from "./workload.objects.ts";

/** What somebody wants of the objects of a kind, or of one of them. */
export interface ObjectRequest extends ObjectScope {
  readonly subresource?: string | undefined;
  readonly request: SandboxRequest;
}

/** What a request does, as access rules call it. */
export function verbOf(method: string, name: string | undefined, query: URLSearchParams): string {
  const isWatch = query.get("watch") === "true" || query.get("watch") === "1";
  if (method === "GET") return isWatch ? "watch" : name === undefined ? "list" : "get";
  if (method === "DELETE") return name === undefined ? "deletecollection" : "delete";
  return { POST: "create", PUT: "update", PATCH: "patch" }[method] ?? method.toLowerCase();
}

/** Answers what is asked of objects: lists, watches and logs, one of them, its change and its end. */
export async function answerObjects(cluster: KubernetesCluster, wanted: ObjectRequest): Promise<Reply> {
  const { resource, name, subresource, request } = wanted;
  const verb = verbOf(request.method, name, request.query);
  if (verb === "watch") return cluster.watches.reply(wanted, request);
  if (verb === "list") return listObjects(cluster.store, wanted, request, cluster.timing.tooLargeMs);
  const object = found(cluster, wanted);
  if (subresource === "log" && verb === "get") return readLog(cluster.logs, object as Pod, request.query);
  if (subresource !== undefined) throw unknownResource();
  const view = viewOf(resource, request.headers.accept);
  if (verb === "get") return answer(200, view.one(object));
  if (verb === "patch") return answer(200, view.one(change(cluster, resource, object, request)));
  if (verb !== "delete") throw methodNotAllowed();
  const { metadata } = object;
  const options = (parseJson(request.body) ?? {}) as Fields;
  check(resource, object, (options["preconditions"] ?? {}) as Fields);
  if (isPods(resource)) {
    const seconds = request.query.get("gracePeriodSeconds") ?? options["gracePeriodSeconds"];
    const wantedSeconds = seconds === undefined ? undefined : Number(seconds);
    return answer(200, view.one(endingPod(cluster.store, object as Pod, wantedSeconds)));
  }
  cluster.store.delete(resource, metadata.namespace, metadata.name);
  const group = resource.group === "" ? {} : { group: resource.group };
  const details = { name: metadata.name, ...group, kind: resource.plural, uid: metadata.uid };
  return answer(200, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details });
}

function found(cluster: KubernetesCluster, { resource, namespace = "", name }: ObjectRequest): ClusterObject {
  if (name === undefined) throw methodNotAllowed();
  const object = cluster.store.get(resource, namespace, name);
  if (object === undefined) throw notFound(resource, name);
  return object;
}

function change(
  cluster: KubernetesCluster,
  resource: Resource,
  object: ClusterObject,
  { headers, body }: SandboxRequest,
): ClusterObject {
  const next = patched(object, headers["content-type"], parseJson(body));
  const isAnother = JSON.stringify(next["spec"]) !== JSON.stringify(object["spec"]);
  if (isAnother && (resource as unknown) !== deployments) {
    const { name } = object.metadata;
    const message = `${resource.kind} "${name}" is invalid: spec: Forbidden: updates may not change it`;
    throw new StatusError(422, message, { reason: "Invalid", details: { name, kind: resource.kind } });
  }
  return cluster.store.update(resource, next);
}

/** Throws when it is another one that is meant. */
function check({ kind }: Resource, { metadata }: ClusterObject, { uid }: Fields): void {
  if (typeof uid !== "string" || uid === metadata.uid) return;
  const { name } = metadata;
  const message =
    `Operation cannot be fulfilled on ${kind} "${name}": the UID in the precondition (${uid}) does not match ` +
    `the UID in record (${metadata.uid}). The object might have been deleted and then recreated`;
  throw new StatusError(409, message, { reason: "Conflict", details: { name, kind } });
}

function isPods(resource: Resource): boolean {
  return (resource as unknown) === pods;
}
