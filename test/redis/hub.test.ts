import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { createFarHubs } from "../../src/live/far.hubs.ts";
import { createHub } from "../../src/live/hub.ts";
import { createLog } from "../../src/log.ts";
import { openClient } from "../../src/services/redis/redis.client.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { openRedisRelay } from "../../src/services/redis/redis.relay.ts";
import { LogLines } from "../support/log-lines.ts";
import { startRedis, type RedisServer } from "./redis.server.ts";

interface Events {
  readonly said: string;
}

/** One replica's hub, with what it was told of gaps. */
function replicaOf({ url }: RedisServer) {
  const lines = new LogLines();
  const log = createLog("info", lines);
  const redis = openRedis({ url, log });
  const relay = openRedisRelay({ redis, url, log });
  onTestFinished(async () => {
    await relay.close();
    await redis.close();
  });
  const far = createFarHubs<Events>({ relay, shapes: { said: z.string() }, log });
  const hub = createHub<Events>({ queueLimit: 10, far });
  const gaps: string[] = [];
  hub.onGap("said", { begins: () => gaps.push("begins"), isOver: (topic) => gaps.push(`over ${topic}`) });
  const open = async (topic: string) => {
    const events = hub.subscribe("said", topic);
    await hub.heard("said", topic);
    return async () => (await events.next()).value?.event;
  };
  return { hub, open, gaps, logged: () => lines.text.join("") };
}

test("what is published reaches the others once, and those here at once and once", async () => {
  const redis = await startRedis();
  const [here, there] = [replicaOf(redis), replicaOf(redis)];
  const [near, far] = [await here.open("t"), await there.open("t")];
  for (const event of ["a", "b"]) here.hub.publish("said", "t", event);
  expect([await near(), await near(), await far(), await far()]).toEqual(["a", "b", "a", "b"]);
  there.hub.publish("said", "t", "c");
  expect([await near(), await far()]).toEqual(["c", "c"]);
});

test("what is only told here stays here", async () => {
  const redis = await startRedis();
  const [here, there] = [replicaOf(redis), replicaOf(redis)];
  const far = await there.open("t");
  here.hub.tell("said", "t", "near");
  here.hub.publish("said", "t", "far");
  expect(await far()).toBe("far");
});

test("with Redis away those here are told as ever, and once it is back all learn that they may have missed something; what was said meanwhile comes before what is said then, or not at all", async () => {
  const redis = await startRedis();
  const [here, there] = [replicaOf(redis), replicaOf(redis)];
  const [near, far] = [await here.open("t"), await there.open("t")];
  await redis.stop();
  await vi.waitFor(() => expect([here.gaps, there.gaps]).toEqual([["begins"], ["begins"]]), {
    timeout: 10_000,
  });
  here.hub.publish("said", "t", "unheard");
  expect(await near()).toBe("unheard");
  await redis.start();
  await vi.waitFor(() => {
    expect(here.gaps).toContain("over t");
    expect(there.gaps).toContain("over t");
  }, 10_000);
  here.hub.publish("said", "t", "heard");
  expect(await near()).toBe("heard");
  // What is said while a connection is being made waits for it, or is never sent.
  const heard = [await far()];
  if (heard[0] !== "heard") heard.push(await far());
  expect([["heard"], ["unheard", "heard"]]).toContainEqual(heard);
});

test("those who wait for Redis go on in the order in which they came, and nobody before them", async () => {
  const redis = await startRedis();
  const client = openClient(redis.url);
  onTestFinished(client.close);
  const order: string[] = [];
  const come = (name: string) => client.ready().then(() => order.push(name));
  client.redis.prependOnceListener("ready", () => void come("third"));
  await Promise.all([come("first"), come("second")]);
  await vi.waitFor(() => expect(order).toEqual(["first", "second", "third"]), { timeout: 10_000 });
});

test("a Redis that accepts and says nothing is noticed, and heard again once it answers", async () => {
  const redis = await startRedis();
  const there = replicaOf(redis);
  const far = await there.open("t");
  redis.freeze();
  await vi.waitFor(() => expect(there.gaps).toContain("begins"), 10_000);
  redis.thaw();
  await vi.waitFor(() => expect(there.gaps).toContain("over t"), 10_000);
  const here = replicaOf(redis);
  await here.open("t");
  here.hub.publish("said", "t", "again");
  expect(await far()).toBe("again");
});

test("what could not be published is made up for: the others learn that they missed something, nobody else does", async () => {
  const redis = await startRedis();
  const [here, there] = [replicaOf(redis), replicaOf(redis)];
  await here.open("t");
  await there.open("t");
  await there.open("other");
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  await client.call("ACL", "SETUSER", "default", "-publish");
  here.hub.publish("said", "t", "refused");
  await vi.waitFor(() => expect(here.logged()).toContain("could not be told"), { timeout: 10_000 });
  await client.call("ACL", "SETUSER", "default", "+publish");
  await vi.waitFor(() => expect(there.gaps).toEqual(["over t"]), 10_000);
  expect(here.gaps).toEqual([]);
});

test("one who begins to listen while Redis is away is told what was missed once it is there", async () => {
  const redis = await startRedis();
  await redis.stop();
  const there = replicaOf(redis);
  await there.open("t");
  await redis.start();
  await vi.waitFor(() => expect(there.gaps).toEqual(["over t"]), 10_000);
});

test("a topic that the last one has left is left at Redis, and one that is taken up again is heard again", async () => {
  const redis = await startRedis();
  const [here, there] = [replicaOf(redis), replicaOf(redis)];
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  const listeners = async () => (await client.pubsub("NUMSUB", "sett:live:said:t"))[1];
  const events = there.hub.subscribe("said", "t");
  await there.hub.heard("said", "t");
  expect(await listeners()).toBe(1);
  await events.return?.();
  await vi.waitFor(async () => expect(await listeners()).toBe(0), { timeout: 10_000 });
  const far = await there.open("t");
  here.hub.publish("said", "t", "again");
  expect(await far()).toBe("again");
});
