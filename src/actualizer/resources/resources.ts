import { functionKind, type FunctionResource } from "./function.resource.ts";
import { gatewayKind, type GatewayResource } from "./gateway.resource.ts";
import { producerKind, type ProducerResource } from "./producer.resource.ts";
import { resourceAnnotations } from "./resource.parts.ts";
import type { ResourceKind } from "./resource.kind.ts";
import { workspaceKind, type WorkspaceResource } from "./workspace.resource.ts";

/** All kinds of custom resources. */
export const resourceKinds: readonly ResourceKind[] = [
  producerKind,
  workspaceKind,
  gatewayKind,
  functionKind,
];

/** A resource of any kind; one that is only wanted has no uid yet. */
export type CustomResource = ProducerResource | WorkspaceResource | GatewayResource | FunctionResource;

/** Whether somebody has asked for a resource to be left alone. */
export function isPaused(resource: CustomResource): boolean {
  const isSaid = resource.kind === "Producer" && resource.spec.paused === true;
  return isSaid || resource.metadata.annotations?.[resourceAnnotations.paused] === "true";
}

/** What an object says of whom it belongs to. */
export interface ObjectOwner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: true;
  readonly blockOwnerDeletion: true;
}

/** What an object says that belongs to a resource; nothing while the resource is not on the cluster. */
export function ownerOf({ apiVersion, kind, metadata }: CustomResource): readonly ObjectOwner[] {
  const { name, uid } = metadata;
  if (uid === undefined) return [];
  return [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
}
