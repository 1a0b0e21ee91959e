import { LRUCache } from "lru-cache";

/** How long people's own services are waited for. */
export interface SlowPatience {
  /** What is answered within this time is nobody's trouble. */
  readonly promptMs: number;
  /** How long one is waited for at most. */
  readonly longestMs: number;
  /** Of how many producers' services more than a prompt answer is waited for side by side. */
  readonly atOnce: number;
  /** How long one that was not waited for to the end is not asked at all; each time twice as long. */
  readonly restMs: number;
  readonly longestRestMs: number;
}

/**
 * Half of the producers that are worked on side by side may wait for such services. One is left alone for less time than
 * passes before what could not be said is asked for again.
 */
export const usualSlowPatience: SlowPatience = {
  promptMs: 500,
  longestMs: 3_000,
  atOnce: 4,
  restMs: 25_000,
  longestRestMs: 120_000,
};

/** Waits for people's own services, but not so that the slow ones of some keep the others waiting. */
export interface SlowWaits {
  /** What a service of a producer's answers; undefined where it is not waited for, or not any more. */
  readonly wait: <Value>(
    producer: string,
    service: string,
    ask: () => Promise<Value>,
  ) => Promise<Value | undefined>;
  /** It may answer better now than it did: nothing is held against it. */
  readonly forgive: (service: string) => void;
}

interface Slow {
  readonly times: number;
  readonly untilMs: number;
}

const late = Symbol("late");
const mostRemembered = 20_000;

export function createSlowWaits(patience: SlowPatience): SlowWaits {
  const slow = new LRUCache<string, Slow>({ max: mostRemembered });
  /** How many services of a producer more than a prompt answer is waited for from. */
  const waiting = new Map<string, number>();

  async function within<Value>(asked: Promise<Value>, ms: number): Promise<Value | typeof late> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => resolve(late), ms);
    });
    return Promise.race([asked, over]).finally(() => clearTimeout(timer));
  }

  async function waitOn<Value>(producer: string, asked: Promise<Value>): Promise<Value | typeof late> {
    const others = waiting.get(producer) ?? 0;
    if (others === 0 && waiting.size >= patience.atOnce) return late;
    waiting.set(producer, others + 1);
    try {
      return await within(asked, patience.longestMs - patience.promptMs);
    } finally {
      const left = (waiting.get(producer) ?? 1) - 1;
      if (left > 0) waiting.set(producer, left);
      else waiting.delete(producer);
    }
  }

  function note(service: string): void {
    const times = (slow.get(service)?.times ?? 0) + 1;
    const restMs = Math.min(patience.restMs * 2 ** Math.min(times - 1, 30), patience.longestRestMs);
    slow.set(service, { times, untilMs: performance.now() + restMs });
  }

  return {
    wait: async (producer, service, ask) => {
      if (performance.now() < (slow.get(service)?.untilMs ?? 0)) return undefined;
      const asked = ask();
      // Who does not wait any more does not hear of what becomes of it.
      asked.catch(() => undefined);
      const prompt = await within(asked, patience.promptMs);
      const answer = prompt === late ? await waitOn(producer, asked) : prompt;
      const isNone = answer === late || answer === undefined;
      // What was told promptly has kept nobody waiting, whatever it was.
      if (isNone && prompt === late) note(service);
      else slow.delete(service);
      return isNone ? undefined : answer;
    },
    forgive: (service) => void slow.delete(service),
  };
}
