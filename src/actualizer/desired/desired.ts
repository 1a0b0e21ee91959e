import type { CustomResource } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { DesiredObject } from "./desired.objects.ts";
import { objectsOfGateway } from "./gateway.objects.ts";
import { slsApiObjects } from "./sls-api.objects.ts";
import { workspaceObjects } from "./workspace.objects.ts";

const nothing: ReadonlySet<string> = new Set();

/**
 * The objects that a resource is to have on the cluster, in the order in which they are needed, without the hosts that
 * are withheld from it because they lead elsewhere; a workspace that is disabled has none. A producer has none itself, and functions are deployed by sls-api.
 */
export function desiredOf(
  resource: CustomResource,
  settings: ActualizerSettings,
  withheld = nothing,
): readonly DesiredObject[] {
  switch (resource.kind) {
    case "Workspace":
      if (!resource.spec.enabled) return [];
      return [
        ...workspaceObjects(resource, settings, withheld),
        ...slsApiObjects(resource, settings, withheld),
      ];
    case "Gateway":
      return objectsOfGateway(resource, settings, withheld);
    case "Producer":
    case "Function":
      return [];
  }
}
