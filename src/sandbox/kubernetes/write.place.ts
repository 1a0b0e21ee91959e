import { textOf, type ClusterObject, type Fields } from "./kubernetes.object.ts";
import type { KubernetesCluster } from "./kubernetes.cluster.ts";
import type { ObjectRequest } from "./object.routes.ts";
import { badRequest, conflict, notFound } from "./status.error.ts";

/** Throws where there is no such namespace. */
export function checkPlace(cluster: KubernetesCluster, { resource, namespace = "" }: ObjectRequest): void {
  if (resource.isClusterWide || namespace === cluster.namespace) return;
  throw notFound({ group: "", plural: "namespaces" }, namespace);
}

/** Throws where an object says that it is in another namespace. */
export function checkNamespace({ resource, namespace }: ObjectRequest, metadata: Fields): void {
  const own = metadata["namespace"];
  if (resource.isClusterWide || own === undefined || own === namespace) return;
  throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}

/** Throws where an object says that it is called otherwise. */
export function checkName(name: string, metadata: Fields): void {
  const own = metadata["name"] ?? name;
  if (own === name) return;
  throw badRequest(`the name of the object (${textOf(own)}) does not match the name on the URL (${name})`);
}

/** Throws where an object says that it is another of the same name. */
export function checkUid(
  { resource }: ObjectRequest,
  { metadata: { name, uid } }: ClusterObject,
  metadata: Fields,
): void {
  const wanted = metadata["uid"] ?? uid;
  if (wanted === uid) return;
  const problem = `Precondition failed: UID in precondition: ${textOf(wanted)}, UID in object meta: ${uid}`;
  throw conflict(resource, name, problem);
}
