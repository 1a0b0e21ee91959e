import type { CustomKind } from "./resource.names.ts";

/** One thing that is said of a resource. */
export interface SaidOf {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  readonly since: string;
}

/** What is kept of a custom resource: not what a gateway is configured with, nor what else nobody asks for here. */
export interface ResourceRecord {
  readonly kind: CustomKind;
  /** The name of the resource itself. */
  readonly object: string;
  readonly producer: string;
  /** Empty for what is a whole producer's. */
  readonly env: string;
  /** What people call it. */
  readonly name: string;
  /** The id of a gateway on the canvas. */
  readonly entityId: string | undefined;
  /** What a gateway is called in names of objects. */
  readonly instance: string | undefined;
  readonly isEnabled: boolean;
  /** Whether somebody wants a function to run; undefined where nobody has said. */
  readonly isWanted: boolean | undefined;
  /** Which state of it is to run, where that is said. */
  readonly revision: string | undefined;
  /** Which state of a function is saved. */
  readonly saved: string | undefined;
  readonly generation: number;
  /** The generation that was worked on last; 0 where none was. */
  readonly observed: number;
  /** Which state of it was deployed last. */
  readonly applied: string | undefined;
  /** Which state of a function was saved then. */
  readonly appliedSource: string | undefined;
  /** The hash of the configuration that a gateway was given last. */
  readonly configuration: string | undefined;
  readonly hosts: readonly string[];
  readonly images: readonly string[];
  readonly conditions: readonly SaidOf[];
  /** Which wish for a function was carried out last, or is being, and what came of it. */
  readonly answered: string | undefined;
  readonly isPaused: boolean;
  readonly isLeaving: boolean;
}

/** The place of a resource among others of its project. */
const order: Readonly<Record<CustomKind, number>> = { PRODUCER: 0, WORKSPACE: 1, GATEWAY: 2, FUNCTION: 3 };

/** Workspace, gateways, functions; those of a kind by name. */
export function byPlace(one: ResourceRecord, other: ResourceRecord): number {
  const byName = one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
  return order[one.kind] - order[other.kind] || byName || (one.object < other.object ? -1 : 1);
}
