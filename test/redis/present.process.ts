import { createFarHubs } from "../../src/live/far.hubs.ts";
import { createHub } from "../../src/live/hub.ts";
import { eventShapes } from "../../src/live/event.shapes.ts";
import type { LiveEvents } from "../../src/live/live-events.ts";
import { createPresence } from "../../src/live/presence.ts";
import { createLog } from "../../src/log.ts";
import { createPresenceStore } from "../../src/services/redis/presence.store.ts";
import { openRedis } from "../../src/services/redis/redis.connection.ts";
import { openRedisRelay } from "../../src/services/redis/redis.relay.ts";

/** A replica of its own process that has somebody on a project and never ends by itself. */
const [url = "", project = "", login = "", keepMs = ""] = process.argv.slice(2);
const log = createLog("silent");
const redis = openRedis({ url, log });
const far = createFarHubs<LiveEvents>({
  relay: openRedisRelay({ redis, url, log }),
  shapes: eventShapes,
  log,
});
const presence = createPresence({
  hub: createHub<LiveEvents>({ queueLimit: 10, far }),
  store: createPresenceStore(redis, { keepMs: Number(keepMs), log }),
  keepMs: Number(keepMs),
  log,
});
await presence.enter(project, { login, fullName: "" });
process.stdout.write("there\n");
