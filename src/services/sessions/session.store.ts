import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";

/** What is noted of a session beside the cookie that holds it. */
export interface SessionNote {
  readonly isOver: boolean;
  /** What it was renewed to, sealed, as each that was asked knows it: any of them may be behind. */
  readonly renewed: readonly string[];
}

/** What all replicas are to know of sessions, by their ids; each note is kept until its session would end. */
export interface SessionStore {
  /** Whether others may renew a session at the same time. */
  readonly isShared: boolean;
  /** What may be a little old, unless asked for fresh. Fails where it cannot be known. */
  readonly read: (id: string, age?: "recent" | "fresh") => Promise<SessionNote>;
  readonly renew: (id: string, sealed: string, untilMs: number) => Promise<void>;
  readonly end: (id: string, untilMs: number) => Promise<void>;
}

/** Of more, the oldest are forgotten: those that are over take up little, and are what must not be. */
const rememberedEnds = 200_000;
const rememberedRenewals = 20_000;

/** Keeps them in this process. */
export function createLocalSessions(): SessionStore {
  const ended = new LRUCache<string, true>(atMost(rememberedEnds));
  const newest = new LRUCache<string, string>(atMost(rememberedRenewals));
  const until = (untilMs: number) => ({ ttl: Math.max(1, Math.ceil(untilMs - Date.now())) });
  return {
    isShared: false,
    read: async (id) => {
      const sealed = newest.get(id);
      return { isOver: ended.has(id), renewed: sealed === undefined ? [] : [sealed] };
    },
    renew: async (id, sealed, untilMs) => void newest.set(id, sealed, until(untilMs)),
    end: async (id, untilMs) => {
      ended.set(id, true, until(untilMs));
      newest.delete(id);
    },
  };
}
