import { UpstreamUnavailable } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { RedisConnection } from "./redis.connection.ts";
import { refusalOf } from "./redis.refusal.ts";
import type { RedisRelay } from "./redis.relay.ts";

interface Means {
  readonly redis: RedisConnection;
  readonly relay: Pick<RedisRelay, "check">;
  readonly log: Log;
}

/** Written only to see whether that is possible; it lapses by itself. */
const triedKey = "sett:tried";
const triedMs = 1000;

/** What Redis answers to a writer, where that is a no; what breaks on the way is thrown. */
const refusalToWrite = (redis: RedisConnection): Promise<string | undefined> =>
  redis.ask(async (client) => {
    try {
      await client.set(triedKey, "", "PX", triedMs);
      return undefined;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refusal;
    }
  });

const unheard = (relay: Means["relay"]): Promise<string | undefined> =>
  relay.check().then(
    () => undefined,
    () => "its channels cannot be listened to",
  );

/**
 * Makes a check of whether Redis does what it is there for: one that only answers may be full, or somebody's copy, or
 * refuse the gateway's account. Why it fails is logged when that begins, and when it is over.
 */
export function createRedisCheck({ redis, relay, log }: Means): () => Promise<void> {
  let known: string | undefined;

  const learn = (problem: string | undefined) => {
    if (problem === known) return;
    known = problem;
    if (problem === undefined) log.info({ upstream: "redis" }, "redis does what it is there for again");
    else log.warn({ upstream: "redis", reason: problem }, "redis does not do what it is there for");
  };

  return async () => {
    const problem = (await refusalToWrite(redis)) ?? (await unheard(relay));
    learn(problem);
    if (problem !== undefined) throw new UpstreamUnavailable("redis", problem);
  };
}
