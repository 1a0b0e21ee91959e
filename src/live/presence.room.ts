import { isDeepStrictEqual } from "node:util";
import type { Delivery } from "./event.queue.ts";
import { createLatest, type Latest } from "./latest.ts";
import type { PresenceExchange } from "./presence.exchange.ts";
import {
  mergePresence,
  type PresenceRecord,
  type PresenceState,
  type PresentPerson,
} from "./presence.record.ts";

/** Who somebody is that comes to a project. */
export type Newcomer = Pick<PresentPerson, "login" | "fullName">;

/** The people of one project: those of this replica, and what is known of those of others. */
export interface PresenceRoom {
  /** Somebody is there until the subscription ends. */
  readonly enter: (newcomer: Newcomer) => Promise<Latest<PresenceState>>;
  readonly now: () => Promise<PresenceState>;
  readonly exchange: PresenceExchange | undefined;
  /** Lets everybody go, and tells the others. */
  readonly close: () => Promise<void>;
}

/** What a room is to its exchange. */
export interface RoomSide {
  readonly mine: () => PresenceRecord | undefined;
  readonly onChange: () => void;
}

interface Means {
  /** To the other replicas; undefined where there are none. */
  readonly openExchange: ((room: RoomSide) => PresenceExchange) | undefined;
  /** The last one has gone, and the others know. */
  readonly onEmpty: () => void;
}

/** Those who come and go within so long are told of together: a crowd is no storm. */
const togetherMs = 50;

export function openRoom({ openExchange, onEmpty }: Means): PresenceRoom {
  const here = new Map<string, PresentPerson>();
  const subscriptions = new Set<Latest<PresenceState>>();
  let told: Delivery<PresenceState> = {
    event: { people: [], others: 0, staleSince: undefined },
    missed: 0,
  };
  let telling: NodeJS.Timeout | undefined;
  let isOver = false;

  /** Whether somebody has come, gone or been heard of since it was last found out who is there. */
  let isChanged = false;
  /** What those who are there were called for last. */
  let shown = told;

  const mine = () =>
    here.size === 0 ? undefined : mergePresence([{ people: [...here.values()], others: 0 }]);

  /** Finds out who is there, once for all who ask: the same object as long as nothing has changed. */
  const look = (): Delivery<PresenceState> => {
    if (!isChanged) return told;
    isChanged = false;
    const record = { people: [...here.values()], others: 0 };
    const merged = mergePresence([record, ...(exchange?.records() ?? [])]);
    const event = { ...merged, staleSince: exchange?.staleSince() };
    if (!isDeepStrictEqual(event, told.event)) told = { event, missed: 0 };
    return told;
  };

  const showAll = () => {
    shown = look();
    for (const subscription of subscriptions) subscription.changed();
  };

  const exchange: PresenceExchange | undefined = openExchange?.({
    mine,
    onChange: () => {
      isChanged = true;
      if (look() !== shown) showAll();
    },
  });

  const isBusy = () => here.size > 0 || telling !== undefined;

  const tell = async () => {
    telling = undefined;
    showAll();
    await exchange?.tell();
    if (isBusy() || isOver) return;
    isOver = true;
    exchange?.close();
    onEmpty();
  };

  const changed = () => {
    isChanged = true;
    telling ??= setTimeout(() => void tell(), togetherMs);
  };

  const leave = (key: string) => {
    const person = here.get(key);
    if (!person) return;
    if (person.connections > 1) here.set(key, { ...person, connections: person.connections - 1 });
    else here.delete(key);
    changed();
  };

  return {
    exchange,
    enter: async ({ login, fullName }) => {
      const key = login.toLowerCase();
      const known = here.get(key);
      const since = known?.since ?? new Date().toISOString();
      here.set(key, { login, fullName, since, connections: (known?.connections ?? 0) + 1 });
      changed();
      const subscription: Latest<PresenceState> = createLatest<PresenceState>({
        read: () => told,
        // Who has just come is told with the others, and sees themselves there.
        isKnown: false,
        onEnd: () => {
          subscriptions.delete(subscription);
          leave(key);
        },
      });
      subscriptions.add(subscription);
      // What others have is part of the first thing told.
      await exchange?.opened;
      return subscription;
    },
    now: async () => {
      await exchange?.opened;
      return look().event;
    },
    close: async () => {
      for (const subscription of [...subscriptions]) subscription.end();
      clearTimeout(telling);
      await tell();
    },
  };
}
