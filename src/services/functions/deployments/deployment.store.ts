import { LRUCache } from "lru-cache";
import { atMost } from "../../../at-most.ts";
import { SettError } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import type { Deployment } from "../../../live/deployment.record.ts";

/** Whose deployments: a function in a producer's environment. */
export type DeploymentPlace = Pick<Deployment, "producer" | "env" | "functionName">;

/** Deployments as they were last heard of; they are forgotten sooner or later. */
export interface DeploymentStore {
  readonly save: (deployment: Deployment) => Promise<void>;
  /** Saves one again that has come no further; it becomes no newer by that. */
  readonly renew: (deployment: Deployment) => Promise<void>;
  readonly find: (key: string) => Promise<Deployment | undefined>;
  /** The newest of a function. */
  readonly last: (place: DeploymentPlace) => Promise<Deployment | undefined>;
  /** Lets a function that is gone have had none; the deployments themselves stay. */
  readonly forgetLast: (place: DeploymentPlace) => Promise<void>;
}

interface Limits {
  readonly size: number;
  readonly keepMs: number;
}

const placeOf = ({ producer, env, functionName }: DeploymentPlace) => `${producer}/${env}/${functionName}`;

/** Keeps them in this process. */
export function createLocalDeployments({ size, keepMs }: Limits): DeploymentStore {
  const kept = new LRUCache<string, Deployment>({ ...atMost(size), ttl: keepMs });
  const newest = new LRUCache<string, string>({ ...atMost(size), ttl: keepMs });
  return {
    save: async (deployment) => {
      kept.set(deployment.key, deployment);
      if (deployment.state === "QUEUED") newest.set(placeOf(deployment), deployment.key);
    },
    renew: async (deployment) => void kept.set(deployment.key, deployment),
    find: async (key) => kept.get(key),
    last: async (place) => {
      const key = newest.get(placeOf(place));
      return key === undefined ? undefined : kept.get(key);
    },
    forgetLast: async (place) => void newest.delete(placeOf(place)),
  };
}

/** What of Redis keeps deployments. */
export interface DeploymentRedis {
  readonly get: (key: string) => Promise<string | null>;
  readonly set: (key: string, value: string, unit: "PX", ms: number) => Promise<unknown>;
  readonly del: (key: string) => Promise<unknown>;
}

const recordKey = (key: string) => `sett:deployment:${key}`;
const newestKey = (place: DeploymentPlace) => `sett:deployment-of:${placeOf(place)}`;

/** Keeps them in Redis, for all replicas, and in this process for when Redis is away. */
export function createSharedDeployments(
  redis: DeploymentRedis,
  { near, keepMs, log }: { readonly near: DeploymentStore; readonly keepMs: number; readonly log: Log },
): DeploymentStore {
  /** A deployment goes on whether or not others can hear of it. */
  const quietly = async (write: Promise<unknown>) => {
    await write.catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : "unknown";
      log.warn({ upstream: "redis", reason }, "a deployment was not remembered for others");
    });
  };
  const find = async (key: string): Promise<Deployment | undefined> => {
    try {
      const text = await redis.get(recordKey(key));
      // What this process ran itself it knows best, whenever Redis has lost it.
      return text === null ? await near.find(key) : (JSON.parse(text) as Deployment);
    } catch (error) {
      const known = await near.find(key);
      if (known || !(error instanceof SettError)) return known;
      throw error;
    }
  };
  const keep = (deployment: Deployment) =>
    quietly(redis.set(recordKey(deployment.key), JSON.stringify(deployment), "PX", keepMs));
  return {
    renew: async (deployment) => {
      await near.renew(deployment);
      await keep(deployment);
    },
    save: async (deployment) => {
      await near.save(deployment);
      await keep(deployment);
      if (deployment.state !== "QUEUED") return;
      await quietly(redis.set(newestKey(deployment), deployment.key, "PX", keepMs));
    },
    find,
    last: async (place) => {
      const key = await redis.get(newestKey(place));
      return key === null ? undefined : find(key);
    },
    forgetLast: async (place) => {
      await near.forgetLast(place);
      await quietly(redis.del(newestKey(place)));
    },
  };
}
