import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { Relay, RelayReceiver } from "../../live/relay.ts";
import { delayAfter, type Delays } from "../http/delay.ts";
import { openListener } from "./redis.listener.ts";
import type { RedisConnection } from "./redis.connection.ts";
import type { RedisMetrics } from "./redis.metrics.ts";

/** A relay that can be closed. */
export interface RedisRelay extends Relay {
  /** Fails unless the others can be heard. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Means {
  /** What is told goes this way; a connection of its own listens. */
  readonly redis: RedisConnection;
  readonly url: string;
  readonly log: Log;
  readonly metrics?: Pick<RedisMetrics, "heardAfter"> | undefined;
}

/** What goes over a channel: who tells, when, and news; without any, that some may have gone unheard. */
const message = z.object({ from: z.string(), at: z.number().optional(), news: z.unknown().optional() });

const prefix = "sett:live:";

/** Channels that others could not be told on are remembered, so many of them. */
const mostOwed = 10_000;

/** A Redis that does not take them is not asked with every beat to. */
const owedDelays: Delays = { firstDelayMs: 1000, longestDelayMs: 30_000 };

function readMessage(text: string): z.output<typeof message> | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Carries news between replicas over Redis' channels. What Redis did not take is made up for by saying so later. */
export function openRedisRelay({ redis, url, log, metrics }: Means): RedisRelay {
  const self = randomUUID();
  const owed = new Set<string>();
  let failures = 0;
  let dueAtMs = 0;
  let receiver: RelayReceiver | undefined;

  const publish = (channel: string, news?: unknown) =>
    redis.ask((client) =>
      client.publish(prefix + channel, JSON.stringify({ from: self, at: Date.now(), news })),
    );

  const owe = (channel: string) => {
    if (owed.size === 0 && failures === 0) {
      log.warn({ upstream: "redis" }, "other replicas could not be told of something");
    }
    owed.add(channel);
    const [oldest] = owed;
    if (owed.size > mostOwed && oldest !== undefined) owed.delete(oldest);
  };

  const makeUp = async () => {
    const channels = [...owed];
    owed.clear();
    // What goes wrong meanwhile is the same trouble.
    failures += 1;
    dueAtMs = performance.now() + delayAfter(failures, owedDelays);
    await Promise.all(channels.map((channel) => publish(channel).catch(() => owe(channel))));
    if (owed.size === 0) failures = 0;
  };

  const listener = openListener({
    url,
    own: `${prefix}${self}`,
    log,
    onMessage: (channel, text) => {
      const name = channel.slice(prefix.length);
      const read = readMessage(text);
      if (!read) log.warn({ channel: name }, "somebody told something that is no message of a replica's");
      else if (read.from === self) return;
      else if (read.news === undefined) receiver?.missed(name);
      else {
        if (read.at !== undefined) metrics?.heardAfter((Date.now() - read.at) / 1000);
        receiver?.hear(name, read.news);
      }
    },
    onLost: () => receiver?.deafened(),
    onMissed: (channel) => receiver?.missed(channel.slice(prefix.length)),
    onBeat: () => {
      if (owed.size > 0 && performance.now() >= dueAtMs) void makeUp();
    },
  });

  return {
    send: (channel, news) => void publish(channel, news).catch(() => owe(channel)),
    listen: (channel) => listener.listen(prefix + channel),
    leave: (channel) => listener.leave(prefix + channel),
    isHearing: listener.isHearing,
    check: listener.check,
    attach: (given) => {
      receiver = given;
    },
    close: () => listener.close(),
  };
}
