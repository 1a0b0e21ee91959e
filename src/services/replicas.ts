import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { createLocalTrail } from "./audit/local.trail.ts";
import { createRedisTrail } from "./audit/redis.trail.ts";
import type { TrailStore } from "./audit/trail.store.ts";
import {
  createLocalDeployments,
  createSharedDeployments,
  type DeploymentStore,
} from "./functions/deployments/deployment.store.ts";
import { createLocalLock } from "./workspace/lock/local.lock.ts";
import type { PresenceStore } from "../live/presence.record.ts";
import type { Relay } from "../live/relay.ts";
import { createPresenceStore } from "./redis/presence.store.ts";
import { createRedisCheck } from "./redis/redis.check.ts";
import { openRedis } from "./redis/redis.connection.ts";
import type { RedisMetrics, RedisStanding } from "./redis/redis.metrics.ts";
import { openRedisRelay } from "./redis/redis.relay.ts";
import { createLocalSessions, type SessionStore } from "./sessions/session.store.ts";
import { createSharedSessions } from "./sessions/shared.sessions.ts";
import { createSharedLock } from "./workspace/lock/shared.lock.ts";
import type { WorkspaceLock } from "./workspace/lock/workspace.lock.ts";
import {
  createLocalRevisions,
  createSharedRevisions,
  type RevisionStore,
} from "./workspace/merge/revisions.ts";

/** What several gateways must have in common to work on the same things: in Redis where there is one. */
export interface Shared {
  readonly lock: WorkspaceLock;
  readonly revisions: RevisionStore;
  readonly deployments: DeploymentStore;
  readonly sessions: SessionStore;
  /** What people did. */
  readonly trail: TrailStore;
  /** To the other replicas; undefined without a Redis, as are the next two. */
  readonly relay: Relay | undefined;
  /** Where replicas tell each other who is there. */
  readonly presence: PresenceStore | undefined;
  /** Fails unless Redis takes what replicas share, and lets them hear each other. */
  readonly ping: (() => Promise<unknown>) | undefined;
  /** How Redis is seen from here. */
  readonly standing: RedisStanding | undefined;
  readonly close: () => Promise<void>;
}

type Settings = Pick<
  Config,
  | "REDIS_URL"
  | "WORKSPACE_WAIT"
  | "REVISION_MEMORY"
  | "REVISION_TTL"
  | "DEPLOYMENT_MEMORY"
  | "DEPLOYMENT_TTL"
  | "PRESENCE_TTL"
  | "VIEWER_TTL"
  | "AUDIT_LENGTH"
  | "AUDIT_TTL"
>;

export function openShared(config: Settings, log: Log, metrics?: RedisMetrics): Shared {
  const waitMs = config.WORKSPACE_WAIT;
  const near = createLocalRevisions({ bytes: config.REVISION_MEMORY });
  const keepMs = config.DEPLOYMENT_TTL;
  const nearDeployments = createLocalDeployments({ size: config.DEPLOYMENT_MEMORY, keepMs });
  const kept = { length: config.AUDIT_LENGTH, keepMs: config.AUDIT_TTL };
  if (config.REDIS_URL === undefined) {
    const lock = createLocalLock({ waitMs });
    return {
      lock,
      revisions: near,
      deployments: nearDeployments,
      sessions: createLocalSessions(),
      trail: createLocalTrail(kept),
      relay: undefined,
      presence: undefined,
      ping: undefined,
      standing: undefined,
      close: () => lock.close(),
    };
  }
  const redis = openRedis({ url: config.REDIS_URL, log, metrics });
  const relay = openRedisRelay({ redis, url: config.REDIS_URL, log, metrics });
  const lock = createSharedLock({ redis, waitMs });
  const far = createSharedRevisions(
    {
      get: (key) => redis.ask((client) => client.get(key)),
      set: (key, value, unit, ms) => redis.ask((client) => client.set(key, value, unit, ms)),
    },
    { keepMs: config.REVISION_TTL, log },
  );
  const deployments = createSharedDeployments(
    {
      get: (key) => redis.ask((client) => client.get(key)),
      set: (key, value, unit, ms) => redis.ask((client) => client.set(key, value, unit, ms)),
      del: (key) => redis.ask((client) => client.del(key)),
    },
    { near: nearDeployments, keepMs, log },
  );
  const sessions = createSharedSessions(
    {
      get: (...keys) => redis.ask((client) => client.mget(...keys)),
      set: (key, value, unit, ms) => redis.ask((client) => client.set(key, value, unit, ms)),
    },
    { freshMs: config.VIEWER_TTL, log },
  );
  return {
    lock,
    deployments,
    sessions,
    trail: createRedisTrail(redis, { ...kept, log }),
    relay,
    presence: createPresenceStore(redis, { keepMs: config.PRESENCE_TTL, log }),
    ping: createRedisCheck({ redis, relay, log }),
    standing: { isConnected: redis.isConnected, isHearing: relay.isHearing },
    revisions: {
      remember: async (...revision) => {
        await near.remember(...revision);
        await far.remember(...revision);
      },
      recall: async (...revision) => (await near.recall(...revision)) ?? far.recall(...revision),
    },
    close: async () => {
      sessions.close();
      await lock.close();
      await relay.close();
      await redis.close();
    },
  };
}
