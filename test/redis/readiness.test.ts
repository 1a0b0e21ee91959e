import { expect, test, vi } from "vitest";
import { startSett } from "../support/sett.ts";
import { startRedis } from "./redis.server.ts";

test("a gateway without its Redis is ready all the same, and says what it goes without", async () => {
  const redis = await startRedis();
  const sett = await startSett({ env: { REDIS_URL: redis.url } });
  const readiness = async () => {
    const response = await fetch(`${sett.url}/readyz`);
    return { status: response.status, body: await response.json() };
  };
  const degraded = (is: boolean) => ({
    status: 200,
    body: {
      ready: true,
      notReady: [],
      degraded: (is ? expect.arrayContaining(["redis"]) : expect.not.arrayContaining(["redis"])) as string[],
      upstreams: { gitea: true, redis: !is },
    },
  });
  expect(await readiness()).toMatchObject(degraded(false));
  await redis.stop();
  expect(await readiness()).toMatchObject(degraded(true));
  await redis.start();
  await vi.waitFor(async () => expect(await readiness()).toMatchObject(degraded(false)), 10_000);
});
