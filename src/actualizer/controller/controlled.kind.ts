import type { Delays } from "../../services/http/delay.ts";
import type { DesiredObject } from "../desired/desired.objects.ts";
import type { SaidCondition } from "../resources/conditions.ts";
import type { ResourceKind } from "../resources/resource.kind.ts";
import { resourceGroup } from "../resources/resource.parts.ts";
import type { CustomResource } from "../resources/resources.ts";
import type { SeenObject } from "./owned.object.ts";

/** A kind of custom resource, with what follows from one of it. */
export interface ControlledKind<Resource extends CustomResource> {
  readonly names: Pick<ResourceKind, "kind" | "plural">;
  /** Reads one; what it throws makes that one unknown. */
  readonly read: (object: unknown) => Resource;
  readonly desired: (resource: Resource) => readonly DesiredObject[];
  /** What is said of it besides what every resource says, given its objects as they were last seen. */
  readonly conditions: (
    resource: Resource,
    desired: readonly DesiredObject[],
    owned: readonly SeenObject[],
  ) => readonly SaidCondition[];
  /** What more its status tells once all its objects are applied. */
  readonly status?: (
    resource: Resource,
    desired: readonly DesiredObject[],
  ) => Readonly<Record<string, unknown>>;
  readonly isPaused: (resource: Resource) => boolean;
  /** What still needs the objects of one that is deleted, in words; undefined where nothing does. */
  readonly neededBy?: (resource: Resource) => string | undefined;
  /** Cleans up what is not on the cluster, before one that is deleted may go; done again until it does not throw. */
  readonly clean?: (resource: Resource, signal: AbortSignal) => Promise<void>;
}

/** How long a controller waits for what. */
export interface ControllerPatience extends Delays {
  /** How many resources are worked on side by side. */
  readonly concurrency: number;
  /** How often a resource is looked at when nothing happens. */
  readonly lookMs: number;
  /** How soon it is looked at again when something has to go first. */
  readonly waitMs: number;
  /** How often what somebody else keeps changing is changed back. */
  readonly disputeMs: number;
  /** How long to wait at most after the cluster did not answer, which is nothing that the resource has done. */
  readonly outageMs: number;
  /** How long what runs may go on when everything ends. */
  readonly drainMs: number;
}

/** What fits some thousand resources. */
export const usualControllerPatience: ControllerPatience = {
  concurrency: 8,
  lookMs: 600_000,
  waitMs: 5_000,
  disputeMs: 60_000,
  outageMs: 30_000,
  drainMs: 10_000,
  firstDelayMs: 500,
  longestDelayMs: 300_000,
};

/** Under which name the actualizer sets fields. */
export const fieldManager = "sett-actualizer";

/** What keeps a deleted resource until its objects are gone. */
export const finalizer = `${resourceGroup}/actualizer`;
