import { randomUUID } from "node:crypto";
import type { Log } from "../log.ts";
import type { Hub } from "./hub.ts";
import type { Latest } from "./latest.ts";
import type { LiveEvents } from "./live-events.ts";
import { openPresenceExchange } from "./presence.exchange.ts";
import { mergePresence, type PresenceState, type PresenceStore } from "./presence.record.ts";
import { openRoom, type Newcomer, type PresenceRoom } from "./presence.room.ts";

/** Who is on which project. */
export interface Presence {
  /** Somebody comes, and is told who is there, until the subscription ends: then they have gone. */
  readonly enter: (project: string, newcomer: Newcomer) => Promise<Latest<PresenceState>>;
  /** Who is there, as one sees it who is not. */
  readonly now: (project: string) => Promise<PresenceState>;
  /** Lets everybody go, and tells the others. */
  readonly close: () => Promise<void>;
}

interface Means {
  readonly hub: Hub<LiveEvents>;
  /** Where replicas keep it for each other; undefined where there is only this one. */
  readonly store: PresenceStore | undefined;
  readonly keepMs: number;
  readonly log: Log;
}

export function createPresence({ hub, store, keepMs, log }: Means): Presence {
  const replica = randomUUID();
  const rooms = new Map<string, PresenceRoom>();

  const open = (project: string): PresenceRoom => {
    const stopListening = hub.listen("presenceChanged", project, ({ replica: teller }) => {
      if (teller !== replica) void rooms.get(project)?.exchange?.renew();
    });
    const room: PresenceRoom = openRoom({
      openExchange:
        store && ((side) => openPresenceExchange({ project, replica, store, hub, keepMs, log, ...side })),
      onEmpty: () => {
        stopListening();
        if (rooms.get(project) === room) rooms.delete(project);
      },
    });
    rooms.set(project, room);
    return room;
  };

  hub.onGap("presenceChanged", {
    begins: () => {
      for (const { exchange } of rooms.values()) exchange?.lose();
    },
    isOver: (project) => void rooms.get(project)?.exchange?.tell(),
  });

  return {
    enter: (project, newcomer) => (rooms.get(project) ?? open(project)).enter(newcomer),
    now: async (project) => {
      const known = rooms.get(project);
      if (known) return known.now();
      const records = store ? await store.read(project) : [];
      return { ...mergePresence(records.map(({ record }) => record)), staleSince: undefined };
    },
    close: async () => {
      await Promise.all([...rooms.values()].map((room) => room.close()));
    },
  };
}
