import { readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { UpstreamUnavailable } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { openRedisRelay } from "../../src/services/redis/redis.relay.ts";
import {
  DeployFunctionDocument,
  PresenceDocument,
  ProjectChangedDocument,
  SaveFilesDocument,
} from "../generated/operations.ts";
import { LogLines } from "../support/log-lines.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { startRedis } from "./redis.server.ts";
import { openReplica } from "./replica.ts";

const demos = { producer: "demo" };
const patiently = { timeout: 20_000, interval: 20 };

/** A Redis with an account for the gateway, and a client that may change what that may do. */
async function redisWithAccount(...rules: readonly string[]) {
  const redis = await startRedis();
  const admin = new Redis(redis.url).on("error", () => undefined);
  onTestFinished(() => admin.disconnect());
  const allow = (...more: readonly string[]) => admin.call("ACL", "SETUSER", "sett", ...more);
  await allow("on", ">word", ...rules);
  const figure = async (section: string, pattern: RegExp) =>
    Number(pattern.exec(await admin.info(section))?.[1] ?? 0);
  return {
    url: redis.url.replace("//", "//sett:word@"),
    admin,
    allow,
    connections: () => figure("stats", /total_connections_received:(\d+)/),
    refusedSubscribes: () => figure("commandstats", /cmdstat_subscribe:.*rejected_calls=(\d+)/),
    refusedPublishes: () => figure("commandstats", /cmdstat_publish:.*rejected_calls=(\d+)/),
  };
}

/** All that there is but channels: what a new account of Redis 7 that is given everything has. */
const noChannels = ["~*", "+@all", "resetchannels"];

const said = (log: LogLines, what: string) =>
  log.entries.filter(({ level, msg }) => level === 40 && String(msg).includes(what));

async function degraded(sett: Sett): Promise<readonly string[]> {
  const body = (await (await fetch(`${sett.url}/readyz`)).json()) as { degraded: readonly string[] };
  return body.degraded;
}

test("a Redis that refuses channels is asked ever less often, over one connection, and that is logged once", async () => {
  const { url, connections, refusedSubscribes, allow } = await redisWithAccount(...noChannels);
  const lines = new LogLines();
  const log = createLog("debug", lines);
  const redis = openRedis({ url, log });
  const relay = openRedisRelay({ redis, url, log });
  onTestFinished(async () => {
    await relay.close();
    await redis.close();
  });
  const missed: string[] = [];
  relay.attach({ hear: () => {}, deafened: () => {}, missed: (channel) => missed.push(channel) });
  await relay.listen("said:t");
  expect(relay.isHearing()).toBe(false);
  const before = await connections();
  const refusedBefore = await refusedSubscribes();
  await vi.waitFor(
    async () => expect(await refusedSubscribes()).toBeGreaterThanOrEqual(refusedBefore + 2),
    patiently,
  );
  expect((await connections()) - before).toBe(0);
  expect(said(lines, "refuses to have its channels listened to")).toMatchObject([{ reason: "NOPERM" }]);
  expect(lines.text.join("")).not.toContain("said:t");
  await allow("allchannels");
  await vi.waitFor(() => expect(missed).toContain("said:t"), patiently);
  expect(relay.isHearing()).toBe(true);
});

test("what a Redis does not take for others is offered ever less often, and that is logged once", async () => {
  const { url, refusedPublishes, allow } = await redisWithAccount("~*", "+@all", "-publish", "allchannels");
  const lines = new LogLines();
  const log = createLog("info", lines);
  const redis = openRedis({ url, log });
  const relay = openRedisRelay({ redis, url, log });
  onTestFinished(async () => {
    await relay.close();
    await redis.close();
  });
  const missed: string[] = [];
  const other = openRedisRelay({ redis, url, log });
  onTestFinished(() => other.close());
  other.attach({ hear: () => {}, deafened: () => {}, missed: (channel) => missed.push(channel) });
  await other.listen("said:t");
  relay.send("said:t", "x");
  await vi.waitFor(async () => expect(await refusedPublishes()).toBeGreaterThanOrEqual(3), patiently);
  expect(said(lines, "could not be told")).toHaveLength(1);
  await allow("+publish");
  await vi.waitFor(() => expect(missed).toContain("said:t"), patiently);
});

test("who watches a project learns once that channels are refused, and once that they are not any more", async () => {
  const { url, allow } = await redisWithAccount("~*", "+@all", "allchannels");
  const sett = await startSett({ env: { REDIS_URL: url } });
  const watching = sett.as("demo").subscribe(ProjectChangedDocument, demos);
  const kind = async () => (await watching.event()).data?.projectChanged.kind;
  await sett.subscriptionsRun(1);
  await vi.waitFor(async () => expect(await degraded(sett)).toEqual([]), patiently);

  // Redis closes the connections of who listens to what he may not any more.
  await allow("resetchannels");
  expect(await kind()).toBe("UNHEARD");
  await vi.waitFor(async () => expect(await degraded(sett)).toEqual(["redis"]), patiently);
  expect(said(sett.log, "redis does not do what it is there for")).toMatchObject([
    { reason: "its channels cannot be listened to" },
  ]);

  await allow("allchannels");
  expect(await kind()).toBe("UNHEARD");
  await vi.waitFor(async () => expect(await degraded(sett)).toEqual([]), patiently);
  const input = { project: demos, files: [{ path: "after.txt", text: "a" }] };
  expect((await sett.as("al").ask(SaveFilesDocument, { input })).codes).toEqual([]);
  expect(await kind()).toBe("FILES");
});

test("who begins to watch a project while channels are refused is told so, and who is there is told all the same", async () => {
  const { url } = await redisWithAccount(...noChannels);
  const sett = await startSett({ env: { REDIS_URL: url } });
  for (const name of ["demo", "al"] as const) {
    const watching = sett.as(name).subscribe(ProjectChangedDocument, demos);
    expect((await watching.event()).data?.projectChanged.kind).toBe("UNHEARD");
  }
  const present = sett.as("demo").subscribe(PresenceDocument, demos);
  await vi.waitFor(async () => {
    expect((await present.event()).data?.presence).toMatchObject({ people: [{}], staleSince: null });
  }, patiently);
});

test.each([
  {
    what: "full",
    reason: "OOM",
    spoil: ["CONFIG", "SET", "maxmemory", "1"],
    mend: ["CONFIG", "SET", "maxmemory", "0"],
  },
  {
    what: "a copy of another",
    reason: "READONLY",
    spoil: ["REPLICAOF", "127.0.0.1", "1"],
    mend: ["REPLICAOF", "NO", "ONE"],
  },
] as const)(
  "a gateway whose Redis is $what says that it goes without, and why",
  async ({ reason, spoil, mend }) => {
    const { url, admin } = await redisWithAccount("~*", "+@all", "allchannels");
    const sett = await startSett({ env: { REDIS_URL: url } });
    await vi.waitFor(async () => expect(await degraded(sett)).toEqual([]), patiently);
    await admin.call(spoil[0], ...spoil.slice(1));
    await vi.waitFor(async () => expect(await degraded(sett)).toEqual(["redis"]), patiently);
    const why = () => said(sett.log, "redis does not do what it is there for");
    await vi.waitFor(async () => {
      await degraded(sett);
      expect(why()).toHaveLength(1);
    }, patiently);
    expect(why()).toMatchObject([{ reason }]);
    await admin.call(mend[0], ...mend.slice(1));
    await vi.waitFor(async () => expect(await degraded(sett)).toEqual([]), patiently);
  },
);

test("a Redis that takes no writes is not looked for anew with each of them", async () => {
  const { url, admin, connections } = await redisWithAccount("~*", "+@all", "allchannels");
  const { redis } = openReplica(url, 1000);
  await redis.ask((client) => client.ping());
  await admin.call("REPLICAOF", "127.0.0.1", "1");
  const before = await connections();
  let refused = 0;
  await vi.waitFor(
    async () => {
      await redis
        .ask((client) => client.set("a", "b"))
        .catch((error: unknown) => {
          if (error instanceof UpstreamUnavailable && error.reason.startsWith("READONLY")) refused += 1;
        });
      expect(refused).toBeGreaterThanOrEqual(12);
    },
    { timeout: 20_000, interval: 5 },
  );
  // Once at first; a machine that is slow finds time for some more.
  expect(await connections()).toBeLessThanOrEqual(before + 6);
});

test("an account with the rights that are written down can do all that a gateway does", async () => {
  const written = readFileSync(new URL("../../docs/architecture.md", import.meta.url), "utf8");
  const rules = /^user sett on >password (.*)$/m.exec(written)?.[1]?.split(" ") ?? [];
  const { url, admin } = await redisWithAccount(...rules);
  const sett = await startSett({ env: { REDIS_URL: url } });
  const demo = sett.as("demo");
  const present = demo.subscribe(PresenceDocument, demos);
  await present.event();
  const input = { project: demos, files: [{ path: "a.txt", text: "a" }] };
  expect((await demo.ask(SaveFilesDocument, { input })).codes).toEqual([]);
  expect(
    (await demo.ask(DeployFunctionDocument, { input: { project: demos, name: "hello" } })).codes,
  ).toEqual([]);
  expect(await degraded(sett)).toEqual([]);
  await present.return();
  await sett.gateway.stop();
  expect(await admin.call("ACL", "LOG")).toEqual([]);
});
