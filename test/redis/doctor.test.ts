import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { skewOf } from "../../src/doctor/clock.check.ts";
import { checkRedis } from "../../src/doctor/redis.check.ts";
import { startRedis } from "./redis.server.ts";

const amissIn = async (url: string) => {
  const { told, clock } = await checkRedis(url);
  const amiss = told
    .filter(({ standing }) => standing !== "ok")
    .map(({ check, standing }) => `${standing} ${check}`);
  const said = told.map(({ says, mend = "" }) => `${says} ${mend}`).join("\n");
  return { amiss, said, clock };
};

async function redisWith(...options: readonly string[]) {
  const redis = await startRedis(options);
  const admin = new Redis(redis.url).on("error", () => undefined);
  onTestFinished(() => admin.disconnect());
  return { ...redis, admin };
}

/** As docs/architecture.md gives it. */
const account = [
  ...["on", ">word", "~sett:*", "~mutex:sett:*", "~semaphore:sett:*", "&sett:live:*"],
  ...[
    "+@read",
    "+@write",
    "+@connection",
    "+@pubsub",
    "+@scripting",
    "+@transaction",
    "-@dangerous",
    "+info",
  ],
];
const as = (url: string, password: string) => url.replace("//", `//sett:${password}@`);

test("with the account that the architecture gives it all is well, its clock is read, and nothing is left behind", async () => {
  const { url, admin } = await redisWith();
  await admin.call("ACL", "SETUSER", "sett", ...account);
  const { amiss, said, clock } = await amissIn(as(url, "word"));
  expect(amiss).toEqual([]);
  expect(said).not.toContain("word");
  expect(clock && skewOf(clock)).toBe(0);
  expect(await admin.keys("*")).toEqual([]);
});

test("a Redis that is down is told of, and one that does not answer", async () => {
  const redis = await startRedis();
  redis.freeze();
  const frozen = await amissIn(redis.url);
  expect(frozen.amiss).toEqual(["wrong redis"]);
  expect(frozen.said).toContain("no answer came in time");
  redis.thaw();
  await redis.stop();
  const { amiss, said } = await amissIn(redis.url);
  expect(amiss).toEqual(["wrong redis"]);
  expect(said).toContain("nothing listens");
  expect(said).toContain("REDIS_URL");
});

test("a password that is not the right one is told of, and not shown", async () => {
  const { url, admin } = await redisWith();
  await admin.call("ACL", "SETUSER", "sett", ...account);
  const { amiss, said } = await amissIn(as(url, "mistyped"));
  expect(amiss).toEqual(["wrong redis"]);
  expect(said).toContain("user and password in REDIS_URL");
  expect(said).not.toContain("mistyped");
});

test.each([
  ["channels, for events", ["resetchannels"]],
  ["scripts, for locks", ["-@scripting"]],
  ["streams, for the audit trail", ["-xadd"]],
])("an account without rights to %s lacks just that", async (check, rules) => {
  const { url, admin } = await redisWith();
  await admin.call("ACL", "SETUSER", "sett", ...account, ...rules);
  const { amiss, said } = await amissIn(as(url, "word"));
  expect(amiss).toEqual([`wrong ${check}`]);
  expect(said).toContain("NOPERM");
  expect(said).toContain("docs/architecture.md");
});

test("a Redis that forgets what it has no room for is warned of, and a copy is told of", async () => {
  const evicting = await redisWith("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
  const { amiss, said } = await amissIn(evicting.url);
  expect(amiss).toEqual(["warning memory"]);
  expect(said).toContain("noeviction");

  const primary = await redisWith();
  const { port } = new URL(primary.url);
  const replica = await redisWith();
  await replica.admin.call("REPLICAOF", "127.0.0.1", port);
  const copied = await amissIn(replica.url);
  expect(copied.amiss).toEqual(["wrong role"]);
  expect(copied.said).toContain("Set REDIS_URL to the primary.");
});
