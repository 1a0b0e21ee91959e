import { LRUCache } from "lru-cache";

/** What of an answer is kept between requests: a hidden or absent thing is an answer too. */
interface Kept<Value> {
  readonly value: Value | undefined;
}

/**
 * Answers that requests share for a short time. A key is asked for once however many want it at that moment;
 * failures are kept by nobody. Every key begins with the hash of one person's credential, so that no answer
 * reaches another.
 */
export interface SharedAnswers<Question, Value> {
  /** At most as old as the time to live. */
  readonly recent: (key: string, question: Question) => Promise<Value | undefined>;
  /** Asked now, whatever is kept or on its way; what comes is kept. */
  readonly fresh: (key: string, question: Question) => Promise<Value | undefined>;
  /** Forgets every answer whose key ends so; one that is on its way is not kept either. */
  readonly forget: (ending: string) => void;
}

export function createSharedAnswers<Question, Value>(
  limits: { timeToLiveMs: number; size: number; weigh?: (value: Value) => number },
  ask: (question: Question) => Promise<Value | undefined>,
): SharedAnswers<Question, Value> {
  const kept = new LRUCache<string, Kept<Value>>({
    maxSize: limits.size,
    sizeCalculation: ({ value }) => 1 + (value === undefined ? 0 : (limits.weigh?.(value) ?? 0)),
    ttl: Math.max(limits.timeToLiveMs, 1),
  });
  const underway = new Map<string, Promise<Value | undefined>>();

  const fresh = (key: string, question: Question) => {
    // An answer is as old as its question: Gitea may have made up its mind long before a slow answer came.
    const start = performance.now();
    // Whatever was on its way is older than this question, so it may no longer be kept.
    const asked = ask(question).then((value) => {
      if (underway.get(key) === asked && limits.timeToLiveMs > 0) kept.set(key, { value }, { start });
      return value;
    });
    underway.set(key, asked);
    const done = () => {
      if (underway.get(key) === asked) underway.delete(key);
    };
    asked.then(done, done);
    return asked;
  };

  return {
    fresh,
    recent: async (key, question) => {
      const found = kept.get(key);
      if (found) return found.value;
      return underway.get(key) ?? fresh(key, question);
    },
    forget: (ending) => {
      for (const key of [...kept.keys(), ...underway.keys()]) {
        if (!key.endsWith(ending)) continue;
        kept.delete(key);
        underway.delete(key);
      }
    },
  };
}
