import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { Relay, RelayReceiver } from "../../live/relay.ts";
import { openListener } from "./redis.listener.ts";
import type { RedisConnection } from "./redis.connection.ts";

/** A relay that can be closed. */
export interface RedisRelay extends Relay {
  readonly close: () => Promise<void>;
}

interface Means {
  /** What is told goes this way; a connection of its own listens. */
  readonly redis: RedisConnection;
  readonly url: string;
  readonly log: Log;
}

/** What goes over a channel: who tells, and news; without any, that some may have gone unheard. */
const message = z.object({ from: z.string(), news: z.unknown().optional() });

const prefix = "sett:live:";

/** Channels that others could not be told on are remembered, so many of them. */
const mostOwed = 10_000;

function readMessage(text: string): z.output<typeof message> | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Carries news between replicas over Redis' channels. What Redis did not take is made up for by saying so later. */
export function openRedisRelay({ redis, url, log }: Means): RedisRelay {
  const self = randomUUID();
  const owed = new Set<string>();
  let receiver: RelayReceiver | undefined;

  const publish = (channel: string, news?: unknown) =>
    redis.ask((client) => client.publish(prefix + channel, JSON.stringify({ from: self, news })));

  const owe = (channel: string) => {
    if (owed.size === 0) log.warn({ upstream: "redis" }, "other replicas could not be told of something");
    owed.add(channel);
    const [oldest] = owed;
    if (owed.size > mostOwed && oldest !== undefined) owed.delete(oldest);
  };

  const makeUp = async () => {
    const channels = [...owed];
    owed.clear();
    await Promise.all(channels.map((channel) => publish(channel).catch(() => owe(channel))));
  };

  const listener = openListener({
    url,
    onMessage: (channel, text) => {
      const name = channel.slice(prefix.length);
      const read = readMessage(text);
      if (!read) log.warn({ channel: name }, "somebody told something that is no message of a replica's");
      else if (read.from === self) return;
      else if (read.news === undefined) receiver?.missed(name);
      else receiver?.hear(name, read.news);
    },
    onLost: () => receiver?.deafened(),
    onMissed: (channel) => receiver?.missed(channel.slice(prefix.length)),
    onBeat: () => {
      if (owed.size > 0) void makeUp();
    },
  });

  return {
    send: (channel, news) => void publish(channel, news).catch(() => owe(channel)),
    listen: (channel) => listener.listen(prefix + channel),
    leave: (channel) => listener.leave(prefix + channel),
    attach: (given) => {
      receiver = given;
    },
    close: () => listener.close(),
  };
}
