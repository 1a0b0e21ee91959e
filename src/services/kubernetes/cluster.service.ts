import type { Registry } from "prom-client";
import { NotFound, UpstreamUnavailable } from "../../errors.ts";
import type { EventQueue } from "../../live/event.queue.ts";
import type { Log } from "../../log.ts";
import type { PodGrant, ProjectGrant } from "../../permissions/grant.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import { openCluster, type ClusterConnection } from "./cluster.connection.ts";
import { ClusterUnreachable } from "./cluster.errors.ts";
import { measureWatches, type Watched } from "./cluster.metrics.ts";
import type { ClusterPlace } from "./cluster.source.ts";
import { createWatches, type ClusterWatches, type Known } from "./cluster.watches.ts";
import { firstNewsOf } from "./first.news.ts";
import type { GroupListener } from "./object.index.ts";
import type { DeploymentRecord } from "./deployment.reader.ts";
import { createPodChanges, type PodChange } from "./pod.changes.ts";
import type { PodRecord } from "./pod.record.ts";
import type { Audience } from "./project.status.ts";
import { createStatusBoard, type FollowedStatus, type ToldStatus } from "./status.board.ts";
import type { WatchPatience } from "./watch.patience.ts";
import { projectKey } from "./workload.labels.ts";

/** What runs, as the cluster tells it. */
export interface ClusterService {
  readonly namespace: string;
  /** For what is not watched; where no cluster is configured, nothing of it succeeds. */
  readonly connection: ClusterConnection;
  /** Waits, not for long, until there is news of everything: what there is, or that it cannot be asked for. */
  readonly known: () => Promise<void>;
  /** All pods of a project. */
  readonly pods: (grant: OfProject) => readonly PodRecord[];
  /** What becomes of those of them that are to be told of. */
  readonly followPods: (grant: OfProject, isTold: (pod: PodRecord) => boolean) => EventQueue<PodChange>;
  /** The pod that a grant is about, if it is what it was taken for. */
  readonly pod: (grant: PodGrant) => PodRecord;
  /** Changes of a project's pods from now on, until the returned function is called. */
  readonly listenToPods: (
    of: Pick<ProjectGrant, "producer" | "env">,
    listener: GroupListener<PodRecord>,
  ) => () => void;
  /** How a project does, as far as an audience is to know. */
  readonly status: (grant: OfProject, audience: Audience) => ToldStatus;
  /** The same for as long as somebody follows it, who is called when it has changed. */
  readonly followStatus: (grant: OfProject, onChange: () => void) => FollowedStatus;
  /** The deployments as they are known here; undefined where no cluster is configured. */
  readonly workloads: Known<DeploymentRecord> | undefined;
  /** Lets the metrics say of another watch what they say of those here. */
  readonly measure: (name: string, watched: Watched) => void;
  /** Fails unless everything is watched; undefined where no cluster is configured. */
  readonly check: (() => Promise<void>) | undefined;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

type OfProject = Pick<ProjectGrant, "producer" | "env">;

interface Means {
  readonly place: ClusterPlace | undefined;
  readonly patience: Partial<WatchPatience>;
  /** How many changes of pods wait for one who follows them. */
  readonly queueLimit: number;
  readonly log: Log;
  readonly registry: Registry;
  readonly tracing?: Tracing | undefined;
}

const nothing = () => Promise.reject(new ClusterUnreachable("NO_CLUSTER"));
const noConnection: ClusterConnection = { ask: nothing, open: nothing, close: () => Promise.resolve() };

const away = (reason: string) => new UpstreamUnavailable("kubernetes", reason);

/** Keeps one watch of each kind, whoever asks, and answers from what they know. */
export function createClusterService(means: Means): ClusterService {
  const { place, patience, queueLimit, log, registry, tracing } = means;
  const namespace = place?.namespace ?? "";
  const connection = place ? openCluster(place, tracing) : noConnection;
  const watches: ClusterWatches | undefined =
    place && createWatches({ connection, namespace, patience, log });
  const onListenerError = (error: unknown) => log.error({ err: error }, "a listener to the cluster failed");
  const board = watches && createStatusBoard({ watches, onListenerError });
  const changes = watches && createPodChanges({ index: watches.pods.index, queueLimit });
  const all = Object.entries<Watched>({ ...watches });
  let first = Promise.resolve();
  const measured = [...all];
  if (watches) measureWatches(registry, measured);

  const there = <Part>(part: Part | undefined): Part => {
    if (part === undefined) throw away("no cluster is configured");
    return part;
  };
  const pods: ClusterService["pods"] = (grant) => {
    const known = there(watches).pods;
    if (known.watch.lists() === 0) throw away("pods were never listed");
    return known.index.of(projectKey(grant));
  };

  return {
    namespace,
    connection,
    known: () => first,
    pods,
    pod: (grant) => {
      const found = pods(grant).find(({ name, kind }) => name === grant.pod && kind === grant.kind);
      if (!found) throw new NotFound("pod");
      return found;
    },
    listenToPods: (of, listener) => watches?.pods.index.listen(projectKey(of), listener) ?? (() => {}),
    followPods: (grant, isTold) => there(changes).follow(projectKey(grant), isTold),
    status: (grant, audience) => there(board).read(projectKey(grant), audience),
    followStatus: (grant, onChange) => there(board).follow(projectKey(grant), onChange),
    workloads: watches?.deployments,
    measure: (name, watched) => void measured.push([name, watched]),
    check:
      watches &&
      (async () => {
        const stale = all.find(([, { watch }]) => watch.state().phase !== "live");
        if (stale) throw away(`${stale[0]} are not watched`);
      }),
    start: () => {
      if (!watches) log.warn("no cluster is configured: nothing is told of what runs");
      first = firstNewsOf(all.map(([, { watch }]) => watch));
      for (const [, { watch }] of all) watch.start();
    },
    stop: async () => {
      changes?.close();
      await Promise.all(all.map(([, { watch }]) => watch.stop()));
      await connection.close();
    },
  };
}
