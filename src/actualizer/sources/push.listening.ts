import type { ActualizerGrants } from "../../permissions/actualizer.grants.ts";
import type { ConfigstoreService } from "../../services/configstore.service.ts";
import type { EventSource } from "../../services/http/event.source.ts";

/** Hears at once of pushes to what some producers own; of all others a slow pass finds out. */
export interface PushListening {
  /** Listens to these and no others from now on: as many as it may, whom it listens to already before others. */
  readonly listenTo: (producers: Iterable<string>) => void;
  /** How many are listened to. */
  readonly count: () => number;
  readonly close: () => Promise<void>;
}

interface Means {
  readonly configstore: Pick<ConfigstoreService, "pushes">;
  readonly grants: () => ActualizerGrants;
  /** How many producers are listened to at most: each is a connection. */
  readonly limit: number;
  /** The environment that a grant for all of a producer's is made of. */
  readonly env: string;
  /** Something of a producer's has changed, or may have while nothing could be heard. */
  readonly changed: (producer: string) => void;
}

/** Opens a stream of pushes for each producer, and closes those of producers that are gone. */
export function createPushListening({ configstore, grants, limit, env, changed }: Means): PushListening {
  const open = new Map<string, EventSource>();
  const closing = new Set<Promise<void>>();
  let isClosed = false;

  const close = (producer: string, source: EventSource) => {
    open.delete(producer);
    const closed = source.close().finally(() => void closing.delete(closed));
    closing.add(closed);
  };

  const listen = (producer: string): EventSource =>
    configstore.pushes(grants().project({ producer, env }), {
      // Whatever was pushed since it was last heard, or read, has gone unheard.
      opened: () => changed(producer),
      broke: () => undefined,
      pushed: () => changed(producer),
    });

  return {
    listenTo: (producers) => {
      if (isClosed) return;
      const wanted = new Set(producers);
      for (const [producer, source] of open) if (!wanted.has(producer)) close(producer, source);
      for (const producer of wanted) {
        if (open.size >= limit) return;
        if (!open.has(producer)) open.set(producer, listen(producer));
      }
    },
    count: () => open.size,
    close: async () => {
      isClosed = true;
      for (const [producer, source] of open) close(producer, source);
      await Promise.all(closing);
    },
  };
}
