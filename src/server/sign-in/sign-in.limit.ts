import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Takes one from what an address may do in a minute; in how many seconds to come again if nothing is left. */
export type SignInLimit = (address: string) => Promise<number | undefined>;

const minuteSeconds = 60;

export function createSignInLimit(perMinute: number): SignInLimit {
  if (perMinute === 0) return async () => undefined;
  const limiter = new RateLimiterMemory({ points: perMinute, duration: minuteSeconds, keyPrefix: "" });
  return async (address) => {
    try {
      await limiter.consume(address);
      return undefined;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    }
  };
}
