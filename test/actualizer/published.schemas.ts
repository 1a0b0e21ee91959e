import {
  PrometheusRule,
  ServiceMonitor,
} from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import { Deployment, StatefulSet } from "kubernetes-models/apps/v1";
import { CustomResourceDefinition, JSONSchemaProps } from "kubernetes-models/apiextensions.k8s.io/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import {
  ClusterRole,
  ClusterRoleBinding,
  Role,
  RoleBinding,
} from "kubernetes-models/rbac.authorization.k8s.io/v1";
import { ConfigMap, Namespace, Pod, Secret, Service, ServiceAccount } from "kubernetes-models/v1";

const models = [
  ...[ClusterRole, ClusterRoleBinding, ConfigMap, CustomResourceDefinition, Deployment, Ingress, Namespace],
  ...[NetworkPolicy, PodDisruptionBudget, Role, RoleBinding, Secret, Service, ServiceAccount],
  ...[HorizontalPodAutoscaler, Pod, PrometheusRule, ServiceMonitor, StatefulSet],
];

/** What may hold anything: what is in there is nobody's to know. */
const anything = /\/(?:default|example)$/;
/** A definition's own schema: these of its fields are not in the published one. */
const ofDefinition = "/openAPIV3Schema/";
const unpublished = /\/(?:description|x-kubernetes-[a-z-]+)$/;
/** What may be a schema or something else is not looked at by the published one; here these are schemas. */
const inner = ["items", "additionalProperties"];

/** A value that notes what is read of it; a schema reads every field that it knows. */
function noting(value: unknown, path: string, read: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get: (target, key) => {
      const part: unknown = Reflect.get(target, key);
      if (typeof key === "symbol") return part;
      read.add(`${path}/${key}`);
      return noting(part, `${path}/${key}`, read);
    },
  });
}

function unread(value: unknown, path: string, read: ReadonlySet<string>): readonly string[] {
  if (typeof value !== "object" || value === null || anything.test(path)) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const own = `${path}/${key}`;
    const isOfDefinition = own.includes(ofDefinition);
    if (isOfDefinition && unpublished.test(own)) return [];
    if (isOfDefinition && inner.includes(key)) return checked(JSONSchemaProps, part, own);
    return read.has(own) ? unread(part, own, read) : [`${own} is not known`];
  });
}

function checked(
  { prototype }: { readonly prototype: unknown },
  value: unknown,
  path = "",
): readonly string[] {
  const read = new Set<string>();
  try {
    (prototype as { validate(): void }).validate.call(noting(value, path, read));
  } catch (error) {
    return [`${path} ${(error as Error).message}`];
  }
  return unread(value, path, read);
}

/**
 * What the schemas that Kubernetes publishes have against an object: a field that is missing, or not what it should be,
 * and, as the server has it that checks fields strictly, one that does not exist.
 */
export function problemsOf(object: object): readonly string[] {
  const { apiVersion, kind } = object as { readonly apiVersion?: string; readonly kind?: string };
  const model = models.find((each) => each.apiVersion === apiVersion && each.kind === kind);
  if (!model) return [`there is no schema of ${String(apiVersion)} ${String(kind)}`];
  // As it is sent: what is undefined is not.
  return checked(model, JSON.parse(JSON.stringify(object)));
}
