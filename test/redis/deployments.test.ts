import { describe, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import {
  createLocalDeployments,
  createSharedDeployments,
  type DeploymentStore,
} from "../../src/services/functions/deployments/deployment.store.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { deployment, testDeployments } from "../services/deployments.guarantees.ts";
import { LogLines } from "../support/log-lines.ts";
import { startRedis, type RedisServer } from "./redis.server.ts";

const keepMs = 60_000;
const hello = { producer: "demo", env: "dev", functionName: "hello" };

/** What one replica keeps deployments with. */
function replica({ url }: RedisServer, lines = new LogLines()): DeploymentStore {
  const redis = openRedis({ url, log: createLog("silent") });
  onTestFinished(() => redis.close());
  return createSharedDeployments(
    {
      get: (key) => redis.ask((client) => client.get(key)),
      set: (key, value, unit, ms) => redis.ask((client) => client.set(key, value, unit, ms)),
      del: (key) => redis.ask((client) => client.del(key)),
    },
    { near: createLocalDeployments({ size: 100, keepMs }), keepMs, log: createLog("info", lines) },
  );
}

describe("deployments kept in Redis", () => {
  testDeployments(async () => replica(await startRedis()));
});

test("what one replica deploys another can tell of", async () => {
  const server = await startRedis();
  const [here, there] = [replica(server), replica(server)];
  await here.save(deployment());
  await here.save(deployment({ state: "SUCCEEDED" }));
  expect((await there.find("one"))?.state).toBe("SUCCEEDED");
  expect((await there.last(hello))?.state).toBe("SUCCEEDED");
});

test("with Redis down a replica still knows its own deployments, the log says so, and those of others are an outage", async () => {
  const server = await startRedis();
  const lines = new LogLines();
  const store = replica(server, lines);
  await server.stop();
  await store.save(deployment());
  expect(lines.entries[0]).toMatchObject({ msg: "a deployment was not remembered for others" });
  expect((await store.find("one"))?.key).toBe("one");
  await expect(store.find("another")).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
});
