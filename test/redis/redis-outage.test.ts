import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { RateLimited, UpstreamUnavailable } from "../../src/errors.ts";
import { startRedis, type RedisServer } from "./redis.server.ts";
import { isSomebodyNext, openReplica } from "./replica.ts";
import { runScript } from "./script.process.ts";

const waitMs = 2000;
/** A wait, and what a command and a connection may take. */
const boundMs = 5000;
const leaseMs = 1000;

const unavailable = {
  message: "The service redis is not available; try again later.",
  extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "redis" },
};

async function failureOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("with Redis stopped the answer is UPSTREAM_UNAVAILABLE within the bound; with Redis back all is well", async () => {
  const redis = await startRedis();
  const { lock, logged } = openReplica(redis.url, waitMs);
  await (await lock.write("acme-dev")).release();

  await redis.stop();
  const askedAt = performance.now();
  expect(await failureOf(lock.write("acme-dev"))).toMatchObject(unavailable);
  expect(performance.now() - askedAt).toBeLessThan(boundMs);
  await vi.waitFor(() => expect(logged()).toContain("redis is not available"), { timeout: 10_000 });

  await redis.start();
  await vi.waitFor(async () => (await lock.write("acme-dev")).release(), { timeout: boundMs });
  expect(logged()).toContain("redis is available again");
});

test("an outage is logged once, however often a connection is tried", async () => {
  const redis = await startRedis();
  const { lock, logged } = openReplica(redis.url, waitMs);
  await (await lock.read("acme-dev")).release();
  await redis.stop();
  await vi.waitFor(() => expect(logged()).toContain("redis is not available"), { timeout: 10_000 });
  for (const _ of [1, 2, 3])
    expect(await failureOf(lock.read("acme-dev"))).toBeInstanceOf(UpstreamUnavailable);
  expect(logged().match(/redis is not available/g)).toHaveLength(1);
});

test("a Redis that accepts and never answers costs a bounded wait, and is used again once it answers", async () => {
  const redis = await startRedis();
  const { lock } = openReplica(redis.url, waitMs);
  await (await lock.write("acme-dev")).release();
  redis.freeze();
  const askedAt = performance.now();
  expect(await failureOf(lock.write("acme-dev"))).toMatchObject(unavailable);
  expect(performance.now() - askedAt).toBeLessThan(boundMs);
  redis.thaw();
  await vi.waitFor(async () => (await lock.read("acme-dev")).release(), { timeout: boundMs });
});

test("a writer whose lease cannot be renewed is told before the lease is over", async () => {
  const redis = await startRedis();
  const { lock } = openReplica(redis.url, waitMs, leaseMs);
  const { lost, release } = await lock.write("acme-dev");
  const aborted = once(lost, "abort");
  const stoppedAt = performance.now();
  await redis.stop();
  await aborted;
  expect(performance.now() - stoppedAt).toBeLessThan(leaseMs);
  expect(lost.reason).toMatchObject(unavailable);
  await release();
});

test("a writer that Redis has forgotten is told, and its place is somebody else's", async () => {
  const redis = await startRedis();
  const [one, other] = [openReplica(redis.url, waitMs, leaseMs), openReplica(redis.url, waitMs, leaseMs)];
  const { lost, release } = await one.lock.write("acme-dev");
  const aborted = once(lost, "abort");
  await other.redis.ask((client) => client.flushall());
  const taken = await other.lock.write("acme-dev");
  await aborted;
  await release();
  expect(taken.lost.aborted).toBe(false);
});

test("an outage shorter than a lease costs nobody their place", async () => {
  const redis = await startRedis();
  const longerMs = 2500;
  const [one, other] = [openReplica(redis.url, waitMs, longerMs), openReplica(redis.url, longerMs, longerMs)];
  const { lost } = await one.lock.write("acme-dev");
  redis.freeze();
  await vi.waitFor(() => expect(one.logged()).toContain("Command timed out"), { timeout: boundMs });
  redis.thaw();
  await vi.waitFor(() => other.redis.ask((client) => client.ping()), { timeout: boundMs });
  await expect(other.lock.read("acme-dev")).rejects.toBeInstanceOf(RateLimited);
  expect(lost.aborted).toBe(false);
});

test("a gateway whose Redis is away from the start comes up, and works once Redis is there", async () => {
  const redis = await startRedis();
  await redis.stop();
  const { lock } = openReplica(redis.url, waitMs);
  expect(await failureOf(lock.read("acme-dev"))).toMatchObject(unavailable);
  await redis.start();
  await vi.waitFor(async () => (await lock.read("acme-dev")).release(), { timeout: boundMs });
});

test("a Redis that does not accept the password is not available, and the password is in no log", async () => {
  const { url } = await startRedis(["--requirepass", "right-horse"]);
  const { redis, logged } = openReplica(url.replace("//", "//:wrong-horse@"), waitMs);
  expect(await failureOf(redis.ask((client) => client.ping()))).toMatchObject(unavailable);
  await vi.waitFor(() => expect(logged()).toContain("redis is not available"), { timeout: 10_000 });
  expect(logged()).not.toContain("horse");
});

test("a connection that was closed answers at once, and closing it twice does no harm", async () => {
  const { url } = await startRedis();
  const { redis } = openReplica(url, waitMs);
  await redis.close();
  await redis.close();
  expect(await failureOf(redis.ask((client) => client.ping()))).toMatchObject(unavailable);
});

test.each([
  { what: "connected", prepare: async () => undefined },
  { what: "looking for Redis", prepare: (redis: RedisServer) => redis.stop() },
  { what: "waiting for Redis", prepare: async (redis: RedisServer) => redis.freeze() },
])("a process that closes its lock while $what ends by itself", async ({ prepare }) => {
  const redis = await startRedis();
  const child = runScript("closing.process.ts", [redis.url, "10000"]);
  await once(child.stdout, "data");
  await prepare(redis);
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each([
  { what: "is gone", outage: (redis: RedisServer) => redis.stop() },
  { what: "does not answer", outage: async (redis: RedisServer) => redis.freeze() },
])(
  "a process that holds a place while Redis $what learns that it is lost, and lives on",
  async ({ outage }) => {
    const redis = await startRedis();
    const child = runScript("closing.process.ts", [redis.url, "400"]);
    expect(String(await once(child.stdout, "data"))).toBe("holding\n");
    await outage(redis);
    expect(String(await once(child.stdout, "data"))).toBe("lost\n");
    child.stdin.end();
    expect(await once(child, "exit")).toEqual([0, null]);
  },
);

test("a replica that closes while somebody of it is next lets the others pass at once", async () => {
  const redis = await startRedis();
  const [closing, other] = [openReplica(redis.url, boundMs), openReplica(redis.url, waitMs)];
  const reader = await other.lock.read("acme-dev");
  const writer = failureOf(closing.lock.write("acme-dev"));
  await vi.waitFor(async () => expect(await isSomebodyNext(other, "acme-dev")).toBe(true), {
    timeout: 10_000,
  });
  await closing.lock.close();
  await closing.redis.close();
  expect(await writer).toBeInstanceOf(RateLimited);
  await expect(other.lock.read("acme-dev")).resolves.toBeDefined();
  await reader.release();
});

test("with Redis silent, a crowd is told so within the bound, and not one after the other", async () => {
  const redis = await startRedis();
  const { lock } = openReplica(redis.url, waitMs);
  await (await lock.read("acme-dev")).release();
  redis.freeze();
  const askedAt = performance.now();
  const answers = await Promise.all(Array.from({ length: 20 }, () => failureOf(lock.read("acme-dev"))));
  expect(answers.every((answer) => answer instanceof UpstreamUnavailable)).toBe(true);
  expect(performance.now() - askedAt).toBeLessThan(boundMs);
  redis.thaw();
});
