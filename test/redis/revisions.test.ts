import { describe, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { createSharedRevisions, type RevisionRedis } from "../../src/services/workspace/merge/revisions.ts";
import { document, revision, testRevisions } from "../services/revisions.guarantees.ts";
import { LogLines } from "../support/log-lines.ts";
import { startRedis, type RedisServer } from "./redis.server.ts";

const connect = ({ url }: RedisServer): RevisionRedis => {
  const redis = openRedis({ url, log: createLog("silent") });
  onTestFinished(() => redis.close());
  return {
    get: (key) => redis.ask((client) => client.get(key)),
    set: (key, value, unit, ms) => redis.ask((client) => client.set(key, value, unit, ms)),
  };
};

const shared = (server: RedisServer, keepMs = 60_000, lines = new LogLines()) =>
  createSharedRevisions(connect(server), { keepMs, log: createLog("info", lines) });

describe("revisions kept in Redis", () => {
  testRevisions(async () => shared(await startRedis()));
});

test("what one replica read another recalls", async () => {
  const server = await startRedis();
  await shared(server).remember("demo-dev", revision, document);
  expect(await shared(server).recall("demo-dev", revision)).toEqual(document);
});

test("a revision is kept for the time set, and under names that say whose it is", async () => {
  const server = await startRedis();
  await shared(server, 60_000).remember("demo-dev", revision, document);
  const redis = openRedis({ url: server.url, log: createLog("silent") });
  onTestFinished(() => redis.close());
  const left = await redis.ask((client) => client.pttl(`sett:revision:demo-dev:${revision}`));
  expect(left).toBeGreaterThan(60_000);
  expect(left).toBeLessThanOrEqual(66_000);
});

test("what is no JSON any more is unknown", async () => {
  const server = await startRedis();
  await connect(server).set("sett:revision:p:r", "{", "PX", 1000);
  expect(await shared(server).recall("p", "r")).toBeUndefined();
});

test("with Redis down a read goes well, the log says what was not remembered, and a recall is an outage", async () => {
  const server = await startRedis();
  const lines = new LogLines();
  const store = shared(server, 60_000, lines);
  await server.stop();
  await store.remember("demo-dev", revision, document);
  expect(lines.entries).toMatchObject([{ upstream: "redis", msg: "a revision was not remembered" }]);
  await expect(store.recall("demo-dev", revision)).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  await server.start();
  await store.remember("demo-dev", revision, document);
  expect(await store.recall("demo-dev", revision)).toEqual(document);
});
