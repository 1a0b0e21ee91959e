import type { Log } from "../../log.ts";
import { delayAfter, type Delays } from "../http/delay.ts";
import { openClient } from "./redis.client.ts";
import { refusalOf } from "./redis.refusal.ts";

/** Listens to channels of Redis, over a connection that does nothing else. */
export interface RedisListener {
  /** Done once the channel is heard, or it is clear that it cannot be for now. */
  readonly listen: (channel: string) => Promise<void>;
  readonly leave: (channel: string) => void;
  /** Whether everything is heard that is listened to. */
  readonly isHearing: () => boolean;
  /** Fails unless channels can be heard: when nothing comes of the connection, or Redis refuses. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly url: string;
  /** A channel that is always listened to, so that it is known whether that is possible. */
  readonly own: string;
  readonly log: Log;
  readonly onMessage: (channel: string, text: string) => void;
  /** Not everything is heard any more. */
  readonly onLost: () => void;
  /** A channel is heard again, or for the first time later than was said. */
  readonly onMissed: (channel: string) => void;
  /** Every second in which Redis has answered. */
  readonly onBeat: () => void;
}

/** Somebody listens there; open once they have been told that they do. */
interface Ear {
  isOpen: boolean;
}

/** How often a connection on which nothing comes is seen to be alive. */
const beatMs = 1000;

/** How long to leave a Redis alone that answers no: another connection would change nothing. */
const refusalDelays: Delays = { firstDelayMs: 1000, longestDelayMs: 30_000 };

/**
 * The client's own way to take channels up again after an outage leaves a rejection to nobody when that fails, and says
 * nothing of what was missed; so it is done here.
 */
export function openListener({ url, own, log, onMessage, onLost, onMissed, onBeat }: Options): RedisListener {
  const { redis, ready, close } = openClient(url, { autoResubscribe: false });
  const ears = new Map<string, Ear>([[own, { isOpen: true }]]);
  let isHearing = false;
  let refusals = 0;
  let retry: NodeJS.Timeout | undefined;

  const lose = () => {
    if (isHearing) onLost();
    isHearing = false;
  };

  const refuse = (word: string) => {
    if (refusals === 0) {
      log.warn({ upstream: "redis", reason: word }, "redis refuses to have its channels listened to");
    }
    lose();
    if (retry) return;
    refusals += 1;
    retry = setTimeout(
      () => {
        if (redis.status === "ready") void resume();
      },
      delayAfter(refusals, refusalDelays),
    ).unref();
  };

  const fail = (error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal !== undefined) refuse(refusal);
    else if (redis.status === "ready") redis.disconnect(true);
  };

  const resume = async () => {
    clearTimeout(retry);
    retry = undefined;
    const open = [...ears].flatMap(([channel, { isOpen }]) => (isOpen ? [channel] : []));
    try {
      await redis.subscribe(...open);
    } catch (error) {
      fail(error);
      return;
    }
    if (refusals > 0) log.info({ upstream: "redis" }, "redis lets its channels be listened to again");
    refusals = 0;
    isHearing = true;
    for (const channel of open) onMissed(channel);
  };

  redis.on("message", onMessage);
  redis.on("ready", () => void resume());
  redis.on("close", lose);
  // The connection that asks questions tells the log.
  redis.on("error", () => undefined);

  const beat = setInterval(() => {
    // One that is not answered in time has the socket replaced.
    if (redis.status === "ready") redis.ping().then(onBeat, () => undefined);
  }, beatMs).unref();

  return {
    listen: async (channel) => {
      const ear: Ear = { isOpen: false };
      ears.set(channel, ear);
      try {
        await ready();
        if (ears.get(channel) === ear) await redis.subscribe(channel);
      } catch (error) {
        fail(error);
      } finally {
        ear.isOpen = true;
      }
    },
    leave: (channel) => {
      ears.delete(channel);
      // What still comes on it is for nobody.
      if (redis.status === "ready") redis.unsubscribe(channel).catch(() => undefined);
    },
    isHearing: () => isHearing,
    check: async () => {
      await ready();
      if (refusals > 0) throw new Error("its channels cannot be listened to");
    },
    close: () => {
      clearInterval(beat);
      clearTimeout(retry);
      return close();
    },
  };
}
