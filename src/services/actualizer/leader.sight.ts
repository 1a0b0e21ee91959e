import { setTimeout as wait } from "node:timers/promises";
import type { ApiKind, ObjectClient } from "../kubernetes/object.client.ts";
import { isAlive, readLook, type LastPass, type LeaseLook, type QueueCounts } from "./lease.look.ts";
import { actualizerLease } from "./resource.names.ts";

/** The actualizer, by the lease that its leader holds. */
export interface SeenLeader {
  /** Undefined where nobody leads. */
  readonly leader: string | undefined;
  /** Whether the lease is renewed in time; undefined as long as that cannot be told. */
  readonly isAlive: boolean | undefined;
  /** When it was last seen to be renewed. */
  readonly lastSeen: Date | undefined;
  readonly version: string | undefined;
  readonly queues: readonly QueueCounts[];
  readonly lastPass: LastPass | undefined;
}

/** Looks at who leads. */
export interface LeaderSight {
  readonly look: () => Promise<SeenLeader>;
  readonly close: () => void;
}

/** How long what takes. */
export interface SightPatience {
  /** How often the lease is looked at while somebody wants to know. */
  readonly everyMs: number;
  /** How long after somebody has asked it is still looked at. */
  readonly keepMs: number;
  /** How long one who asks waits to be told whether it is renewed. */
  readonly mostMs: number;
}

const usual: SightPatience = { everyMs: 500, keepMs: 60_000, mostMs: 4_000 };

const leases: ApiKind = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", plural: "leases" };

function toSeen(look: LeaseLook | undefined): SeenLeader {
  const { told } = look ?? {};
  return {
    leader: look?.holder,
    isAlive: look ? isAlive(look) : false,
    lastSeen: look?.renewedAt,
    version: told?.version,
    queues: Object.entries(told?.queue ?? {}).map(([controller, counts]) => ({
      controller,
      ...counts,
      oldestMs: counts.oldestMs,
    })),
    lastPass: told?.lastPass && { ...told.lastPass, at: new Date(told.lastPass.at) },
  };
}

/** Looks at the lease for as long as somebody wants to know of it, and a little longer. */
export function createLeaderSight(
  client: Pick<ObjectClient, "get">,
  patience: Partial<SightPatience> = {},
): LeaderSight {
  const { everyMs, keepMs, mostMs } = { ...usual, ...patience };
  const closing = new AbortController();
  const { signal } = closing;
  let look: LeaseLook | undefined;
  let askedAtMs = -Infinity;
  let isLooking = false;

  async function once(): Promise<void> {
    const found = await client.get(leases, actualizerLease.name);
    look = found && readLook(found, look, performance.now());
  }

  const pause = () => wait(everyMs, undefined, { signal, ref: false }).catch(() => undefined);

  async function goOn(): Promise<void> {
    isLooking = true;
    while (!signal.aborted && performance.now() - askedAtMs < keepMs) {
      await pause();
      // What cannot be looked at is not renewed as far as is known here; who asks is told of the outage.
      await once().catch(() => undefined);
    }
    isLooking = false;
    // Whether it was renewed meanwhile is not known when somebody asks anew.
    look = undefined;
  }

  return {
    look: async () => {
      askedAtMs = performance.now();
      await once();
      if (!isLooking) void goOn();
      const untilMs = askedAtMs + mostMs;
      while (look && isAlive(look) === undefined && performance.now() < untilMs && !signal.aborted) {
        await pause();
      }
      return toSeen(look);
    },
    close: () => closing.abort(),
  };
}
