import { Agent } from "undici";
import type { UpstreamName } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import { addressOf } from "./address.ts";
import {
  openEventSource,
  type EventSource,
  type StreamListener,
  type StreamPatience,
} from "./event.source.ts";

/** Which stream is meant: a path in unescaped segments below an address, and how regularly it says something. */
export interface StreamCall extends Pick<StreamPatience, "silenceMs" | "lifeMs"> {
  readonly upstream: UpstreamName;
  readonly base: string;
  readonly path: readonly string[];
}

/** The streams of events that the process has open. */
export interface EventSources {
  readonly open: (call: StreamCall, listener: StreamListener) => EventSource;
  readonly close: () => Promise<void>;
}

interface Means {
  readonly connectMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
}

const usual = { settledMs: 10_000, firstDelayMs: 100, longestDelayMs: 30_000, eventLimit: 1_000_000 };

/** Opens streams of events, each on a connection of its own. */
export function createEventSources({ connectMs, log, metrics }: Means): EventSources {
  // Deadlines are the sources' own: undici's end a body that is silent for good reason.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectMs } });
  const running = new Set<EventSource>();

  return {
    open: ({ upstream, base, path, silenceMs, lifeMs }, listener) => {
      const source = openEventSource({
        upstream,
        address: addressOf(base, path),
        dispatcher,
        patience: { ...usual, connectMs, silenceMs, lifeMs },
        listener,
        log,
      });
      metrics.upstreamStreams.inc({ upstream });
      running.add(source);
      return {
        close: async () => {
          if (running.delete(source)) metrics.upstreamStreams.dec({ upstream });
          await source.close();
        },
      };
    },
    close: async () => {
      await Promise.all([...running].map((source) => source.close()));
      await dispatcher.destroy();
    },
  };
}
