import { openClient } from "./redis.client.ts";

/** Listens to channels of Redis, over a connection that does nothing else. */
export interface RedisListener {
  /** Done once the channel is heard, or it is clear that it cannot be for now. */
  readonly listen: (channel: string) => Promise<void>;
  readonly leave: (channel: string) => void;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly url: string;
  readonly onMessage: (channel: string, text: string) => void;
  /** Nothing is heard any more. */
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

/**
 * The client's own way to take channels up again after an outage leaves a rejection to nobody when that fails, and says
 * nothing of what was missed; so it is done here.
 */
export function openListener({ url, onMessage, onLost, onMissed, onBeat }: Options): RedisListener {
  const { redis, ready, close } = openClient(url, { autoResubscribe: false });
  const ears = new Map<string, Ear>();
  let isHearing = false;

  const startOver = () => redis.disconnect(true);

  const resume = async () => {
    isHearing = true;
    const open = [...ears].flatMap(([channel, { isOpen }]) => (isOpen ? [channel] : []));
    if (open.length === 0) return;
    try {
      await redis.subscribe(...open);
    } catch {
      startOver();
      return;
    }
    for (const channel of open) onMissed(channel);
  };

  redis.on("message", onMessage);
  redis.on("ready", () => void resume());
  redis.on("close", () => {
    if (isHearing) onLost();
    isHearing = false;
  });
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
      } catch {
        if (redis.status === "ready") startOver();
      } finally {
        ear.isOpen = true;
      }
    },
    leave: (channel) => {
      ears.delete(channel);
      // What still comes on it is for nobody.
      if (redis.status === "ready") redis.unsubscribe(channel).catch(() => undefined);
    },
    close: () => {
      clearInterval(beat);
      return close();
    },
  };
}
