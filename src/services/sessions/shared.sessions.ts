import { LRUCache } from "lru-cache";
import type { Log } from "../../log.ts";
import { createLocalSessions, type SessionNote, type SessionStore } from "./session.store.ts";

/** What of Redis keeps sessions. */
export interface SessionRedis {
  readonly get: (...keys: readonly string[]) => Promise<readonly (string | null)[]>;
  readonly set: (key: string, value: string, unit: "PX", ms: number) => Promise<unknown>;
}

interface Means {
  /** How old what was read may be. */
  readonly freshMs: number;
  readonly log: Log;
}

/** A store that can be closed. */
export interface SharedSessions extends SessionStore {
  readonly close: () => void;
}

/** Two keys: so that a renewal that is under way cannot bring back what is over. */
const endKey = (id: string) => `sett:session-over:${id}`;
const renewalKey = (id: string) => `sett:session:${id}`;

const rememberedNotes = 20_000;
const mostOwed = 10_000;
const owedRetryMs = 5000;

/**
 * Keeps them in Redis, for all replicas. What is over here is over here at once, also while Redis is away, and the others
 * learn of it when Redis is back; what Redis cannot be asked about is neither over nor not.
 */
export function createSharedSessions(redis: SessionRedis, { freshMs, log }: Means): SharedSessions {
  const near = createLocalSessions();
  const noted = new LRUCache<string, SessionNote>({ max: rememberedNotes, ttl: Math.max(1, freshMs) });
  const owed = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const leftMs = (untilMs: number) => Math.max(1, Math.ceil(untilMs - Date.now()));
  const tellEnd = async (id: string, untilMs: number) => {
    await redis.set(endKey(id), "", "PX", leftMs(untilMs));
    owed.delete(id);
  };

  const tellOwed = async () => {
    timer = undefined;
    for (const [id, untilMs] of [...owed]) {
      if (untilMs < Date.now()) owed.delete(id);
      else await tellEnd(id, untilMs).catch(() => undefined);
    }
    tellLater();
  };
  const tellLater = () => {
    if (owed.size > 0) timer ??= setTimeout(() => void tellOwed(), owedRetryMs).unref();
  };

  const ask = async (id: string): Promise<SessionNote> => {
    const [over, newest] = await redis.get(endKey(id), renewalKey(id));
    const note = { isOver: typeof over === "string", renewed: typeof newest === "string" ? [newest] : [] };
    noted.set(id, note);
    return note;
  };

  return {
    isShared: true,
    read: async (id, age = "recent") => {
      const here = await near.read(id);
      if (here.isOver) return here;
      const { isOver, renewed } = (age === "recent" ? noted.get(id) : undefined) ?? (await ask(id));
      // Redis may have missed what was renewed here.
      return { isOver, renewed: [...here.renewed, ...renewed] };
    },
    renew: async (id, sealed, untilMs) => {
      await near.renew(id, sealed, untilMs);
      noted.delete(id);
      await redis.set(renewalKey(id), sealed, "PX", leftMs(untilMs)).catch(() => {
        log.warn({ upstream: "redis" }, "the renewal of a session was not remembered for others");
      });
    },
    end: async (id, untilMs) => {
      await near.end(id, untilMs);
      await tellEnd(id, untilMs).catch(() => {
        log.warn({ upstream: "redis" }, "other replicas do not know yet that a session is over");
        owed.set(id, untilMs);
        const [oldest] = owed.keys();
        if (owed.size > mostOwed && oldest !== undefined) owed.delete(oldest);
        tellLater();
      });
    },
    close: () => {
      clearTimeout(timer);
      owed.clear();
    },
  };
}
