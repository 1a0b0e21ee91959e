import { expect, onTestFinished, test, vi } from "vitest";
import type { AuditEntry } from "../../src/services/audit/audit.entry.ts";
import { createRedisTrail } from "../../src/services/audit/redis.trail.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { createLog } from "../../src/log.ts";
import { AuditTrailDocument } from "../generated/operations.ts";
import { LogLines } from "../support/log-lines.ts";
import type { Person } from "../support/sett.ts";
import { startTwo } from "./gateways.ts";
import { startRedis, type RedisServer } from "./redis.server.ts";

const patient = { timeout: 10_000, interval: 20 };
const demos = { project: { producer: "demo", env: "dev" } };

const saveFile = async (person: Person, path: string) => {
  const { codes } = await person.askText(
    `mutation ($path: FilePath!) {
      saveRepoFile(input: { repo: { owner: "customer-demo", name: "dev" }, path: $path, content: "a" }) { commitSha }
    }`,
    { path },
  );
  return codes;
};

/** The paths that a trail tells of, newest first, once there are so many. */
const pathsAt = (person: Person, length: number) =>
  vi.waitFor(async () => {
    const { data, codes } = await person.ask(AuditTrailDocument, demos);
    expect(codes).toEqual([]);
    expect(data?.auditTrail?.entries).toHaveLength(length);
    return data?.auditTrail?.entries.map(({ named }) => named[0]?.value);
  }, patient);

test("what was done at one gateway is seen at all of them, in one order", async () => {
  const { here, there } = await startTwo();
  await saveFile(here.as("demo"), "one.txt");
  await pathsAt(there.as("demo"), 1);
  await saveFile(there.as("al"), "two.txt");
  await pathsAt(here.as("demo"), 2);
  await saveFile(here.as("demo"), "three.txt");
  const paths = ["three.txt", "two.txt", "one.txt"];
  expect(await pathsAt(there.as("demo"), 3)).toEqual(paths);
  expect(await pathsAt(here.as("demo"), 3)).toEqual(paths);
});

test("while Redis is away changes are made and their lines written; what waited is in the trail once it is back", async () => {
  const { redis, here, there } = await startTwo();
  await saveFile(here.as("demo"), "one.txt");
  await pathsAt(here.as("demo"), 1);
  await redis.stop();
  expect(await saveFile(here.as("demo"), "two.txt")).toEqual([]);
  const { codes, errors } = await there.as("demo").ask(AuditTrailDocument, demos);
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(errors[0]?.extensions["upstream"]).toBe("redis");
  expect(here.log.entries.filter(({ audit }) => audit === true)).toHaveLength(2);
  await redis.start();
  expect(await pathsAt(there.as("demo"), 1)).toEqual(["two.txt"]);
});

test("whoever cannot be told apart from somebody who names what is not there begins no trail", async () => {
  const { redis, here } = await startTwo();
  await here.as("eve").askText('{ project(producer: "nosuch") { name } }');
  await here.as("eve").askText('{ project(producer: "demo") { name } }');
  await saveFile(here.as("zu"), "refused.txt");
  const { redis: client } = openTrail(redis);
  const keys = () => client.ask((asked) => asked.keys("sett:audit:*"));
  await vi.waitFor(
    async () => expect(await keys()).toEqual(["sett:audit:customer-demo/dev:refused"]),
    patient,
  );
});

/** A trail of its own on a Redis. */
function openTrail({ url }: Pick<RedisServer, "url">, limits: { length?: number; keepMs?: number } = {}) {
  const log = new LogLines();
  const redis = openRedis({ url, log: createLog("info", log) });
  const trail = createRedisTrail(redis, {
    length: 100,
    keepMs: 60_000,
    ...limits,
    log: createLog("info", log),
  });
  onTestFinished(async () => {
    await trail.close();
    await redis.close();
  });
  return { redis, trail, log };
}

const entry = (id: string): AuditEntry => ({
  ...{ id, at: new Date().toISOString(), requestId: "a-request", kind: "mutation", by: "gitea-token" },
  outcome: "done",
});
const kept = { trail: "customer-demo/dev", isLetThrough: true, mayBegin: true };
const everything = { first: 100_000, after: undefined, matches: () => true };

test("a trail is no longer than it may be, give or take what Redis keeps together", async () => {
  const { trail } = openTrail(await startRedis(), { length: 300 });
  for (let index = 0; index < 1000; index += 1) trail.keep(entry(`entry-${index}`), kept);
  const read = await vi.waitFor(async () => {
    const part = await trail.read([kept.trail], everything);
    expect(part.entries[0]?.entry.id).toBe("entry-999");
    return part;
  }, patient);
  expect(read.entries.length).toBeGreaterThanOrEqual(300);
  expect(read.entries.length).toBeLessThan(500);
  const ids = read.entries.map(({ entry: { id } }) => Number(id.slice("entry-".length)));
  expect(ids).toEqual(ids.map((_, index) => 999 - index));
});

test("what is older than it may be is not shown, and gone with the next", async () => {
  const { trail, redis } = openTrail(await startRedis(), { keepMs: 1500 });
  trail.keep(entry("old"), kept);
  await vi.waitFor(async () => {
    expect((await trail.read([kept.trail], everything)).entries).toHaveLength(1);
  }, patient);
  await vi.waitFor(async () => {
    expect((await trail.read([kept.trail], everything)).entries).toEqual([]);
  }, patient);
  await vi.waitFor(async () => expect(await redis.ask((client) => client.keys("*"))).toEqual([]), patient);
});

test("what Redis does not let be cut by age is kept once all the same, and said in the log", async () => {
  const { trail, redis, log } = openTrail(await startRedis());
  await redis.ask((client) => client.acl("SETUSER", "default", "-xtrim"));
  for (const id of ["one", "two"]) {
    trail.keep(entry(id), kept);
    await vi.waitFor(async () => {
      expect((await trail.read([kept.trail], everything)).entries[0]?.entry.id).toBe(id);
    }, patient);
  }
  await trail.close();
  expect(await redis.ask((client) => client.xlen(`sett:audit:${kept.trail}`))).toBe(2);
  expect(log.text.join("").match(/is not cut by age/g)).toHaveLength(1);
});

test("what could not be kept in a long outage is counted, and told to whoever reads", async () => {
  const redis = await startRedis();
  const { trail, log } = openTrail(redis);
  await redis.stop();
  for (let index = 0; index < 2100; index += 1) trail.keep(entry(`entry-${index}`), kept);
  await redis.start();
  const part = await vi.waitFor(async () => {
    const read = await trail.read([kept.trail], everything);
    expect(read.lost).toBeGreaterThan(0);
    return read;
  }, patient);
  expect(part.lost).toBe(100);
  const told = "entries of the audit trail are lost";
  await vi.waitFor(() => expect(log.text.join("")).toContain(told), patient);
});

test("what still waits when the process ends is written before", async () => {
  const redis = await startRedis();
  const { trail } = openTrail(redis);
  for (let index = 0; index < 150; index += 1) trail.keep(entry(`entry-${index}`), kept);
  await trail.close();
  const other = openTrail(redis, { length: 1000 });
  const read = await other.trail.read([kept.trail], everything);
  expect(read.entries[0]?.entry.id).toBe("entry-149");
});
