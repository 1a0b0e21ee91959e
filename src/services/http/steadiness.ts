import {
  bulkhead,
  circuitBreaker,
  CircuitState,
  ExponentialBackoff,
  handleType,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  retry,
  SamplingBreaker,
  type CircuitBreakerPolicy,
} from "cockatiel";
import { CallFailed } from "./call.failure.ts";
import { createRetryBudget } from "./retry.budget.ts";

/** When a service is left alone: never if there is nothing to say so. */
export interface BreakerLimits {
  /** So many calls within a few seconds, most of which failed, say that it is down. */
  readonly calls: number;
  /** For how long, at first. */
  readonly waitMs: number;
}

/** What one service is asked at once, and when it is left alone. */
export interface SteadinessLimits {
  /** Reads at once, and as many times that wait for their turn. */
  readonly places: number;
  readonly breaker?: BreakerLimits | undefined;
}

/** Told what becomes of calls, to be measured. */
export interface SteadinessEvents {
  readonly opened: () => void;
  readonly shut: () => void;
  readonly askedAgain: () => void;
  readonly turnedAway: () => void;
}

/** Keeps one service that is in trouble from troubling others, and others from troubling it. */
export interface Steadiness {
  /** Sends a read in its turn, and again if that may help; `mayHelp` judges answers, failures are judged here. */
  readonly read: <Answer>(send: () => Promise<Answer>, mayHelp: MayHelp<Answer>) => Promise<Answer>;
  /** Sends a write, once, unless the service is left alone. */
  readonly write: <Answer>(send: () => Promise<Answer>) => Promise<Answer>;
  /** It has answered somebody who asked past this: it is asked again. */
  readonly worked: () => void;
  /** Not to be used any more. */
  readonly forget: () => void;
}

/** Whether to send a read again, after such an answer and so many tries before it. */
export type MayHelp<Answer> = (answer: Answer, triesBefore: number) => boolean;

/** How many reads wait for each that is under way. */
const waitingFactor = 16;
/** Which calls count: not so few that whoever makes some fail at one moment could shut a service that answers others. */
const sampling = { threshold: 0.5, duration: 5000 };
/** How much longer than at first a service is left alone at most. */
const longestFactor = 10;
const mostTries = 4;

/** What is to be sent again. */
class Again extends Error {}

const retries = retry(handleType(Again), {
  maxAttempts: mostTries,
  backoff: new ExponentialBackoff({ initialDelay: 10, maxDelay: 30 }),
});
const down = handleWhen((error) => error instanceof CallFailed && error.isDown);

const leftAlone = () => new CallFailed("LEFT_ALONE");
const turnedAway = () => new CallFailed("TURNED_AWAY");

export function createSteadiness(limits: SteadinessLimits, events: SteadinessEvents): Steadiness {
  const places = bulkhead(limits.places, limits.breaker ? limits.places * waitingFactor : Infinity);
  const budget = createRetryBudget();
  let isOpen = false;

  const tell = (isOpenNow: boolean) => {
    if (isOpen === isOpenNow) return;
    isOpen = isOpenNow;
    events[isOpen ? "opened" : "shut"]();
  };

  const newBreaker = (): CircuitBreakerPolicy | undefined => {
    if (!limits.breaker) return undefined;
    const { calls, waitMs } = limits.breaker;
    // Half a call less: it is compared with a sum of fractions.
    const sampled = { ...sampling, minimumRps: (calls - 0.5) / (sampling.duration / 1000) };
    const halfOpenAfter = new ExponentialBackoff({ initialDelay: waitMs, maxDelay: longestFactor * waitMs });
    const made = circuitBreaker(down, { breaker: new SamplingBreaker(sampled), halfOpenAfter });
    made.onStateChange((state) => {
      // One that was replaced has nothing more to say.
      if (made === breaker) tell(state !== CircuitState.Closed);
    });
    return made;
  };
  let breaker = newBreaker();

  const guarded = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    if (!breaker) return send();
    // One call finds out whether it is back; the others are not made to wait for that.
    if (breaker.state === CircuitState.HalfOpen) throw leftAlone();
    try {
      return await breaker.execute(send);
    } catch (error) {
      throw isBrokenCircuitError(error) ? leftAlone() : error;
    }
  };

  const again = () => {
    if (!budget.spend()) return false;
    events.askedAgain();
    return true;
  };

  return {
    read: async (send, mayHelp) => {
      budget.earn();
      const tried = async ({ attempt }: { attempt: number }) => {
        try {
          const answer = await guarded(send);
          if (attempt < mostTries && mayHelp(answer, attempt) && again()) throw new Again();
          return answer;
        } catch (error) {
          // A kept connection may be closed by the other side just as it is taken.
          if (error instanceof CallFailed && error.isBroken && attempt === 0 && again()) throw new Again();
          throw error;
        }
      };
      try {
        return await places.execute(() => retries.execute(tried));
      } catch (error) {
        if (!isBulkheadRejectedError(error)) throw error;
        events.turnedAway();
        throw turnedAway();
      }
    },
    write: guarded,
    worked: () => {
      if (!isOpen) return;
      breaker = newBreaker();
      tell(false);
    },
    forget: () => tell(false),
  };
}
