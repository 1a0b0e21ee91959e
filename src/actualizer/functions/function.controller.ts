import type { Log } from "../../log.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import type { CarryOut } from "../../services/functions/deployments/deployment.runner.ts";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import type { ControlledKind } from "../controller/controlled.kind.ts";
import { createController, type Controller } from "../controller/controller.ts";
import type { KnownResources, OwnedObjects } from "../controller/known.objects.ts";
import { resourceName, type Place } from "../names/object.names.ts";
import { functionKind, functionShape, type FunctionResource } from "../resources/function.resource.ts";
import { isPaused } from "../resources/resources.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import { createFunctionCommand } from "./function.commands.ts";
import { usualFunctionPatience, type FunctionPatience } from "./function.patience.ts";
import type { FunctionPlaces } from "./function.places.ts";
import { createFunctionReconciler } from "./function.reconcile.ts";
import { createFunctionTurns } from "./function.turns.ts";
import type { FunctionWorkloads } from "./function.workloads.ts";

interface Parts {
  readonly functions: KnownResources<FunctionResource>;
  readonly workloads: FunctionWorkloads;
  readonly places: FunctionPlaces;
  /** Whose sls-apis the functions are deployed by. */
  readonly workspaces: KnownResources<WorkspaceResource>;
  readonly owned: OwnedObjects;
  readonly carryOut: CarryOut;
  /** The right to a place's functions, which the platform has. */
  readonly grantFor: (place: Place) => FunctionsGrant<"write">;
  readonly isProducerPaused: (producer: string) => boolean;
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly patience?: Partial<FunctionPatience>;
  readonly isDryRun?: boolean;
  readonly log: Log;
  readonly tracing?: Tracing | undefined;
}

const isReady = ({ status }: WorkspaceResource) =>
  status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;

/** Keeps functions deployed or taken back as people want them; made before anything is watched. */
export function createFunctionController(parts: Parts): Controller {
  const { functions, workloads, places, workspaces } = parts;
  const patience = { ...usualFunctionPatience, ...parts.patience };
  const kind: ControlledKind<FunctionResource> = {
    names: functionKind,
    read: (object) => functionShape.parse(object),
    desired: () => [],
    conditions: () => [],
    isPaused: (resource) => isPaused(resource) || parts.isProducerPaused(resource.spec.producer),
  };
  const turns = createFunctionTurns((name) => controller.look(name, "fresh"));
  const reconciler = createFunctionReconciler({
    ...{ kind, functions, workloads, places, patience },
    command: createFunctionCommand({ ...parts, turns }),
    hasSlsApi: ({ spec }) => !workspaces.isKnown() || workspaces.get(resourceName(spec)) !== undefined,
    log: parts.log.child({ controller: functionKind.kind }),
  });
  const needs = [workloads, workspaces];
  const controller = createController({ ...parts, kind, resources: functions, needs, reconciler, patience });

  places.onWorkload((name) => controller.look(name));
  const ready = new Set<string>();
  workspaces.listen((workspace, isGone) => {
    const { name } = workspace.metadata;
    const wasReady = ready.has(name);
    const isNow = !isGone && isReady(workspace);
    if (isNow) ready.add(name);
    else ready.delete(name);
    // What waited for its sls-api, or for its end, need not wait until it would be tried again.
    if ((isNow && !wasReady) || isGone) {
      for (const each of places.of(workspace.spec)) controller.look(each, "fresh");
    }
  });
  return {
    ...controller,
    lead: (term) => {
      reconciler.clear();
      return controller.lead(term);
    },
  };
}
