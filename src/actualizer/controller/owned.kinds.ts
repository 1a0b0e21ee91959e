import type { ApiKind } from "../../services/kubernetes/object.client.ts";
import type { DesiredObject } from "../desired/desired.objects.ts";
import type { ResourceKind } from "../resources/resource.kind.ts";
import { resourceApiVersion } from "../resources/resource.parts.ts";

type OwnedKindName = DesiredObject["kind"];

/** The kinds of objects that resources have, in the API, in the order in which they are made. */
export const ownedKinds: Readonly<Record<OwnedKindName, ApiKind>> = {
  ConfigMap: { apiVersion: "v1", kind: "ConfigMap", plural: "configmaps" },
  Deployment: { apiVersion: "apps/v1", kind: "Deployment", plural: "deployments" },
  Service: { apiVersion: "v1", kind: "Service", plural: "services" },
  Ingress: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", plural: "ingresses" },
};

/** Those that are removed first lead to those that are removed last. */
export const removalOrder: readonly OwnedKindName[] = ["Ingress", "Service", "Deployment", "ConfigMap"];

/** A kind of custom resource in the API. */
export const apiKindOf = ({ kind, plural }: Pick<ResourceKind, "kind" | "plural">): ApiKind => ({
  apiVersion: resourceApiVersion,
  kind,
  plural,
});

/** The address of all objects of a kind in a namespace, in unescaped segments. */
export function collectionPath({ apiVersion, plural }: ApiKind, namespace: string): readonly string[] {
  const api = apiVersion.includes("/") ? ["apis", ...apiVersion.split("/")] : ["api", apiVersion];
  return [...api, "namespaces", namespace, plural];
}
