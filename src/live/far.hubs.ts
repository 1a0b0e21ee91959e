import type { z } from "zod";
import type { Log } from "../log.ts";
import type { Tell } from "./hub.ts";
import type { Relay } from "./relay.ts";

/** What an event of each kind must be when it comes from outside. */
export type EventShapes<Events extends object> = { readonly [Kind in keyof Events]: z.ZodType<Events[Kind]> };

/** What the hub of this process does with what comes from others. */
export interface NearHub<Events extends object> {
  readonly tell: Tell<Events>;
  readonly deafened: () => void;
  readonly missed: (kind: keyof Events & string, topic: string) => void;
}

/** The hubs of the other replicas, as the one here sees them. */
export interface FarHubs<Events extends object> {
  readonly publish: Tell<Events>;
  /** Listens for one more who wants to hear of a topic. */
  readonly join: (kind: keyof Events & string, topic: string) => void;
  /** One of them goes. */
  readonly leave: (kind: keyof Events & string, topic: string) => void;
  /** Done once the others are heard about what was joined, or cannot be for now. */
  readonly heard: (kind: keyof Events & string, topic: string) => Promise<void>;
  /** Whether the others are heard about everything that was joined. */
  readonly isHearing: () => boolean;
  readonly attach: (near: NearHub<Events>) => void;
}

interface Means<Events extends object> {
  readonly relay: Relay;
  readonly shapes: EventShapes<Events>;
  readonly log: Log;
}

interface Interest {
  /** How many here want to hear of it. */
  listeners: number;
  readonly opened: Promise<void>;
}

/** Hubs that are reached through a relay: only what somebody here listens to is asked for, and what comes is checked. */
export function createFarHubs<Events extends object>({ relay, shapes, log }: Means<Events>): FarHubs<Events> {
  type Kind = keyof Events & string;
  const interests = new Map<string, Interest>();
  const channelOf = (kind: Kind, topic: string) => `${kind}:${topic}`;
  const readChannel = (channel: string) => {
    const end = channel.indexOf(":");
    return { kind: channel.slice(0, end) as Kind, topic: channel.slice(end + 1) };
  };

  return {
    publish: (kind, topic, event) => relay.send(channelOf(kind, topic), event),
    join: (kind, topic) => {
      const channel = channelOf(kind, topic);
      const interest = interests.get(channel);
      if (interest) interest.listeners += 1;
      else interests.set(channel, { listeners: 1, opened: relay.listen(channel) });
    },
    leave: (kind, topic) => {
      const channel = channelOf(kind, topic);
      const interest = interests.get(channel);
      if (!interest) return;
      interest.listeners -= 1;
      if (interest.listeners > 0) return;
      interests.delete(channel);
      relay.leave(channel);
    },
    heard: async (kind, topic) => interests.get(channelOf(kind, topic))?.opened,
    isHearing: relay.isHearing,
    attach: (near) =>
      relay.attach({
        hear: (channel, news) => {
          // A last one may come for a topic that nobody wants any more.
          if (!interests.has(channel)) return;
          const { kind, topic } = readChannel(channel);
          const read = shapes[kind].safeParse(news);
          if (read.success) near.tell(kind, topic, read.data);
          else log.warn({ kind, topic }, "another replica told something that makes no sense");
        },
        deafened: near.deafened,
        missed: (channel) => {
          const { kind, topic } = readChannel(channel);
          if (interests.has(channel)) near.missed(kind, topic);
        },
      }),
  };
}
