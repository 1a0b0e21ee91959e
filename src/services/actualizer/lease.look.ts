import { z } from "zod";
import type { ClusterObject } from "../kubernetes/object.client.ts";
import { actualizerLease } from "./resource.names.ts";

/** How much work a controller of the actualizer has. */
export interface QueueCounts {
  readonly controller: string;
  readonly waiting: number;
  readonly running: number;
  readonly delayed: number;
  readonly oldestMs: number | undefined;
}

/** The last time that the actualizer has looked at everybody. */
export interface LastPass {
  readonly at: Date;
  readonly ok: boolean;
  readonly producers: number;
}

const leaseShape = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish() }),
  spec: z
    .looseObject({ holderIdentity: z.string().nullish(), leaseDurationSeconds: z.number().nullish() })
    .nullish(),
});

const count = z.number().catch(0);
const toldShape = z.object({
  version: z.string().optional().catch(undefined),
  queue: z
    .record(
      z.string(),
      z.object({
        waiting: count,
        running: count,
        delayed: count,
        oldestMs: z.number().optional().catch(undefined),
      }),
    )
    .catch({}),
  lastPass: z
    .object({ at: z.iso.datetime({ offset: true }), ok: z.boolean(), producers: count })
    .optional()
    .catch(undefined),
});

type Told = z.output<typeof toldShape>;

function readTold(text: string | undefined): Told | undefined {
  try {
    return toldShape.parse(JSON.parse(text ?? ""));
  } catch {
    return undefined;
  }
}

/** A lease as it was looked at, and since when it is so. */
export interface LeaseLook {
  readonly mark: string;
  readonly holder: string | undefined;
  readonly durationMs: number;
  readonly told: Told | undefined;
  /** When it was first seen like this. */
  readonly sinceMs: number;
  /** When a change of it was last seen: it is renewed. */
  readonly renewedAt: Date | undefined;
}

/** Reads a lease, given how it was when it was looked at before. */
export function readLook(lease: ClusterObject, before: LeaseLook | undefined, nowMs: number): LeaseLook {
  const { metadata, spec } = leaseShape.parse(lease);
  const mark = JSON.stringify(spec ?? {});
  const isSame = before?.mark === mark;
  const renewed = before === undefined ? undefined : new Date();
  return {
    mark,
    holder: spec?.holderIdentity || undefined,
    durationMs: (spec?.leaseDurationSeconds ?? 0) * 1000,
    told: readTold(metadata.annotations?.[actualizerLease.annotation]),
    sinceMs: isSame ? before.sinceMs : nowMs,
    renewedAt: isSame ? before.renewedAt : renewed,
  };
}

/** Whether who holds it is alive: times in a lease are of another clock, so only what changes here counts. */
export function isAlive({ holder, renewedAt, sinceMs, durationMs }: LeaseLook): boolean | undefined {
  if (holder === undefined) return false;
  if (performance.now() - sinceMs > durationMs) return false;
  return renewedAt === undefined ? undefined : true;
}
