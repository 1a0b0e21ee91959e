import {
  circuitBreaker,
  CircuitState,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  SamplingBreaker,
  type CircuitBreakerPolicy,
} from "cockatiel";
import { CallFailed } from "./call.failure.ts";

/** When a service is left alone: never if there is nothing to say so. */
export interface BreakerLimits {
  /** So many calls within a few seconds, most of which failed, say that it is down. */
  readonly calls: number;
  /** For how long, at first. */
  readonly waitMs: number;
}

/** Leaves a service alone that is down, and finds out when it is back. */
export interface ServiceBreaker {
  /** Sends a call, unless the service is left alone; it is told whether it is to find out that the service is back. */
  readonly send: <Answer>(send: (findsOut: boolean) => Promise<Answer>) => Promise<Answer>;
  readonly isOpen: () => boolean;
  /** The service has answered somebody who asked past this: it is asked again. */
  readonly worked: () => void;
  /** Not to be used any more: from now on nothing is told of it. */
  readonly forget: () => void;
}

/** Which calls count: not so few that whoever makes some fail at one moment could shut a service that answers others. */
const sampling = { threshold: 0.5, duration: 5000 };
/** How much longer than at first a service is left alone at most. */
const longestFactor = 10;

/** What says nothing of how a service is, where that was to be found out. */
class Unsettled extends Error {
  readonly failure: unknown;

  constructor(failure: unknown) {
    super("nothing was found out");
    this.failure = failure;
  }
}

const down = handleWhen(
  (error) => error instanceof Unsettled || (error instanceof CallFailed && error.isDown),
);

const unsettled = (error: unknown): never => {
  throw error instanceof CallFailed && !error.tellsNothing ? error : new Unsettled(error);
};

/** Why a call to a service that is left alone is not sent. */
export const leftAlone = (): CallFailed => new CallFailed("LEFT_ALONE");

const neverOpen: ServiceBreaker = {
  send: (send) => send(false),
  isOpen: () => false,
  worked: () => undefined,
  forget: () => undefined,
};

/** A breaker of one service, which tells when it opens and shuts, and when a call finds out whether it may. */
export function createServiceBreaker(
  limits: BreakerLimits | undefined,
  tellOpen: (isOpen: boolean) => void,
  tellTrying: (isTrying: boolean) => void = () => undefined,
): ServiceBreaker {
  if (!limits) return neverOpen;
  const { calls, waitMs } = limits;
  let isOpen = false;
  let isForgotten = false;

  const tell = (isOpenNow: boolean) => {
    if (isOpen === isOpenNow || isForgotten) return;
    isOpen = isOpenNow;
    tellOpen(isOpen);
  };

  const open = (): CircuitBreakerPolicy => {
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
  let breaker = open();

  return {
    send: async (send) => {
      const { state } = breaker;
      if (state === CircuitState.Closed) return breaker.execute(() => send(false));
      // One call finds out whether it is back; the others are not made to wait for that.
      if (state === CircuitState.HalfOpen) throw leftAlone();
      try {
        // That its asker has given up that call does not say that it is back.
        return await breaker.execute(async () => {
          tellTrying(true);
          return send(true)
            .catch(unsettled)
            .finally(() => tellTrying(false));
        });
      } catch (error) {
        if (error instanceof Unsettled) throw error.failure;
        throw isBrokenCircuitError(error) ? leftAlone() : error;
      }
    },
    isOpen: () => isOpen,
    worked: () => {
      if (!isOpen) return;
      breaker = open();
      tell(false);
    },
    forget: () => {
      tell(false);
      isForgotten = true;
    },
  };
}
