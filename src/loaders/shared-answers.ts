import { LRUCache } from "lru-cache";
import { openSharedBudget, type Budget, type SharedBudget } from "../budget.ts";
import { UpstreamUnavailable, type UpstreamName } from "../errors.ts";

/** What of an answer is kept between requests: a hidden or absent thing is an answer too. */
interface Kept<Value> {
  readonly value: Value | undefined;
}

/** Where an answer comes from: it was asked for, is kept of before, or is on its way for somebody else. */
export type AnswerSource = "asked" | "kept" | "shared";

/** A question that is on its way: it is let go of when nobody waits for it any more. */
interface Underway<Value> {
  readonly asked: Promise<Value | undefined>;
  readonly budget: SharedBudget;
}

/**
 * Answers that requests share for a short time. A key is asked for once however many want it at that moment, and each of
 * them waits no longer than its own budget lasts; failures are kept by nobody. Every key begins with the hash of one person's credential, so that no answer
 * reaches another.
 */
export interface SharedAnswers<Question, Value> {
  /** At most as old as the time to live. */
  readonly recent: (key: string, question: Question, asker: Budget) => Promise<Value | undefined>;
  /** Asked now, whatever is kept or on its way; what comes is kept. */
  readonly fresh: (key: string, question: Question, asker: Budget) => Promise<Value | undefined>;
  /** Forgets every answer whose key ends so; one that is on its way is not kept either. */
  readonly forget: (ending: string) => void;
}

export function createSharedAnswers<Question, Value>(
  limits: { timeToLiveMs: number; size: number; weigh?: (value: Value) => number },
  upstream: UpstreamName,
  ask: (question: Question, budget: Budget) => Promise<Value | undefined>,
  note: (source: AnswerSource) => void,
): SharedAnswers<Question, Value> {
  const kept = new LRUCache<string, Kept<Value>>({
    maxSize: limits.size,
    sizeCalculation: ({ value }) => 1 + (value === undefined ? 0 : (limits.weigh?.(value) ?? 0)),
    ttl: Math.max(limits.timeToLiveMs, 1),
  });
  const underway = new Map<string, Underway<Value>>();
  const tooLate = () => new UpstreamUnavailable(upstream, "nobody waits for its answer any more");

  const begin = (key: string, question: Question): Underway<Value> => {
    // An answer is as old as its question: Gitea may have made up its mind long before a slow answer came.
    const start = performance.now();
    note("asked");
    // Whatever was on its way is older than this question, so it may no longer be kept.
    const budget = openSharedBudget(tooLate);
    const asked = ask(question, budget).then((value) => {
      if (underway.get(key) === begun && limits.timeToLiveMs > 0) kept.set(key, { value }, { start });
      return value;
    });
    const begun = { asked, budget };
    underway.set(key, begun);
    const done = () => {
      if (underway.get(key) === begun) underway.delete(key);
    };
    asked.then(done, done);
    return begun;
  };
  const waitFor = ({ asked, budget }: Underway<Value>, asker: Budget) => budget.wait(asked, asker);

  return {
    fresh: (key, question, asker) => waitFor(begin(key, question), asker),
    recent: async (key, question, asker) => {
      const found = kept.get(key);
      if (found) {
        note("kept");
        return found.value;
      }
      const asked = underway.get(key);
      if (!asked || asked.budget.isLeft()) return waitFor(begin(key, question), asker);
      note("shared");
      return waitFor(asked, asker);
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
