import { onTestFinished } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { startGateway, type Gateway } from "../../src/server/gateway.ts";
import { LogLines } from "../support/log-lines.ts";
import { personAt, startSett, type Person, type PersonName, type Sett } from "../support/sett.ts";
import { startRedis, type RedisServer } from "./redis.server.ts";

/** Another gateway before the same platform. */
export interface OtherGateway {
  readonly gateway: Gateway;
  readonly as: (name: PersonName) => Person;
  readonly log: LogLines;
}

/** Two gateways before one platform, with a Redis between them. */
export interface TwoGateways {
  readonly redis: RedisServer;
  readonly here: Sett;
  readonly there: OtherGateway;
}

export async function startTwo(env: Readonly<Record<string, string>> = {}): Promise<TwoGateways> {
  const redis = await startRedis();
  const shared = { REDIS_URL: redis.url, ...env };
  const here = await startSett({ env: shared });
  const log = new LogLines();
  const gateway = await startGateway(readConfig({ PORT: "0", ...shared }), {
    addresses: here.sandbox.addresses,
    log: createLog("info", log),
    examples: [],
  });
  onTestFinished(async () => {
    await gateway.stop();
  });
  const as = (name: PersonName) => personAt(gateway.url, `token ${name}-token`);
  return { redis, here, there: { gateway, as, log } };
}
