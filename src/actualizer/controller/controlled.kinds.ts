import { configOf } from "../desired/gateway.objects.ts";
import { desiredOf } from "../desired/desired.ts";
import { slsApiObjects } from "../desired/sls-api.objects.ts";
import { hostsOf } from "../names/host.claims.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import { gatewayKind, gatewayShape, type GatewayResource } from "../resources/gateway.resource.ts";
import { isPaused, type CustomResource } from "../resources/resources.ts";
import { workspaceKind, workspaceShape, type WorkspaceResource } from "../resources/workspace.resource.ts";
import type { ActualizerSettings } from "../settings.ts";
import { appliedPlaces } from "./applied.places.ts";
import type { ControlledKind } from "./controlled.kind.ts";
import { workloadConditions } from "./workload.conditions.ts";

/** What follows from other resources than the one that is worked on. */
export interface Surroundings {
  readonly settings: ActualizerSettings;
  /** The hosts that a resource is not given, since they lead elsewhere. */
  readonly withheldFrom: (resource: CustomResource) => ReadonlySet<string>;
  /** Whether its producer is paused. */
  readonly isProducerPaused: (producer: string) => boolean;
  /** Whether functions of a workspace's environment still have to be taken back, which only its sls-api can do. */
  readonly isTakingBack?: (workspace: WorkspaceResource) => boolean;
  /** Whether what is saved for a workspace's project could be read; undefined where nobody has tried yet. */
  readonly sourceSaid?: (resource: WorkspaceResource) => SaidCondition | undefined;
}

function hostCondition(resource: CustomResource, { settings, withheldFrom }: Surroundings): SaidCondition {
  const withheld = withheldFrom(resource);
  const taken = hostsOf(resource, settings).filter((host) => withheld.has(host));
  return taken.length > 0
    ? conditionOf("HostsGranted", "Taken", `(${taken.join(", ")})`)
    : conditionOf("HostsGranted", "Granted");
}

/** Workspaces, with the sls-api of the same environment, which is the last to go. */
export function controlledWorkspaces(around: Surroundings): ControlledKind<WorkspaceResource> {
  const isTakingBack = (resource: WorkspaceResource) => around.isTakingBack?.(resource) ?? false;
  const desired = (resource: WorkspaceResource) => {
    const withheld = around.withheldFrom(resource);
    return !resource.spec.enabled && isTakingBack(resource)
      ? slsApiObjects(resource, around.settings, withheld)
      : desiredOf(resource, around.settings, withheld);
  };
  return {
    names: workspaceKind,
    read: (object) => workspaceShape.parse(object),
    desired,
    neededBy: (resource) => (isTakingBack(resource) ? "(functions are being taken back)" : undefined),
    conditions: (resource, desired, owned) => [
      conditionOf("Disabled", resource.spec.enabled ? "Enabled" : "Disabled"),
      ...[around.sourceSaid?.(resource) ?? []].flat(),
      hostCondition(resource, around),
      ...workloadConditions(desired, owned),
    ],
    status: (_resource, desired) => appliedPlaces(desired),
    isPaused: (resource) => isPaused(resource) || around.isProducerPaused(resource.spec.producer),
  };
}

/** Gateways, which tell which configuration they were given last. */
export function controlledGateways(around: Surroundings): ControlledKind<GatewayResource> {
  return {
    names: gatewayKind,
    read: (object) => gatewayShape.parse(object),
    desired: (resource) => desiredOf(resource, around.settings, around.withheldFrom(resource)),
    conditions: (resource, desired, owned) => [
      hostCondition(resource, around),
      ...workloadConditions(desired, owned),
    ],
    status: (resource, desired) => ({
      config: configOf(resource, around.settings),
      ...appliedPlaces(desired),
    }),
    isPaused: (resource) => isPaused(resource) || around.isProducerPaused(resource.spec.producer),
  };
}
