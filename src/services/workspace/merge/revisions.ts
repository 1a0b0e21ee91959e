import { LRUCache } from "lru-cache";
import { SettError, UpstreamUnavailable } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import type { Json } from "../json.ts";

/**
 * Documents as they were read, so that a write that names what it started from can be merged. They are forgotten
 * sooner or later: whoever names a revision that is not known any more has to read again, and never overwrites.
 */
export interface RevisionStore {
  readonly remember: (scope: string, revision: string, document: Json) => Promise<void>;
  /** Undefined when it is not known, or not any more; an outage is an error. */
  readonly recall: (scope: string, revision: string) => Promise<Json | undefined>;
}

/** What of Redis keeps revisions. */
export interface RevisionRedis {
  readonly get: (key: string) => Promise<string | null>;
  readonly set: (key: string, value: string, unit: "PX", ms: number) => Promise<unknown>;
}

/** A scope has no colon then, so no revision that somebody names reaches into another scope. */
const keyOf = (scope: string, revision: string) => `${encodeURIComponent(scope)}:${revision}`;

/** Keeps the revisions last used in the process, as many as fit into so many bytes. */
export function createLocalRevisions({ bytes }: { readonly bytes: number }): RevisionStore {
  // As text: its size is known, and nobody who was given it can change what is kept.
  const kept = new LRUCache<string, string>({
    maxSize: Math.max(bytes, 1),
    sizeCalculation: (text, key) => Buffer.byteLength(text) + key.length,
  });
  return {
    remember: async (scope, revision, document) => {
      const key = keyOf(scope, revision);
      if (kept.get(key) === undefined) kept.set(key, JSON.stringify(document));
    },
    recall: async (scope, revision) => {
      const text = kept.get(keyOf(scope, revision));
      return text === undefined ? undefined : (JSON.parse(text) as Json);
    },
  };
}

const prefix = "sett:revision:";

/** How many keys are known to have been sent a short while ago. */
const knownKeys = 10_000;

const reasonOf = (error: unknown) => {
  if (error instanceof UpstreamUnavailable) return error.reason;
  return error instanceof Error ? error.message : "unknown";
};

/** The document that a text holds; undefined when it is none. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Keeps revisions in Redis, for all replicas, until they have not been read for so long. */
export function createSharedRevisions(
  redis: RevisionRedis,
  { keepMs, log }: { readonly keepMs: number; readonly log: Log },
): RevisionStore {
  // A document read over and over is not sent each time; it is kept longer by as much as it is not sent.
  const unsentMs = Math.ceil(keepMs / 10);
  const sent = new LRUCache<string, true>({ max: knownKeys, ttl: unsentMs });
  return {
    remember: async (scope, revision, document) => {
      const key = prefix + keyOf(scope, revision);
      if (sent.has(key)) return;
      try {
        await redis.set(key, JSON.stringify(document), "PX", keepMs + unsentMs);
        sent.set(key, true);
      } catch (error) {
        // What was read is right all the same; only a write that starts from it may have to read again.
        log.warn({ upstream: "redis", reason: reasonOf(error) }, "a revision was not remembered");
      }
    },
    recall: async (scope, revision) => {
      const text = await redis.get(prefix + keyOf(scope, revision)).catch((error: unknown) => {
        throw error instanceof SettError ? error : new UpstreamUnavailable("redis", reasonOf(error));
      });
      return text === null ? undefined : parsed(text);
    },
  };
}
