import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";
import { NotFound, RateLimited, UpstreamUnavailable } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { FunctionsGrant, PlatformGrant, ProjectGrant } from "../../permissions/grant.ts";
import { clusterName } from "../functions/function.reader.ts";
import type { ClusterService } from "../kubernetes/cluster.service.ts";
import { firstNewsOf } from "../kubernetes/first.news.ts";
import { createObjectClient } from "../kubernetes/object.client.ts";
import type { Followed } from "../kubernetes/project.board.ts";
import type { Audience } from "../kubernetes/project.status.ts";
import type { WatchPatience } from "../kubernetes/watch.patience.ts";
import { projectKey } from "../kubernetes/workload.labels.ts";
import { createChangeHints, type ChangeHints } from "./change.hints.ts";
import { createFunctionWatching, type WatchFunction } from "./function.watching.ts";
import { createLeaderSight, type SeenLeader } from "./leader.sight.ts";
import { createProducerTally, type ProducerCounts, type Trouble } from "./producer.tally.ts";
import {
  createDeploymentsBoard,
  type ProjectDeployment,
  type ToldDeployments,
} from "./project.deployments.ts";
import { customKinds, peoplesManager, type CustomKind } from "./resource.names.ts";
import { createResourceWatches } from "./resource.watches.ts";
import { createResourceWrites, notInstalled, wished, type ResourceWrites } from "./resource.writes.ts";

type OfProject = Pick<ProjectGrant, "producer" | "env">;

/** What of a project is to be looked at. */
export interface ReconcileWish {
  readonly kind: CustomKind | undefined;
  readonly name: string | undefined;
  /** The right to have functions looked at as well; without it they are not even counted. */
  readonly functions: FunctionsGrant<"write"> | undefined;
}

/** What is to run, as the actualizer's resources tell it, and what people wish of that. */
export interface ActualizerService {
  /** Says that what is saved of a producer's has changed; it keeps nobody waiting, and nothing is said where nobody listens. */
  readonly hint: ChangeHints["hint"];
  /** The same of an environment that was removed on purpose, or is there once more. */
  readonly removed: ChangeHints["removed"];
  /** Begins to watch, if nobody has asked before, and waits, not for long, until there is news. */
  readonly known: () => Promise<void>;
  readonly deployments: (grant: OfProject, audience: Audience) => ToldDeployments;
  /** The same for as long as somebody follows it, who is called when it has changed. */
  readonly follow: (grant: OfProject, onChange: () => void) => Followed<ToldDeployments>;
  /** Has what is meant of a project looked at now, and what is saved of it read anew; answers what is meant. */
  readonly reconcile: (
    grant: ProjectGrant<"write">,
    wish: ReconcileWish,
  ) => Promise<readonly ProjectDeployment[]>;
  /** For whoever waits for what becomes of a function; it begins to watch as well, and keeps nobody waiting. */
  readonly watchFunction: WatchFunction;
  readonly setPaused: ResourceWrites["pause"];
  readonly leader: (grant: PlatformGrant) => Promise<SeenLeader>;
  readonly counts: (grant: PlatformGrant) => ProducerCounts;
  readonly troubles: (grant: PlatformGrant) => readonly Trouble[];
  readonly stop: () => Promise<void>;
}

interface Means {
  readonly cluster: Pick<ClusterService, "connection" | "namespace" | "workloads" | "measure">;
  /** Whether somebody is there to be told of changes. */
  readonly isTold: boolean;
  readonly patience: Partial<WatchPatience>;
  readonly loginOf: (producer: string) => string;
  readonly log: Log;
}

/** How soon the same project may be looked at once more because somebody asks. */
const againMs = 2000;

const notThere = () => new UpstreamUnavailable("kubernetes", "no cluster is configured");

/** Watches the actualizer's resources from when somebody first asks for them, and goes on. */
export function createActualizerService(means: Means): ActualizerService {
  const { cluster, isTold, patience, loginOf, log } = means;
  const { connection, namespace, workloads } = cluster;
  const watches = createResourceWatches({ connection, namespace, patience, log });
  const tally = createProducerTally(watches);
  const hints = createChangeHints({ connection, namespace, loginOf, log });
  const client = createObjectClient({ connection, namespace, manager: peoplesManager });
  const writes = createResourceWrites(client);
  const sight = createLeaderSight(client);
  const asked = new LRUCache<string, true>({ ...atMost(10_000), ttl: againMs });
  /** Projects that are being asked to be looked at: of one with much in it that takes longer than others wait. */
  const hurrying = new Set<string>();
  const board =
    workloads &&
    createDeploymentsBoard({
      watches,
      workloads,
      functionWorkload: (producer, env, name) => clusterName({ producer, env }, name),
      onListenerError: (error) => log.error({ err: error }, "a listener to the cluster failed"),
    });
  let first: Promise<void> | undefined;

  function begin(): Promise<void> {
    for (const [kind, known] of Object.entries(watches)) {
      cluster.measure(customKinds[kind as CustomKind].plural, known);
      known.watch.start();
    }
    const all = [...Object.values(watches), ...(workloads ? [workloads] : [])];
    return firstNewsOf(all.map(({ watch }) => watch));
  }

  /** What was never listed is not known to be none. */
  function listed(...kinds: readonly CustomKind[]): void {
    for (const kind of kinds) {
      const { watch } = watches[kind];
      if (watch.lists() > 0) continue;
      const state = watch.state();
      if ("reason" in state && state.reason === "MISSING") throw notInstalled();
      throw new UpstreamUnavailable("kubernetes", `${customKinds[kind].plural} were never listed`);
    }
  }

  function boardFor(audience: Audience) {
    if (!board) throw notThere();
    listed("PRODUCER", "WORKSPACE", "GATEWAY", ...(audience === "functions" ? (["FUNCTION"] as const) : []));
    return board;
  }

  const known = () => (workloads ? (first ??= begin()) : Promise.resolve());
  const deployments: ActualizerService["deployments"] = (grant, audience) =>
    boardFor(audience).read(projectKey(grant), audience);

  async function onPlatform(): Promise<void> {
    if (!workloads) throw notThere();
    await known();
  }

  function everything(): void {
    if (!workloads) throw notThere();
    listed("PRODUCER", "WORKSPACE", "GATEWAY", "FUNCTION");
  }

  return {
    hint: (producer) => {
      if (isTold && workloads) hints.hint(producer);
    },
    removed: async (producer, env, isRemoved) => {
      if (isTold && workloads) await hints.removed(producer, env, isRemoved);
    },
    known,
    deployments,
    follow: (grant, onChange) => {
      const { read, leave } = boardFor("project").follow(projectKey(grant), onChange);
      const readKnown: typeof read = (audience) => {
        // Whoever may read functions is not told that there are none because nobody could list them.
        if (audience === "functions") listed("FUNCTION");
        return read(audience);
      };
      return { read: readKnown, leave };
    },
    reconcile: async (grant, { kind, name, functions }) => {
      await known();
      const key = projectKey(grant);
      const told = deployments(grant, functions ? "functions" : "project");
      const meant = told.deployments.filter(
        (each) => (kind === undefined || each.kind === kind) && (name === undefined || each.name === name),
      );
      if (meant.length === 0 && (kind !== undefined || name !== undefined)) throw new NotFound("deployment");
      if (asked.has(key)) throw new RateLimited(Math.max(1, Math.ceil(asked.getRemainingTTL(key))));
      if (hurrying.has(key)) throw new RateLimited(againMs);
      hurrying.add(key);
      try {
        await writes.hurry(grant, meant);
        await wished(() => hints.tell(grant.producer));
      } finally {
        hurrying.delete(key);
        asked.set(key, true);
      }
      return meant;
    },
    watchFunction: createFunctionWatching(watches, () => void known()),
    setPaused: (grants, wish) => {
      if (!workloads) throw notThere();
      return writes.pause(grants, wish);
    },
    leader: async () => {
      await onPlatform();
      return wished(sight.look);
    },
    counts: () => {
      everything();
      return tally.counts();
    },
    troubles: () => {
      everything();
      return tally.troubles();
    },
    stop: async () => {
      hints.close();
      sight.close();
      await Promise.all(Object.values(watches).map(({ watch }) => watch.stop()));
    },
  };
}
