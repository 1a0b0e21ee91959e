import { isDeepStrictEqual } from "node:util";
import type { SaidCondition } from "../resources/conditions.ts";

/** All that a producer can be up to, as far as what is saved is concerned. */
export const standings = [
  "projected",
  "undecided",
  "unreadable",
  "notYet",
  "unavailable",
  "refused",
  "missing",
  "paused",
  "leaving",
] as const;

/**
 * How far a producer is. `projected`: the cluster has all that is saved. `undecided`: but for what could not be asked.
 * `unreadable`, `notYet`, `unavailable`: something of it cannot be read. `refused`: the cluster does not take it.
 * `missing`: there is no such producer any more, and soon nothing of it. `paused` and `leaving`: nothing is done.
 */
export type Standing = (typeof standings)[number];

/** What is known of how a producer's things were last read and applied. */
export interface ProducerState {
  readonly standing: Standing;
  /** What is said of the producer. */
  readonly said: readonly SaidCondition[];
  /** What is said of each environment: whether it could be read. */
  readonly environments: Readonly<Record<string, SaidCondition>>;
  readonly problems: readonly string[];
  /** The environments in which something was undecided. */
  readonly undecided: readonly string[];
}

/** Remembers of each producer how far it is, and tells when something else is to be said. */
export interface ProducerStates {
  readonly get: (producer: string) => ProducerState | undefined;
  /** What is not mentioned stays as it was. */
  readonly note: (producer: string, standing: Standing, more?: Partial<ProducerState>) => void;
  readonly forget: (producer: string) => void;
  readonly clear: () => void;
  readonly counts: () => Readonly<Record<Standing, number>>;
  readonly listen: (listener: (producer: string) => void) => void;
}

const nothing: ProducerState = {
  standing: "projected",
  said: [],
  environments: {},
  problems: [],
  undecided: [],
};

export function createProducerStates(): ProducerStates {
  const states = new Map<string, ProducerState>();
  const listeners: ((producer: string) => void)[] = [];
  return {
    get: (producer) => states.get(producer),
    note: (producer, standing, more = {}) => {
      const before = states.get(producer) ?? nothing;
      const after = { ...before, ...more, standing };
      states.set(producer, after);
      const isSame =
        isDeepStrictEqual(before.said, after.said) &&
        isDeepStrictEqual(before.environments, after.environments);
      if (!isSame) for (const listener of listeners) listener(producer);
    },
    forget: (producer) => {
      states.delete(producer);
    },
    clear: () => states.clear(),
    counts: () => {
      const counts = Object.fromEntries(standings.map((standing) => [standing, 0])) as Record<
        Standing,
        number
      >;
      for (const { standing } of states.values()) counts[standing] += 1;
      return counts;
    },
    listen: (listener) => {
      listeners.push(listener);
    },
  };
}
