import { randomSuffix } from "./cluster.names.ts";
import { parseJson, type Reply } from "../http.ts";
import { textOf, type ClusterObject, type Fields, type Metadata } from "./kubernetes.object.ts";
import type { KubernetesCluster } from "./kubernetes.cluster.ts";
import { sentMetadata } from "./object.admission.ts";
import { sentObject, withoutUnknown } from "./object.body.ts";
import { patched } from "./object.patch.ts";
import type { ObjectRequest } from "./object.routes.ts";
import { leases } from "./stored.kinds.ts";
import { invalid, invalidValue, methodNotAllowed, modifiedMeanwhile, requiredValue } from "./status.error.ts";
import { added, changed, writerOf } from "./write.outcome.ts";
import { checkName, checkNamespace, checkPlace, checkUid } from "./write.place.ts";

/** Makes an object. */
export function createObject(cluster: KubernetesCluster, wanted: ObjectRequest): Reply {
  const { resource, request } = wanted;
  if (resource.isClusterWide !== (wanted.namespace === undefined)) throw methodNotAllowed();
  const { sent, headers } = withoutUnknown(resource, sentObject(resource, request), request.query);
  const metadata = sent["metadata"] as Fields;
  checkNamespace(wanted, metadata);
  checkPlace(cluster, wanted);
  const { generateName } = metadata as Partial<Metadata>;
  const generated = generateName === undefined ? {} : { generateName };
  const made = generateName === undefined ? "" : generateName + randomSuffix();
  const name = textOf(metadata["name"]) || made;
  if (name === "")
    throw invalid(resource, "", [requiredValue("metadata.name", "name or generateName is required")]);
  const object = { ...sent, metadata: { name, ...generated, ...sentMetadata(metadata) } };
  return added(cluster, wanted, object, { writer: writerOf(wanted, "Update"), headers });
}

/** Puts another object in the place of one. */
export function replaceObject(
  cluster: KubernetesCluster,
  wanted: ObjectRequest,
  before: ClusterObject,
): Reply {
  const { resource, request } = wanted;
  const { sent, headers } = withoutUnknown(resource, sentObject(resource, request), request.query);
  const metadata = sent["metadata"] as Fields;
  const { name } = before.metadata;
  checkNamespace(wanted, metadata);
  checkName(name, metadata);
  const isLocked = resource.isCustom || resource.isClusterWide || resource === leases;
  const version = metadata["resourceVersion"] ?? "";
  if (version === "" && isLocked) {
    throw invalid(resource, name, [
      invalidValue("metadata.resourceVersion", 0, "must be specified for an update"),
    ]);
  }
  if (version !== "" && version !== before.metadata.resourceVersion) throw modifiedMeanwhile(resource, name);
  checkUid(wanted, before, metadata);
  return changed(cluster, wanted, before, sent, headers);
}

/** Changes an object by a patch. */
export function patchObject(cluster: KubernetesCluster, wanted: ObjectRequest, before: ClusterObject): Reply {
  const { resource, request } = wanted;
  const next = patched(resource, before, request.headers["content-type"], parseJson(request.body));
  const { sent, headers } = withoutUnknown(resource, next, request.query);
  return changed(cluster, wanted, before, sent, headers);
}
