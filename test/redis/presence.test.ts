import { once } from "node:events";
import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { PresenceDocument, WhoIsThereDocument, type PresenceSubscription } from "../generated/operations.ts";
import type { Subscribed } from "../support/live-client.ts";
import { startTwo } from "./gateways.ts";
import { runScript } from "./script.process.ts";

const demos = { producer: "demo" };

/** Reads on until it is told what is expected: what lies between may have been left out. */
async function until(
  watching: Subscribed<PresenceSubscription>,
  isExpected: (told: PresenceSubscription["presence"]) => boolean,
) {
  for (;;) {
    const { data } = await watching.event();
    if (data && isExpected(data.presence)) return data.presence;
  }
}

const sees =
  (...logins: readonly string[]) =>
  ({ people }: PresenceSubscription["presence"]) =>
    JSON.stringify(people.map(({ login }) => login)) === JSON.stringify(logins);

test("people on two gateways see each other come and go, the first thing they are told included", async () => {
  const { here, there } = await startTwo();
  const demo = here.as("demo").subscribe(PresenceDocument, demos);
  await until(demo, sees("customer-demo"));
  const al = there.as("al").subscribe(PresenceDocument, demos);
  expect((await al.event()).data?.presence.people.map(({ login }) => login)).toEqual([
    "customer-demo",
    "customer-al",
  ]);
  await until(demo, sees("customer-demo", "customer-al"));
  await demo.return();
  expect((await until(al, sees("customer-al"))).staleSince).toBeNull();
});

test("somebody on two gateways is one entry, there since the first, and is seen by who only asks", async () => {
  const { here, there } = await startTwo();
  const first = here.as("al").subscribe(PresenceDocument, demos);
  const [{ since } = { since: "" }] = (await until(first, sees("customer-al"))).people;
  const second = there.as("al").subscribe(PresenceDocument, demos);
  await until(first, ({ people }) => people[0]?.connections === 2);
  expect((await second.event()).data?.presence.people).toMatchObject([{ since, connections: 2 }]);
  await first.return();
  const asked = await vi.waitFor(
    async () => {
      const { data } = await here.as("zu").ask(WhoIsThereDocument, demos);
      expect(data?.project?.presence?.[0]?.connections).toBe(1);
      return data?.project?.presence;
    },
    { timeout: 10_000 },
  );
  expect(asked).toEqual([{ login: "customer-al", connections: 1 }]);
});

test("the people of a replica that was killed vanish once it has not been heard of for PRESENCE_TTL, and no sooner", async () => {
  const keepMs = 2000;
  const { redis, here } = await startTwo({ PRESENCE_TTL: `${keepMs}ms` });
  const demo = here.as("demo").subscribe(PresenceDocument, demos);
  await until(demo, sees("customer-demo"));
  const child = runScript("present.process.ts", [redis.url, "demo/dev", "customer-zu", String(keepMs)]);
  await once(child.stdout, "data");
  await until(demo, sees("customer-demo", "customer-zu"));
  // It says again that it is there for longer than that counts once.
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  const recordsOf = async () => (await client.keys("sett:presence:demo/dev:*")).length;
  await vi.waitFor(async () => expect(await recordsOf()).toBe(2), { timeout: 10_000 });
  const lasting = performance.now() + keepMs * 1.5;
  await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(lasting), 10_000);
  expect(await recordsOf()).toBe(2);
  child.kill("SIGKILL");
  await until(demo, sees("customer-demo"));
  expect(await recordsOf()).toBe(1);
});

test("with Redis stopped those here are right and those elsewhere are said to be stale; with Redis back it heals, and nobody has gone", async () => {
  const { redis, here, there } = await startTwo({ PRESENCE_TTL: "3s" });
  const demo = here.as("demo").subscribe(PresenceDocument, demos);
  const al = there.as("al").subscribe(PresenceDocument, demos);
  await until(demo, ({ people }) => people.length === 2);
  await redis.stop();
  const stale = await until(demo, ({ staleSince }) => staleSince !== null);
  expect(stale.people).toHaveLength(2);
  const zu = here.as("zu").subscribe(PresenceDocument, demos);
  await until(demo, ({ people }) => people.some(({ login }) => login === "customer-zu"));
  expect((await zu.event()).data?.presence.staleSince).not.toBeNull();
  await redis.start();
  const seen: number[] = [];
  await until(demo, ({ people, staleSince }) => {
    seen.push(people.length);
    return staleSince === null;
  });
  expect(new Set(seen)).toEqual(new Set([3]));
  await until(al, ({ people, staleSince }) => people.length === 3 && staleSince === null);
});

test("somebody who leaves elsewhere while Redis is stopped is gone once it is back", async () => {
  const { redis, here, there } = await startTwo({ PRESENCE_TTL: "3s" });
  const demo = here.as("demo").subscribe(PresenceDocument, demos);
  const al = there.as("al").subscribe(PresenceDocument, demos);
  await until(demo, ({ people }) => people.length === 2);
  await redis.stop();
  await until(demo, ({ staleSince }) => staleSince !== null);
  await al.return();
  await redis.start();
  await until(demo, ({ people, staleSince }) => people.length === 1 && staleSince === null);
});

test("a record that makes no sense is left out, and said in the log", async () => {
  const { redis, here } = await startTwo();
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  await client.sadd("sett:presence:demo/dev", "stranger");
  await client.set("sett:presence:demo/dev:stranger", '{ "people": [{ "login": "../x" }] }');
  const demo = here.as("demo").subscribe(PresenceDocument, demos);
  const told = (await demo.event()).data?.presence;
  expect(told).toMatchObject({ people: [{ login: "customer-demo" }], staleSince: null });
  expect(here.log.text.join("")).toContain("makes no sense");
});

test("a gateway that stops takes its people along at once", async () => {
  const { here, there } = await startTwo();
  const demo = here.as("demo").subscribe(PresenceDocument, demos);
  const al = there.as("al").subscribe(PresenceDocument, demos);
  await until(demo, ({ people }) => people.length === 2);
  await there.gateway.stop();
  await until(demo, sees("customer-demo"));
  await expect(until(al, ({ people }) => people.length === 0)).rejects.toMatchObject({ code: 1001 });
});
