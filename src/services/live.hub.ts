import type { Config } from "../config.ts";
import { eventShapes } from "../live/event.shapes.ts";
import { createFarHubs } from "../live/far.hubs.ts";
import { createHub, type Hub } from "../live/hub.ts";
import type { LiveEvents } from "../live/live-events.ts";
import type { Log } from "../log.ts";
import type { Shared } from "./replicas.ts";

/** The hub of this process, together with those of the other replicas where there are any. */
export function createLiveHub(
  config: Pick<Config, "EVENT_QUEUE_LIMIT">,
  { relay }: Pick<Shared, "relay">,
  log: Log,
): Hub<LiveEvents> {
  const far = relay && createFarHubs<LiveEvents>({ relay, shapes: eventShapes, log });
  return createHub<LiveEvents>({ queueLimit: config.EVENT_QUEUE_LIMIT, far });
}
