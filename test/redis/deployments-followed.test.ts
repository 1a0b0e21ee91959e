import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import type { FunctionsGrant } from "../../src/permissions/grant.ts";
import {
  createLocalDeployments,
  createSharedDeployments,
} from "../../src/services/functions/deployments/deployment.store.ts";
import { createDeployments } from "../../src/services/functions/deployments/deployments.service.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { createLocalLock } from "../../src/services/workspace/lock/local.lock.ts";
import { functionsAs } from "../graph/functions.asking.ts";
import { deployment } from "../services/deployments.guarantees.ts";
import type { Person } from "../support/sett.ts";
import { startTwo } from "./gateways.ts";
import { startRedis, type RedisServer } from "./redis.server.ts";

const keepMs = 60_000;
const grant = { producer: "demo", env: "dev" } as unknown as FunctionsGrant<"write">;

function storeOf({ url }: RedisServer) {
  const log = createLog("silent");
  const redis = openRedis({ url, log });
  onTestFinished(() => redis.close());
  return createSharedDeployments(
    {
      get: (key) => redis.ask((client) => client.get(key)),
      set: (key, value, unit, ms) => redis.ask((client) => client.set(key, value, unit, ms)),
      del: (key) => redis.ask((client) => client.del(key)),
    },
    { near: createLocalDeployments({ size: 100, keepMs }), keepMs, log },
  );
}

/** A replica's deployments, which are carried out only when they are let. */
function replicaOf(redis: RedisServer, lostAfterMs: number) {
  const deployments = createDeployments({
    run: () => new Promise(() => undefined),
    store: storeOf(redis),
    lock: createLocalLock({ waitMs: 1000 }),
    log: createLog("silent"),
    limit: 2,
    queueLimit: 10,
    lostAfterMs,
  });
  onTestFinished(async () => {
    await deployments.finish(1);
  });
  return deployments;
}

const idOf = (key: string) => Buffer.from(`Deployment:demo:dev:${key}`).toString("base64url");

async function toldTo(person: Person, id: string) {
  const told: unknown[] = [];
  const text = "subscription ($id: ID!) { deployment(id: $id) { state reason } }";
  for await (const { data } of person.subscribeText(text, { id })) told.push(data?.["deployment"]);
  return told as { state: string; reason: string | null }[];
}

test("a deployment that one gateway carries out is followed at another to its end", async () => {
  const { here, there } = await startTwo();
  const demo = functionsAs(here);
  await demo.deploy("hello");
  const { data } = await demo.deploy("hello");
  const states = (await toldTo(there.as("al"), data?.deployFunction?.deployment.id ?? "")).map(
    ({ state }) => state,
  );
  expect(states.at(-1)).toBe("SUCCEEDED");
  expect(["QUEUED", "RUNNING", "SUCCEEDED"].filter((state) => states.includes(state))).toEqual(states);
});

test.each([
  ["was begun", "RUNNING", "did not say what became of it"],
  ["waited", "QUEUED", "did not say whether it was begun"],
] as const)(
  "following what %s at a gateway that is gone ends by itself, as UNKNOWN",
  async (_what, state, reason) => {
    const { redis, here } = await startTwo({ DEPLOY_TIMEOUT: "2s" });
    const now = new Date().toISOString();
    await storeOf(redis).save(
      deployment({ key: "gone", state, queuedAt: now, ...(state === "RUNNING" ? { startedAt: now } : {}) }),
    );
    const told = await toldTo(here.as("demo"), idOf("gone"));
    expect(told.map((each) => each.state)).toEqual([state, "UNKNOWN"]);
    expect(told[1]?.reason).toContain(reason);
  },
);

test("what waits at a gateway that lives is not taken for lost, however long it waits", async () => {
  const redis = await startRedis();
  const lostAfterMs = 2000;
  const [here, there] = [replicaOf(redis, lostAfterMs), replicaOf(redis, lostAfterMs)];
  const asker = { login: "customer-al", mayStill: async () => true };
  await here.start(grant, "hello", "DEPLOY", asker);
  const { key } = await here.start(grant, "hello", "DEPLOY", asker);
  const states = new Set<string | undefined>();
  await expect
    .poll(
      async () => {
        const found = await there.find(grant, key);
        states.add(found?.state);
        return Date.parse(found?.seenAt ?? "") - Date.parse(found?.queuedAt ?? "");
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(lostAfterMs);
  expect(states).toEqual(new Set(["QUEUED"]));
  expect((await there.last(grant, "hello"))?.key).toBe(key);
});

test("to be seen again makes a deployment no newer than those that were asked for later", async () => {
  const store = storeOf(await startRedis());
  await store.save(deployment({ key: "earlier" }));
  await store.save(deployment({ key: "later" }));
  await store.renew(deployment({ key: "earlier" }));
  expect((await store.last(deployment()))?.key).toBe("later");
});
