import { z } from "zod";
import type { ApiKind, ClusterObject } from "../../services/kubernetes/object.client.ts";

/** What replicas agree by on who of them works. */
export const leaseKind: ApiKind = {
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  plural: "leases",
};

const specShape = z
  .object({
    holderIdentity: z.string().nullish(),
    leaseDurationSeconds: z.number().nullish(),
    acquireTime: z.string().nullish(),
    renewTime: z.string().nullish(),
    leaseTransitions: z.number().nullish(),
  })
  .nullish();

/** A lease as it was found. */
export interface LeaseRecord {
  readonly version: string;
  /** Undefined where it was given back. */
  readonly holder: string | undefined;
  /** For how long its holder has said that it holds it. */
  readonly durationMs: number;
  readonly acquireTime: string | undefined;
  readonly transitions: number;
  /** The same as long as nobody has written anything of this into it. */
  readonly mark: string;
}

/** Reads a lease; one that makes no sense is held by nobody known, for no time. */
export function readLease(lease: ClusterObject): LeaseRecord {
  const { data: spec } = specShape.safeParse(lease["spec"]);
  return {
    version: lease.metadata.resourceVersion,
    holder: spec?.holderIdentity || undefined,
    durationMs: (spec?.leaseDurationSeconds ?? 0) * 1000,
    acquireTime: spec?.acquireTime ?? undefined,
    transitions: spec?.leaseTransitions ?? 0,
    mark: JSON.stringify(spec ?? {}),
  };
}

/** Leases count in microseconds. */
const now = () => new Date().toISOString().replace("Z", "000Z");

/** What somebody writes who takes a lease, or goes on holding it. */
export function heldLease(identity: string, leaseMs: number, before: LeaseRecord | undefined) {
  const isHeldOn = before?.holder === identity;
  const renewTime = now();
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.ceil(leaseMs / 1000),
    acquireTime: (isHeldOn ? before.acquireTime : undefined) ?? renewTime,
    renewTime,
    leaseTransitions: before === undefined ? 0 : before.transitions + (isHeldOn ? 0 : 1),
  };
}

/** A new lease. */
export const leaseOf = (
  name: string,
  spec: ReturnType<typeof heldLease>,
  annotations: Readonly<Record<string, string>>,
) => ({ metadata: { name, annotations }, spec });

/** What somebody writes who gives a lease back, so that nobody has to wait for it. */
export const releasedLease = () => ({ holderIdentity: null, leaseDurationSeconds: 1, renewTime: now() });
