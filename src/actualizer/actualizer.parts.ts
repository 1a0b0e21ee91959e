import type { Config, UpstreamAddresses } from "../config.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { ClusterPlace } from "../services/kubernetes/cluster.source.ts";
import type { WatchPatience } from "../services/kubernetes/watch.patience.ts";
import type { Tracing } from "../tracing/tracing.ts";
import type { OwnValues } from "./actualizer.config.ts";
import type { Plan } from "./actualizer.plan.ts";
import type { WorkerPatience } from "./actualizer.workers.ts";
import type { LeaderPatience } from "./controller/leader.election.ts";
import type { QueueCounts } from "./controller/work.queue.ts";
import type { ActualizerSettings } from "./settings.ts";

/** How long what waits, where that is other than usual. */
export interface ActualizerPatience extends WorkerPatience {
  readonly watch?: Partial<WatchPatience>;
  readonly leader?: Partial<LeaderPatience>;
}

/** What an actualizer is made of. */
export interface ActualizerParts {
  readonly config: Config;
  readonly own: Pick<
    OwnValues,
    "ACTUALIZER_APPLY_CRDS" | "ACTUALIZER_DRY_RUN" | "ACTUALIZER_PASS" | "ACTUALIZER_STREAMS"
  >;
  readonly settings: ActualizerSettings;
  readonly addresses: UpstreamAddresses;
  readonly place: ClusterPlace;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
  /** No two processes may have the same; made up if not said. */
  readonly identity?: string;
  readonly patience?: ActualizerPatience;
  /** Only watches, for whoever asks what would be done. */
  readonly isWatchingOnly?: boolean;
}

/** Whether it can do its work, or take it over. */
export interface ActualizerReadiness {
  readonly isReady: boolean;
  /** Why not, in words. */
  readonly problems: readonly string[];
}

/** Makes what people intend what runs, while no other replica does. */
export interface Actualizer {
  readonly identity: string;
  /** Begins; what is not there yet is waited for. */
  readonly start: () => void;
  /** Ends once everything has been looked at and nothing is left to be done just now; throws after so long. */
  readonly settled: (timeoutMs?: number) => Promise<void>;
  readonly isLeading: () => boolean;
  readonly readiness: () => ActualizerReadiness;
  /** How busy each controller is, by its name; of those that work just now. */
  readonly counts: () => Readonly<Record<string, QueueCounts>>;
  /** What would be done now, in words; waits until the cluster is known. Writes nothing. */
  readonly plan: (signal: AbortSignal) => Promise<Plan>;
  /** Has a producer be looked at, whichever replica leads: the cluster is told, and in a dry run nobody but this process. */
  readonly hint: (producer: string) => void;
  /** Ends its work, and gives the lease back. */
  readonly stop: () => Promise<void>;
}
