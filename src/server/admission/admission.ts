import type { Config } from "../../config.ts";
import { RateLimited } from "../../errors.ts";
import { createTally } from "../live/tally.ts";
import { watchLoop } from "./loop.watch.ts";
import { ownerOf, wordsFor, type Known } from "./owners.ts";
import { createPlacesLine, type Turn, type Waiting } from "./places.line.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Why an operation was turned away. */
export const refusalReasons = ["share", "places", "wait", "busy"] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** How much is going on. */
export interface AdmissionCounts {
  readonly running: number;
  readonly waiting: number;
  /** Since the process began. */
  readonly refused: Readonly<Record<RefusalReason, number>>;
}

/** How to leave again; why there is no place; or nothing to who has gone. */
type Entrance = (() => void) | RateLimited | undefined;

/** Says how many operations run at once, of all people and of each. */
export interface Admission {
  /** Why nothing more is even read, if so. */
  readonly refusal: () => RateLimited | undefined;
  /** Takes a place over HTTP, maybe after a short wait, until what is returned is called; or says why there is none. */
  readonly enter: (key: string, who: Waiting) => Entrance | Promise<Entrance>;
  /** Runs what is asked over a socket when its turn comes: how many there are has limits of its own. */
  readonly inTurn: Turns["run"];
  readonly counts: () => AdmissionCounts;
  readonly stop: () => void;
}

type Limits = Pick<
  Config,
  | "OPERATION_LIMIT"
  | "OPERATION_LIMIT_PER_VIEWER"
  | "OPERATION_QUEUE_LIMIT"
  | "OPERATION_QUEUE_WAIT"
  | "LOOP_DELAY_LIMIT"
>;

const retryAfterMs = 1000;

export function createAdmission(limits: Limits, known: Known): Admission {
  const { OPERATION_LIMIT: total, OPERATION_LIMIT_PER_VIEWER: perOwner } = limits;
  const places = createPlacesLine({
    places: total,
    line: limits.OPERATION_QUEUE_LIMIT,
    waitMs: limits.OPERATION_QUEUE_WAIT,
  });
  const ofOwners = createTally(perOwner);
  const turns = createTurns(total, perOwner);
  const loop = watchLoop(limits.LOOP_DELAY_LIMIT);
  const refused = { share: 0, places: 0, wait: 0, busy: 0 } satisfies Record<RefusalReason, number>;

  const refuse = (reason: RefusalReason, message?: string): RateLimited => {
    refused[reason] += 1;
    return new RateLimited(retryAfterMs, message);
  };

  const entrance = (owner: string, turn: Turn): Entrance => {
    if (turn === "in") {
      return () => {
        ofOwners.remove(owner);
        places.leave();
      };
    }
    ofOwners.remove(owner);
    return turn === "late" ? refuse("wait") : undefined;
  };

  return {
    refusal: () => {
      if (places.isFull()) return refuse("places");
      return loop.isTooBusy() ? refuse("busy") : undefined;
    },
    enter: (key, who) => {
      if (places.isFull()) return refuse("places");
      const owner = ownerOf(key, known);
      if (!ofOwners.add(owner)) {
        return refuse("share", `At most ${perOwner} operations of ${wordsFor(owner)} run at once.`);
      }
      const turn = places.take(who);
      return turn instanceof Promise
        ? turn.then((turnNow) => entrance(owner, turnNow))
        : entrance(owner, turn);
    },
    inTurn: turns.run,
    counts: () => ({
      running: places.taken() + turns.running(),
      waiting: places.waiting(),
      refused,
    }),
    stop: loop.stop,
  };
}
