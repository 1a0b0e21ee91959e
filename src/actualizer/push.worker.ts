import type { KnownResources } from "./controller/known.objects.ts";
import type { Leading } from "./controller/leader.election.ts";
import type { Term } from "./controller/leader.term.ts";
import type { QueueCounts } from "./controller/work.queue.ts";
import type { ProducerResource } from "./resources/producer.resource.ts";
import type { PushListening } from "./sources/push.listening.ts";

/** Somebody who works while this process leads. */
export interface Worker {
  readonly lead: (term: Term) => Leading;
  /** Undefined while it does not lead, or where it has no queue. */
  readonly counts: () => QueueCounts | undefined;
}

interface Parts {
  readonly open: () => PushListening;
  readonly producers: Pick<KnownResources<ProducerResource>, "names" | "listen">;
}

/** How soon after a producer has come or gone the streams follow: many come at once. */
const followMs = 200;

/** Listens to pushes of the producers that there are, while it leads. */
export function createPushWorker({ open, producers }: Parts): Worker {
  return {
    counts: () => undefined,
    lead: () => {
      const listening = open();
      let planned: NodeJS.Timeout | undefined;
      const follow = () => {
        planned = undefined;
        listening.listenTo(producers.names());
      };
      follow();
      // What changes of a producer is nothing to this, and costs nothing however many there are.
      const known = new Set(producers.names());
      const stop = producers.listen(({ metadata: { name } }, isGone) => {
        if (isGone) known.delete(name);
        else if (known.has(name)) return;
        else known.add(name);
        planned ??= setTimeout(follow, followMs).unref();
      });
      return {
        stop: async () => {
          stop();
          clearTimeout(planned);
          await listening.close();
        },
      };
    },
  };
}
