import { LRUCache } from "lru-cache";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { atMost } from "../../at-most.ts";
import type { Config } from "../../config.ts";
import type { Context } from "../../context.ts";
import { RateLimited, type SettError } from "../../errors.ts";
import type { VouchedCredentials } from "../../services/gitea/vouched.credentials.ts";
import { nobody, ownerOf, strangers, wordsFor } from "./owners.ts";

/** What an operation cost, and what is left of its credential's points where they are counted. */
export interface Price {
  readonly requested: number;
  readonly limit?: number;
  readonly left?: number;
  /** After so long all of them are there again. */
  readonly resetMs?: number;
}

/** What each credential may ask for in a minute. */
export interface Allowances {
  /** Takes one operation of this cost from what its credential has left; or takes nothing, and says that it has too little. */
  readonly spend: (key: string, cost: number) => Promise<SettError | undefined>;
  /** Takes the least that any operation costs, for one that nobody has looked into yet. */
  readonly begin: (key: string) => Promise<SettError | undefined>;
  /** Takes the rest of what one that was begun costs. */
  readonly spendRest: (key: string, cost: number) => Promise<SettError | undefined>;
  /** What is told of an operation's price. */
  readonly price: (key: string, cost: number) => Promise<Price>;
}

type Limits = Pick<Config, "OPERATIONS_PER_MINUTE" | "COST_PER_MINUTE">;

const minuteSeconds = 60;

/** What any operation costs, whatever becomes of it. */
const leastCost = 1;

/** More credentials than this are not told apart from new ones: whoever makes up a credential a request fills no memory. */
const rememberedKeys = 20_000;

/** Whose allowance an operation uses up, as far as what was shown says. */
export const allowanceKey = ({ signedIn }: Pick<Context, "signedIn">): string =>
  signedIn?.caller.key ?? nobody;

/** Whether a request asks for its price. */
export const asksForCost = (extensions: unknown): boolean =>
  typeof extensions === "object" && extensions !== null && "cost" in extensions && extensions.cost === true;

function limiter(points: number): RateLimiterMemory | undefined {
  if (points === 0) return undefined;
  return new RateLimiterMemory({ points, duration: minuteSeconds, keyPrefix: "" });
}

async function take(
  from: RateLimiterMemory | undefined,
  { owner, points, what }: { owner: string; points: number; what: string },
): Promise<SettError | undefined> {
  try {
    await from?.consume(owner, points);
    return undefined;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    // It was counted as well, and is not to be had from what was left: that may be enough for others.
    await from?.reward(owner, points);
    return new RateLimited(
      refusal.msBeforeNext,
      `At most ${from?.points ?? 0} ${what} are taken of ${wordsFor(owner)} in a minute.`,
    );
  }
}

/** Counts in this process: to ask another one would take longer than most operations. */
export function createAllowances(
  limits: Limits,
  known: Pick<VouchedCredentials, "has" | "listen">,
): Allowances {
  const operations = limiter(limits.OPERATIONS_PER_MINUTE);
  const points = limiter(limits.COST_PER_MINUTE);
  const counted = new LRUCache<string, true>({
    ...atMost(rememberedKeys),
    disposeAfter: (_counted, owner, reason) => {
      if (reason !== "evict") return;
      void operations?.delete(owner);
      void points?.delete(owner);
    },
  });
  const count = (owner: string) => {
    if (counted.get(owner) === undefined) counted.set(owner, true);
  };

  /** What each stranger has taken lately: it is their own as soon as Gitea has accepted them, and no stranger's any more. */
  const ofStrangers = new LRUCache<string, { operations: number; points: number }>({
    ...atMost(rememberedKeys),
    ttl: minuteSeconds * 1000,
  });
  const note = (key: string, taken: { operations: number; points: number }) => {
    const before = ofStrangers.get(key);
    ofStrangers.set(key, {
      operations: (before?.operations ?? 0) + taken.operations,
      points: (before?.points ?? 0) + taken.points,
    });
  };
  const move = (counter: RateLimiterMemory | undefined, key: string, amount: number) => {
    void counter?.reward(strangers, amount);
    void counter?.penalty(key, amount);
  };
  known.listen((key) => {
    const taken = ofStrangers.get(key);
    if (!taken) return;
    ofStrangers.delete(key);
    count(key);
    move(operations, key, taken.operations);
    move(points, key, taken.points);
  });

  const spend = async (key: string, cost: number) => {
    const owner = ownerOf(key, known);
    count(owner);
    const tooMany = await take(operations, { owner, points: 1, what: "operations" });
    if (tooMany) return tooMany;
    const tooDear = await take(points, { owner, points: cost, what: "points" });
    if (tooDear) await operations?.reward(owner, 1);
    else if (owner === strangers) note(key, { operations: 1, points: cost });
    return tooDear;
  };

  return {
    spend,
    begin: (key) => spend(key, leastCost),
    spendRest: async (key, cost) => {
      if (cost <= leastCost) return undefined;
      const owner = ownerOf(key, known);
      const rest = cost - leastCost;
      const tooDear = await take(points, { owner, points: rest, what: "points" });
      if (!tooDear && owner === strangers) note(key, { operations: 0, points: rest });
      return tooDear;
    },
    price: async (key, cost) => {
      if (!points) return { requested: cost };
      const spent = await points.get(ownerOf(key, known));
      return {
        requested: cost,
        limit: points.points,
        left: spent?.remainingPoints ?? points.points,
        resetMs: spent?.msBeforeNext ?? 0,
      };
    },
  };
}
