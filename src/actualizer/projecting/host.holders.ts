import { bySeniority, hostsOf, resourceKey } from "../names/host.claims.ts";
import type { CustomResource } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { ResourceCensus } from "./resource.census.ts";

/** Who is given which host, of all who would have it: as `takenHosts` says, kept up to date by each change alone. */
export interface HostHolders {
  /** The hosts that a resource is not given, since somebody was there before it. */
  readonly withheldFrom: (resource: CustomResource) => ReadonlySet<string>;
}

/** Tells of each resource that may have another host than before because another one came or went. */
export function createHostHolders(
  census: Pick<ResourceCensus, "listen">,
  settings: ActualizerSettings,
  onMoved: (resource: CustomResource) => void,
): HostHolders {
  const claims = new Map<string, Map<string, CustomResource>>();

  const holderOf = (host: string) => [...(claims.get(host)?.values() ?? [])].sort(bySeniority)[0];

  function claim(host: string, key: string, resource: CustomResource | undefined): void {
    const those = claims.get(host) ?? new Map<string, CustomResource>();
    if (resource) those.set(key, resource);
    else those.delete(key);
    if (those.size > 0) claims.set(host, those);
    else claims.delete(host);
  }

  census.listen(({ before, after }) => {
    const changed = before ?? after;
    if (!changed) return;
    const key = resourceKey(changed);
    const hosts = new Set([before, after].flatMap((each) => (each ? hostsOf(each, settings) : [])));
    const claimed = new Set(after ? hostsOf(after, settings) : []);
    const moved = new Map<string, CustomResource>();
    for (const host of hosts) {
      const former = holderOf(host);
      claim(host, key, claimed.has(host) ? after : undefined);
      const holder = holderOf(host);
      if (former && holder && resourceKey(former) !== resourceKey(holder)) {
        for (const each of [former, holder]) moved.set(resourceKey(each), each);
      }
    }
    moved.delete(key);
    for (const each of moved.values()) onMoved(each);
  });

  return {
    withheldFrom: (resource) => {
      const key = resourceKey(resource);
      const isSenior = (other: CustomResource) =>
        resourceKey(other) !== key && bySeniority(other, resource) < 0;
      const isWithheld = (host: string) => [...(claims.get(host)?.values() ?? [])].some(isSenior);
      return new Set(hostsOf(resource, settings).filter(isWithheld));
    },
  };
}
