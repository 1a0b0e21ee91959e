import { once } from "node:events";
import { createLog } from "../../src/log.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { createSharedLock } from "../../src/services/workspace/lock/shared.lock.ts";

/** A replica that holds a place until its input ends, and closes everything then. It says when the place is lost. */
const [url = "", leaseMs = ""] = process.argv.slice(2);
const redis = openRedis({ url, log: createLog("silent") });
const lock = createSharedLock({ redis, waitMs: 5000, leaseMs: Number(leaseMs) });
const { lost } = await lock.write("acme-dev");
lost.addEventListener("abort", () => process.stdout.write("lost\n"));
process.stdout.write("holding\n");
await once(process.stdin.resume(), "end");
await lock.close();
await redis.close();
