import type { ResourceRecord, SaidOf } from "./resource.record.ts";
import type { ResourceWatches } from "./resource.watches.ts";
import { producerState, producerStates, troublesOf, type ProducerState } from "./resource.words.ts";

/** How many producers do how. */
export type ProducerCounts = Readonly<Record<ProducerState | "total", number>>;

/** Something that is wrong with a resource. */
export interface Trouble {
  readonly resource: ResourceRecord;
  readonly said: SaidOf;
}

/** How the whole platform does: kept up to date by what changes, and not by looking at everything. */
export interface ProducerTally {
  readonly counts: () => ProducerCounts;
  /** All that is wrong, the newest first. */
  readonly troubles: () => readonly Trouble[];
}

const bySince = (one: Trouble, other: Trouble) => {
  const [a, b] = [one.said.since, other.said.since];
  if (a !== b) return a < b ? 1 : -1;
  return `${one.resource.kind} ${one.resource.object}` < `${other.resource.kind} ${other.resource.object}`
    ? -1
    : 1;
};

/** Counts from now on; what is known already, it does not look at. */
export function createProducerTally(watches: ResourceWatches): ProducerTally {
  const states = new Map<string, ProducerState>();
  const counts = new Map<ProducerState, number>();
  const wrong = new Map<string, readonly Trouble[]>();
  let sorted: readonly Trouble[] | undefined;
  const add = (state: ProducerState | undefined, by: number) => {
    if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + by);
  };

  function noteState(resource: ResourceRecord, isGone: boolean): void {
    const { producer } = resource;
    add(states.get(producer), -1);
    states.delete(producer);
    if (isGone) return;
    const state = producerState(resource);
    states.set(producer, state);
    add(state, 1);
  }

  function noteTroubles(resource: ResourceRecord, isGone: boolean): void {
    const key = `${resource.kind} ${resource.object}`;
    const found = isGone ? [] : troublesOf(resource);
    if (found.length === 0 && !wrong.has(key)) return;
    sorted = undefined;
    if (found.length === 0) wrong.delete(key);
    else
      wrong.set(
        key,
        found.map((said) => ({ resource, said })),
      );
  }

  for (const { index } of Object.values(watches)) {
    index.listenToAll((changes, group) => {
      // Of two of one name, the one that is going is told of after, or before, the one that has come.
      const there = new Map(index.of(group).map((each) => [each.object, each]));
      for (const { item } of changes) {
        const now = there.get(item.object);
        if (item.kind === "PRODUCER") noteState(now ?? item, now === undefined);
        noteTroubles(now ?? item, now === undefined);
      }
    });
  }

  return {
    counts: () => {
      const all = Object.fromEntries(producerStates.map((state) => [state, counts.get(state) ?? 0]));
      return { ...(all as Record<ProducerState, number>), total: states.size };
    },
    troubles: () => (sorted ??= [...wrong.values()].flat().sort(bySince)),
  };
}
