import { once } from "node:events";
import type { Redis } from "ioredis";
import type { RedisClient } from "../services/redis/redis.client.ts";

/** Something that replicas do with Redis, tried with keys of the doctor's own. */
export interface Trial {
  readonly check: string;
  readonly run: () => Promise<unknown>;
}

/** Longer than a trial takes: what could not be removed lapses. */
const lapseMs = 10_000;

const script = "return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])";

/** The kinds of commands that the gateway uses, under the names that its account needs. */
export function trialsOf(asking: Redis, listening: RedisClient, id: string) {
  const key = `sett:doctor:${id}`;
  const stream = `${key}:trail`;
  const locks = [`mutex:sett:doctor:${id}`, `semaphore:sett:doctor:${id}`];
  const channel = `sett:live:doctor:${id}`;
  let at: number | undefined;

  const trials: readonly Trial[] = [
    {
      check: "keys",
      run: async () => {
        await asking.set(key, "1", "PX", lapseMs);
        await asking.get(key);
        await asking.pexpire(key, lapseMs);
      },
    },
    {
      check: "scripts, for locks",
      run: () => Promise.all(locks.map((lock) => asking.eval(script, 1, lock, id, lapseMs))),
    },
    {
      check: "channels, for events",
      run: async () => {
        await listening.ready();
        const { redis } = listening;
        await redis.subscribe(channel);
        const heard = once(redis, "message", { signal: AbortSignal.timeout(lapseMs / 5) });
        await asking.publish(channel, id);
        await heard;
      },
    },
    {
      check: "streams, for the audit trail",
      run: async () => {
        const entry = await asking.xadd(stream, "MAXLEN", "~", 1, "*", "doctor", id);
        await asking.pexpire(stream, lapseMs);
        // An entry is named by the time of Redis' own clock, in milliseconds.
        at = Number.parseInt(entry ?? "", 10);
      },
    },
  ];
  return {
    trials,
    /** Redis' clock, as the last trial saw it. */
    clock: () => at,
    clean: () => asking.del(key, stream, ...locks),
  };
}
