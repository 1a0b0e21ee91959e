import { isDeepStrictEqual } from "node:util";
import { LRUCache } from "lru-cache";
import type { Delivery } from "../../live/event.queue.ts";
import type { ObjectIndex } from "./object.index.ts";
import type { Audience } from "./project.status.ts";
import type { StaleReason, WatchState } from "./watch.standing.ts";
import type { Watch } from "./watch.engine.ts";

/** Since when, and why, what is told may no longer be so; undefined while it is what is so. */
export type Staleness = { readonly since: Date; readonly reason: StaleReason } | undefined;

/** A project that somebody follows. */
export interface Followed<Told> {
  /** How it is now: as long as nothing that is told of it has changed, the same object for all of an audience. */
  readonly read: (audience: Audience) => Delivery<Told>;
  readonly leave: () => void;
}

/** What is told of all projects, put together when somebody asks. */
export interface ProjectBoard<Told> {
  readonly read: (key: string, audience: Audience) => Told;
  /** Calls back after something of a project has changed, once for all that has changed in a moment. */
  readonly follow: (key: string, onChange: () => void) => Followed<Told>;
}

/** One kind of object as far as it is looked at here. */
interface Seen<Item> {
  readonly index: Pick<ObjectIndex<Item>, "of" | "listen">;
  readonly watch: Pick<Watch, "state" | "listen" | "lists">;
}

/** One kind of object that something is told of, and in which of its groups what concerns a project is. */
export interface BoardSource {
  readonly known: Seen<unknown>;
  readonly groupOf?: (key: string) => string;
}

/** What an audience is told, and was told lately: who slept through a change and its undoing is told nothing twice. */
interface ToldLately<Told> {
  readonly from: Told;
  readonly delivery: Delivery<Told>;
  readonly lately: readonly Delivery<Told>[];
}

interface Listeners<Told> {
  readonly all: Set<() => void>;
  readonly read: Followed<Told>["read"];
  /** Something may be told otherwise now. */
  readonly touch: () => void;
  readonly close: () => void;
}

interface Options<Told> {
  readonly sources: readonly BoardSource[];
  /** What an audience is told of a project: made of what is in the sources, and of nothing else. */
  readonly compose: (key: string, audience: Audience) => Told;
  readonly onListenerError: (error: unknown) => void;
}

/** How many projects are remembered as they were when they were last asked for, for each audience. */
const rememberedProjects = 1000;

/** How many of the ways a project was lately are known again when it is so again. */
const rememberedStates = 4;

/** Of several watches that cannot be believed, the one that was heard of longest ago. */
export function staleness(states: readonly WatchState[], begunAt: Date): Staleness {
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
export const listed = <Item>({ index, watch }: Seen<Item>, key: string): readonly Item[] | undefined =>
  watch.lists() > 0 ? index.of(key) : undefined;

/** Puts projects together; one that has not changed since is the same object again. */
function createReading<Told extends object>({ sources, compose }: Options<Told>): ProjectBoard<Told>["read"] {
  const remembered = new LRUCache<string, { readonly from: readonly unknown[]; readonly told: Told }>({
    max: 2 * rememberedProjects,
  });
  return (key, audience) => {
    // The index hands out the same list, and the watch the same state, until there is another.
    const from = sources.flatMap(({ known, groupOf }) => [
      listed(known, groupOf?.(key) ?? key),
      known.watch.state(),
    ]);
    const before = remembered.get(`${audience} ${key}`);
    if (before?.from.every((each, place) => each === from[place])) return before.told;
    const told = compose(key, audience);
    remembered.set(`${audience} ${key}`, { from, told });
    return told;
  };
}

/** A board over what is watched: a project costs something when it has changed and is asked for, whoever listens. */
export function createProjectBoard<Told extends object>(options: Options<Told>): ProjectBoard<Told> {
  const { sources, onListenerError } = options;
  const read = createReading(options);
  const followed = new Map<string, Listeners<Told>>();
  for (const { known } of sources) {
    known.watch.listen(() => followed.forEach(({ touch }) => touch()));
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

  function open(key: string): Listeners<Told> {
    const all = new Set<() => void>();
    const told = new Map<Audience, ToldLately<Told>>();
    let planned: NodeJS.Immediate | undefined;
    const touch = () => {
      // One moment brings several lines of several watches: whoever listens is told once.
      planned ??= setImmediate(() => {
        planned = undefined;
        tell(all);
      });
    };
    const stops = sources.map(({ known, groupOf }) => known.index.listen(groupOf?.(key) ?? key, touch));
    return {
      all,
      touch,
      read: (audience) => {
        const from = read(key, audience);
        const before = told.get(audience);
        if (before?.from === from) return before.delivery;
        const lately = before?.lately ?? [];
        const delivery = lately.find(({ event }) => isDeepStrictEqual(event, from)) ?? {
          event: from,
          missed: 0,
        };
        const others = lately.filter((each) => each !== delivery);
        told.set(audience, { from, delivery, lately: [delivery, ...others].slice(0, rememberedStates) });
        return delivery;
      },
      close: () => {
        clearImmediate(planned);
        for (const stop of stops) stop();
        followed.delete(key);
      },
    };
  }

  return {
    read,
    follow: (key, onChange) => {
      const listeners = followed.get(key) ?? open(key);
      followed.set(key, listeners);
      // A function of its own, for somebody may follow twice with one.
      const listener = () => onChange();
      listeners.all.add(listener);
      return {
        read: listeners.read,
        leave: () => {
          listeners.all.delete(listener);
          if (listeners.all.size === 0 && followed.get(key) === listeners) listeners.close();
        },
      };
    },
  };
}
