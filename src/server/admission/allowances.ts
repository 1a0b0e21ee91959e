import { LRUCache } from "lru-cache";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Config } from "../../config.ts";
import type { Context } from "../../context.ts";
import { RateLimited, type SettError } from "../../errors.ts";

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
  /** Takes one operation of this cost from what its credential has left; or says that it has too little. */
  readonly spend: (key: string, cost: number) => Promise<SettError | undefined>;
  /** What is told of an operation's price. */
  readonly price: (key: string, cost: number) => Promise<Price>;
}

type Limits = Pick<Config, "OPERATIONS_PER_MINUTE" | "COST_PER_MINUTE">;

const minuteSeconds = 60;

/** More credentials than this are not told apart from new ones: whoever makes up a credential a request fills no memory. */
const rememberedKeys = 20_000;

/** Whose allowance an operation uses up: all who show nothing have one together. */
export const allowanceKey = ({ signedIn }: Pick<Context, "signedIn">): string =>
  signedIn?.caller.key ?? "nobody";

/** Whether a request asks for its price. */
export const asksForCost = (extensions: unknown): boolean =>
  typeof extensions === "object" && extensions !== null && "cost" in extensions && extensions.cost === true;

function limiter(points: number): RateLimiterMemory | undefined {
  if (points === 0) return undefined;
  return new RateLimiterMemory({ points, duration: minuteSeconds, keyPrefix: "" });
}

async function take(
  from: RateLimiterMemory | undefined,
  { key, points, what }: { key: string; points: number; what: string },
): Promise<SettError | undefined> {
  try {
    await from?.consume(key, points);
    return undefined;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return new RateLimited(
      refusal.msBeforeNext,
      `At most ${from?.points ?? 0} ${what} are taken of one credential in a minute.`,
    );
  }
}

/** Counts in this process: to ask another one would take longer than most operations. */
export function createAllowances(limits: Limits): Allowances {
  const operations = limiter(limits.OPERATIONS_PER_MINUTE);
  const points = limiter(limits.COST_PER_MINUTE);
  const known = new LRUCache<string, true>({
    max: rememberedKeys,
    disposeAfter: (_known, key, reason) => {
      if (reason !== "evict") return;
      void operations?.delete(key);
      void points?.delete(key);
    },
  });

  return {
    spend: async (key, cost) => {
      if (known.get(key) === undefined) known.set(key, true);
      const refusal = await take(operations, { key, points: 1, what: "operations" });
      return refusal ?? take(points, { key, points: cost, what: "points" });
    },
    price: async (key, cost) => {
      if (!points) return { requested: cost };
      const spent = await points.get(key);
      return {
        requested: cost,
        limit: points.points,
        left: spent?.remainingPoints ?? points.points,
        resetMs: spent?.msBeforeNext ?? 0,
      };
    },
  };
}
