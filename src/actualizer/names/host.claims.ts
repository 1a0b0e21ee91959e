import type { CustomResource } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";
import { gatewayHosts, workspaceHosts } from "./host.names.ts";

/** Tells resources of all kinds apart. */
export const resourceKey = ({ kind, metadata }: Pick<CustomResource, "kind" | "metadata">) =>
  `${kind}/${metadata.name}`;

/** The hosts that would lead to a resource. */
export function hostsOf(resource: CustomResource, settings: ActualizerSettings): readonly string[] {
  const { kind, spec } = resource;
  if (kind === "Workspace") return spec.enabled ? Object.values(workspaceHosts(spec, settings)) : [];
  if (kind === "Gateway") return Object.values(gatewayHosts(spec, spec.instance, settings));
  return [];
}

/** Those that are there already go before those that are not, and older ones before newer ones. */
export function bySeniority(one: CustomResource, other: CustomResource): number {
  const age = ({ metadata }: CustomResource) => metadata.creationTimestamp ?? "9999";
  if (age(one) !== age(other)) return age(one) < age(other) ? -1 : 1;
  return resourceKey(one) < resourceKey(other) ? -1 : 1;
}

/**
 * The hosts that resources are not given, by their keys, because they lead elsewhere already. A host is made of names
 * that have dashes with dashes between them, so two producers can come to the same one: `a` with a gateway `b`, and a
 * producer `b-a`. Whoever was there first keeps it.
 */
export function takenHosts(
  resources: readonly CustomResource[],
  settings: ActualizerSettings,
): ReadonlyMap<string, ReadonlySet<string>> {
  const holders = new Map<string, string>();
  const taken = new Map<string, ReadonlySet<string>>();
  for (const resource of [...resources].sort(bySeniority)) {
    const key = resourceKey(resource);
    const hosts = hostsOf(resource, settings);
    const refused = hosts.filter((host) => (holders.get(host) ?? key) !== key);
    for (const host of hosts) if (!holders.has(host)) holders.set(host, key);
    if (refused.length > 0) taken.set(key, new Set(refused));
  }
  return taken;
}
