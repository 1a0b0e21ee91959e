import { parseJson, type Reply, type SandboxRequest } from "../http.ts";
import { fieldsIn, isFields } from "./field.shape.ts";
import type { ClusterObject, Fields, Labels } from "./kubernetes.object.ts";
import type { ObjectStore } from "./object.store.ts";
import { patched } from "./object.patch.ts";
import { deployments, replicaSets, type Resource } from "./resource.kinds.ts";
import { answer, methodNotAllowed } from "./status.error.ts";

/** Whether it can be said of objects how many pods they have. */
export function isScaled(resource: Resource): boolean {
  return ([deployments, replicaSets] as readonly unknown[]).includes(resource);
}

/** Answers how many pods an object is to have, and changes that. */
export function answerScale(
  store: ObjectStore,
  resource: Resource,
  object: ClusterObject,
  { method, headers, body }: SandboxRequest,
): Reply {
  if (method === "GET") return answer(200, scaleOf(object));
  const scale = scaleOf(object) as ClusterObject;
  const given =
    method === "PATCH" ? patched(resource, scale, headers["content-type"], parseJson(body)) : parseJson(body);
  if (!isFields(given) || (method !== "PATCH" && method !== "PUT")) throw methodNotAllowed();
  const replicas = Number(fieldsIn(given["spec"])["replicas"] ?? 0);
  const spec = { ...fieldsIn(object["spec"]), replicas };
  return answer(200, scaleOf(store.update(resource, { ...object, spec })));
}

function scaleOf(object: ClusterObject): Fields {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const spec = fieldsIn(object["spec"]);
  const labels = fieldsIn(fieldsIn(spec["selector"])["matchLabels"]) as Labels;
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: spec["replicas"] === 0 ? {} : { replicas: spec["replicas"] },
    status: { replicas: fieldsIn(object["status"])["replicas"] ?? 0, selector: selector.join(",") },
  };
}
