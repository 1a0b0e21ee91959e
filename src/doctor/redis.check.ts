import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { openClient, type RedisClient } from "../services/redis/redis.client.ts";
import { refusalOf } from "../services/redis/redis.refusal.ts";
import type { Clock } from "./clock.check.ts";
import { ok, skipped, warning, wrong, type Told } from "./finding.ts";
import { trialsOf, type Trial } from "./redis.trial.ts";
import { troubleWith } from "./trouble.ts";

/** What Redis does, and how its clock stood. */
export interface RedisFindings {
  readonly told: readonly Told[];
  readonly clock: Clock | undefined;
}

const account =
  "Give the account in REDIS_URL the keys, channels and commands that docs/architecture.md lists.";
const slowMs = 20;

/** What Redis says when it refuses, and what to do about that. */
function refused(check: string, word: string): Told {
  switch (word) {
    case "WRONGPASS":
    case "NOAUTH":
      return wrong(
        check,
        `Redis does not accept the credential (${word}).`,
        "Correct user and password in REDIS_URL.",
      );
    case "NOPERM":
      return wrong(check, "Redis does not let this account do that (NOPERM).", account);
    case "READONLY":
      return wrong(check, "it is a replica, which takes no writes.", "Set REDIS_URL to the primary.");
    case "OOM":
      return wrong(check, "Redis is full.", "Give it more memory, or REDIS_URL a Redis of its own.");
    case "LOADING":
    case "MASTERDOWN":
      return wrong(
        check,
        `Redis is not ready (${word}).`,
        "Wait, and see its log; REDIS_URL says where it is.",
      );
    default:
      return wrong(check, `Redis refuses (${word}).`, "See Redis' log; REDIS_URL says where it is.");
  }
}

function withoutCredential(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

const asked = (check: string, address: string) => ({
  check,
  service: "Redis",
  address,
  variable: "REDIS_URL",
});

async function tried({ check, run }: Trial, address: string): Promise<Told> {
  try {
    await run();
    return ok(check, "that works.");
  } catch (error) {
    const refusal = refusalOf(error);
    return refusal === undefined ? troubleWith(asked(check, address), error) : refused(check, refusal);
  }
}

const fieldOf = (info: string, name: string) =>
  new RegExp(`^${name}:(?<value>[^\\r\\n]*)`, "m").exec(info)?.groups?.["value"];

/** What trims the audit trail by time came with 6.2. */
function versionOf(version: string): Told {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 6 || (major === 6 && minor >= 2)) return ok("version", `Redis ${version}.`);
  const says = `Redis ${version} is older than 6.2, which the audit trail needs.`;
  return warning("version", says, "Set REDIS_URL to a Redis of 6.2 or newer.");
}

/** What Redis says of itself. */
async function checkSelf(redis: Redis): Promise<readonly Told[]> {
  const info = await redis.info().catch((error: unknown) => {
    if (refusalOf(error) === undefined) throw error;
    return undefined;
  });
  if (info === undefined) return [skipped("memory", "this account may not ask for INFO.")];
  const policy = fieldOf(info, "maxmemory_policy") ?? "noeviction";
  const isBounded = fieldOf(info, "maxmemory") !== "0";
  const told = [versionOf(fieldOf(info, "redis_version") ?? "")];
  if (fieldOf(info, "role") === "slave") told.push(refused("role", "READONLY"));
  if (policy === "noeviction" || !isBounded) return [...told, ok("memory", "nothing is evicted.")];
  return [
    ...told,
    warning(
      "memory",
      `when it is full, it forgets keys (maxmemory-policy ${policy}): locks, sessions that are over, revisions.`,
      "Set maxmemory-policy to noeviction, or give REDIS_URL a Redis of its own.",
    ),
  ];
}

async function checkLatency(redis: Redis): Promise<Told> {
  const took: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const startedAt = performance.now();
    // One after the other: together they would share a round trip.
    await redis.ping();
    took.push(performance.now() - startedAt);
  }
  const middle = took.sort((one, other) => one - other)[2] ?? 0;
  const says = `a round trip takes ${middle < 1 ? "less than 1" : Math.round(middle)} ms.`;
  if (middle < slowMs) return ok("latency", says);
  return warning(
    "latency",
    says,
    "Every write waits for several: put REDIS_URL's Redis nearer to the gateway.",
  );
}

async function connected({ redis, ready }: RedisClient): Promise<void> {
  let failure: unknown;
  redis.on("error", (error) => (failure ??= error));
  await ready().catch((error: unknown) => {
    throw failure ?? error;
  });
  // A credential that is refused is told of only now.
  await redis.ping();
}

export async function checkRedis(url: string | undefined): Promise<RedisFindings> {
  if (url === undefined) {
    return {
      told: [skipped("redis", "none is configured: run one replica, or set REDIS_URL.")],
      clock: undefined,
    };
  }
  const address = withoutCredential(url);
  const [asking, listening] = [openClient(url), openClient(url)];
  listening.redis.on("error", () => undefined);
  const { trials, clock, clean } = trialsOf(asking.redis, listening, randomUUID());
  try {
    const reached = await tried({ check: "redis", run: () => connected(asking) }, address);
    if (reached.standing !== "ok") return { told: [reached], clock: undefined };
    const self = await checkSelf(asking.redis);
    const answers = { ...reached, says: `Redis answers at ${address}.` };
    // The client leaves one that takes no writes: what else it does cannot be tried.
    if (self.some(({ check }) => check === "role")) return { told: [answers, ...self], clock: undefined };
    const beforeMs = Date.now();
    const told = await Promise.all(trials.map((trial) => tried(trial, address)));
    const theirsMs = clock();
    const latency = await checkLatency(asking.redis);
    return {
      told: [answers, ...self, ...told, latency],
      clock: theirsMs === undefined ? undefined : { theirsMs, beforeMs, afterMs: Date.now(), isExact: true },
    };
  } catch (error) {
    return { told: [troubleWith(asked("redis", address), error)], clock: undefined };
  } finally {
    // What may not be removed was not made, or lapses.
    await clean().catch(() => undefined);
    await Promise.all([asking.close(), listening.close()]);
  }
}
