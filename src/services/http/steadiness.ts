import { ExponentialBackoff, handleType, retry } from "cockatiel";
import { heed, type Budget } from "../../budget.ts";
import { CallFailed, failureAfter } from "./call.failure.ts";
import { createFairLine } from "./fair.line.ts";
import { createRetryBudget } from "./retry.budget.ts";
import { createServiceBreaker, leftAlone, type BreakerLimits } from "./service.breaker.ts";

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
  /** A call finds out whether it is back, or has. */
  readonly trying: (isTrying: boolean) => void;
  readonly askedAgain: () => void;
  readonly turnedAway: () => void;
}

/** Sends a call; the one that finds out whether a service is back is told so. */
export type Sending<Answer> = (findsOut: boolean) => Promise<Answer>;

/** Keeps one service that is in trouble from troubling others, and others from troubling it. */
export interface Steadiness {
  /** Sends a read in its turn, and again if that may help; failures are judged here. */
  readonly read: <Answer>(send: Sending<Answer>, asking: Asking<Answer>) => Promise<Answer>;
  /** Sends a write, once, unless the service is left alone. */
  readonly write: <Answer>(send: Sending<Answer>) => Promise<Answer>;
  /** The service has answered somebody who asked past this: it is asked again. */
  readonly worked: () => void;
  /** Not to be used any more. */
  readonly forget: () => void;
}

/** Whether to send a read again, after such an answer and so many tries before it. */
export type MayHelp<Answer> = (answer: Answer, triesBefore: number) => boolean;

/** How long a read may wait for its turn; its service, which knows nothing of it yet, is not to blame for that. */
interface Waiting {
  /** Whose it is, if anybody's: nobody's reads keep those of others waiting for ever. */
  readonly askedBy: string | undefined;
  readonly budget: Budget;
  readonly waitMs: number;
}

/** What a read waits for, and how its answers are judged. */
export interface Asking<Answer> extends Waiting {
  readonly mayHelp: MayHelp<Answer>;
}

/** How many reads wait for each that is under way. */
const waitingFactor = 16;
/** What part of the places one credential may have, so that what it has hanging leaves some to others. */
const ownersShare = 0.75;
const mostTries = 4;

/** What is to be sent again. */
class Again extends Error {}

const retries = retry(handleType(Again), {
  maxAttempts: mostTries,
  backoff: new ExponentialBackoff({ initialDelay: 10, maxDelay: 30 }),
});

export function createSteadiness(limits: SteadinessLimits, events: SteadinessEvents): Steadiness {
  const { places } = limits;
  const sent = createRetryBudget();
  const turnedAway = () => {
    events.turnedAway();
    return new CallFailed("TURNED_AWAY");
  };
  const line = createFairLine({
    places,
    perOwner: limits.breaker ? Math.max(1, Math.floor(places * ownersShare)) : places,
    line: limits.breaker ? places * waitingFactor : Infinity,
    crowdedOut: turnedAway,
  });
  const tellOpen = (isOpen: boolean) => {
    events[isOpen ? "opened" : "shut"]();
    if (isOpen) line.sendAway(leftAlone);
  };
  const breaker = createServiceBreaker(limits.breaker, tellOpen, events.trying);

  const turn = ({ askedBy, budget, waitMs }: Waiting) =>
    new Promise<void>((resolve, reject) => {
      if (breaker.isOpen()) return reject(leftAlone());
      const go = () => {
        stop?.();
        resolve();
      };
      const refuse = (why: Error) => {
        stop?.();
        reject(why);
      };
      const leave = line.wait(askedBy, { go, refuse });
      if (!leave) return reject(turnedAway());
      const end = (why: Error) => {
        leave();
        reject(why);
      };
      const stop: (() => void) | undefined = heed(
        budget,
        (ending) => end(ending === "late" ? turnedAway() : failureAfter(ending)),
        waitMs,
      );
    });

  const again = () => {
    if (!sent.spend()) return false;
    events.askedAgain();
    return true;
  };

  return {
    read: async (send, asking) => {
      sent.earn();
      const tried = async ({ attempt }: { attempt: number }) => {
        try {
          const answer = await breaker.send(send);
          if (attempt < mostTries && asking.mayHelp(answer, attempt) && again()) throw new Again();
          return answer;
        } catch (error) {
          // A kept connection may be closed by the other side just as it is taken.
          if (error instanceof CallFailed && error.isBroken && attempt === 0 && again()) throw new Again();
          throw error;
        }
      };
      if (!line.take(asking.askedBy)) await turn(asking);
      try {
        return await retries.execute(tried);
      } finally {
        line.giveBack(asking.askedBy);
      }
    },
    write: breaker.send,
    worked: breaker.worked,
    forget: breaker.forget,
  };
}
