import { createLog } from "../../src/log.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { createSharedLock } from "../../src/services/workspace/lock/shared.lock.ts";

/** A replica of its own process that writes in a workspace and never ends by itself. */
const [url = "", workspace = "", leaseMs = ""] = process.argv.slice(2);
const redis = openRedis({ url, log: createLog("silent") });
await createSharedLock({ redis, waitMs: 5000, leaseMs: Number(leaseMs) }).write(workspace);
process.stdout.write("holding\n");
