import { isDeepStrictEqual } from "node:util";
import { LRUCache } from "lru-cache";
import type { Delivery } from "../../live/event.queue.ts";
import type { ClusterWatches, Known } from "./cluster.watches.ts";
import { projectStatus, type Audience, type ProjectStatus } from "./project.status.ts";
import type { StaleReason, WatchState } from "./watch.standing.ts";

/** How a project does, and how far that can be believed. */
export interface ToldStatus {
  readonly status: ProjectStatus;
  /** Since when, and why, it may no longer be so; undefined while it is what is so. */
  readonly stale: { readonly since: Date; readonly reason: StaleReason } | undefined;
}

/** A project that somebody follows. */
export interface FollowedStatus {
  /** How it is now: as long as nothing that is told of it has changed, the same object for all of an audience. */
  readonly read: (audience: Audience) => Delivery<ToldStatus>;
  readonly leave: () => void;
}

/** How all projects do, put together when somebody asks. */
export interface StatusBoard {
  readonly read: (key: string, audience: Audience) => ToldStatus;
  /** Calls back after something of a project has changed, once for all that has changed in a moment. */
  readonly follow: (key: string, onChange: () => void) => FollowedStatus;
}

interface Followed {
  readonly listeners: Set<() => void>;
  readonly read: FollowedStatus["read"];
  /** Something may be told otherwise now. */
  readonly touch: () => void;
  readonly close: () => void;
}

interface Options {
  readonly watches: ClusterWatches;
  readonly onListenerError: (error: unknown) => void;
}

/** How many projects are remembered as they were when they were last asked for, for each audience. */
const rememberedProjects = 1000;

/** Of several watches that cannot be believed, the one that was heard of longest ago. */
function staleness(states: readonly WatchState[], begunAt: Date): ToldStatus["stale"] {
  const stale = states
    .filter((state) => state.phase !== "live")
    .map((state) =>
      "staleSince" in state
        ? { since: state.staleSince, reason: state.reason }
        : { since: begunAt, reason: "UNREACHABLE" as const },
    );
  return stale.sort((one, other) => one.since.getTime() - other.since.getTime())[0];
}

/** What there is of a project; undefined as long as nothing was ever listed. */
const listed = <Item>({ index, watch }: Known<Item>, key: string): readonly Item[] | undefined =>
  watch.lists() > 0 ? index.of(key) : undefined;

/** Puts projects together; one that has not changed since is the same object again. */
function createReading({ pods, deployments, endpoints }: ClusterWatches): StatusBoard["read"] {
  const begunAt = new Date();
  const kinds = [pods, deployments, endpoints];
  const remembered = new LRUCache<string, { readonly from: readonly unknown[]; readonly told: ToldStatus }>({
    max: 2 * rememberedProjects,
  });
  return (key, audience) => {
    const parts = {
      pods: listed(pods, key),
      deployments: listed(deployments, key),
      endpoints: listed(endpoints, key),
    };
    const states = kinds.map(({ watch }) => watch.state());
    // The index hands out the same list, and the watch the same state, until there is another.
    const from = [...Object.values(parts), ...states];
    const before = remembered.get(`${audience} ${key}`);
    if (before?.from.every((each, place) => each === from[place])) return before.told;
    const told = { status: projectStatus(parts, audience), stale: staleness(states, begunAt) };
    remembered.set(`${audience} ${key}`, { from, told });
    return told;
  };
}

/** A board over what is watched: a project costs something when it has changed and is asked for, whoever listens. */
export function createStatusBoard({ watches, onListenerError }: Options): StatusBoard {
  const { pods, deployments, endpoints } = watches;
  const read = createReading(watches);
  const all = new Map<string, Followed>();
  for (const { watch } of [pods, deployments, endpoints]) {
    watch.listen(() => all.forEach(({ touch }) => touch()));
  }

  function tell(listeners: ReadonlySet<() => void>): void {
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        onListenerError(error);
      }
    }
  }

  function open(key: string): Followed {
    const listeners = new Set<() => void>();
    const told = new Map<Audience, { readonly from: ToldStatus; readonly delivery: Delivery<ToldStatus> }>();
    let planned: NodeJS.Immediate | undefined;
    const touch = () => {
      // One moment brings several lines of several watches: whoever listens is told once.
      planned ??= setImmediate(() => {
        planned = undefined;
        tell(listeners);
      });
    };
    const stops = [pods, deployments, endpoints].map(({ index }) => index.listen(key, touch));
    return {
      listeners,
      touch,
      read: (audience) => {
        const from = read(key, audience);
        const before = told.get(audience);
        if (before?.from === from) return before.delivery;
        const isSame = before !== undefined && isDeepStrictEqual(before.delivery.event, from);
        const delivery = isSame ? before.delivery : { event: from, missed: 0 };
        told.set(audience, { from, delivery });
        return delivery;
      },
      close: () => {
        clearImmediate(planned);
        for (const stop of stops) stop();
        all.delete(key);
      },
    };
  }

  return {
    read,
    follow: (key, onChange) => {
      const followed = all.get(key) ?? open(key);
      all.set(key, followed);
      // A function of its own, for somebody may follow twice with one.
      const listener = () => onChange();
      followed.listeners.add(listener);
      return {
        read: followed.read,
        leave: () => {
          followed.listeners.delete(listener);
          if (followed.listeners.size === 0 && all.get(key) === followed) followed.close();
        },
      };
    },
  };
}
