import type { Reply } from "../http.ts";
import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import type { KubernetesCluster } from "./kubernetes.cluster.ts";
import { managersOf } from "./managed.fields.ts";
import { sentMetadata } from "./object.admission.ts";
import { apply } from "./object.apply.ts";
import { checkApplied, sentObject } from "./object.body.ts";
import type { ObjectRequest } from "./object.routes.ts";
import { badRequest, invalid, modifiedMeanwhile, notFound, requiredValue } from "./status.error.ts";
import { added, changed, writerOf } from "./write.outcome.ts";
import { checkName, checkNamespace, checkPlace, checkUid } from "./write.place.ts";

/** Lays what somebody wants over an object, or makes it. */
export function applyObject(
  cluster: KubernetesCluster,
  wanted: ObjectRequest,
  before: ClusterObject | undefined,
): Reply {
  const { resource, namespace = "", name = "", subresource, request, checkCreate } = wanted;
  const manager = request.query.get("fieldManager") ?? "";
  if (manager === "") {
    const cause = requiredValue("fieldManager", "is required for apply patch");
    throw invalid({ group: "meta.k8s.io", kind: "PatchOptions" }, "", [cause]);
  }
  const sent = sentObject(resource, request);
  const metadata = sent["metadata"] as Fields;
  checkNamespace(wanted, metadata);
  checkName(name, metadata);
  checkApplied(resource, sent, [namespace, name].filter(Boolean).join("/"));
  if (metadata["managedFields"] !== undefined) throw badRequest("metadata.managedFields must be nil");
  const version = metadata["resourceVersion"];
  if (before !== undefined && version !== undefined && version !== before.metadata.resourceVersion) {
    throw modifiedMeanwhile(resource, name);
  }
  if (before === undefined && subresource !== undefined) throw notFound(resource, name);
  if (before === undefined) checkCreate();
  else checkUid(wanted, before, metadata);
  const applier = { ...writerOf(wanted, "Apply"), manager, isForced: request.query.get("force") === "true" };
  const { object, managedFields } = apply(resource, before ?? {}, managersOf(before), sent, applier);
  if (before !== undefined) return changed(cluster, wanted, before, object, {}, managedFields);
  checkPlace(cluster, wanted);
  const made = { ...object, metadata: { name, ...sentMetadata((object["metadata"] ?? {}) as Fields) } };
  return added(cluster, wanted, made, { managedFields });
}
