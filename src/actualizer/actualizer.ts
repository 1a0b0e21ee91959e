import { hostname } from "node:os";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { actualizerLease } from "../services/actualizer/resource.names.ts";
import { openCluster } from "../services/kubernetes/cluster.connection.ts";
import { measureWatches } from "../services/kubernetes/cluster.metrics.ts";
import type { Actualizer, ActualizerParts, ActualizerReadiness } from "./actualizer.parts.ts";
import { reportOf } from "./actualizer.report.ts";
import { createActualizerWorkers } from "./actualizer.workers.ts";
import { measureControllers } from "./controller/controller.metrics.ts";
import { createLeaderElection, type Leading } from "./controller/leader.election.ts";
import { endlessTerm, type Term } from "./controller/leader.term.ts";
import { createDefinitionKeeper } from "./definitions/definition.keeper.ts";
import { createQuiet } from "./quiet.ts";

export type { Actualizer, ActualizerPatience } from "./actualizer.parts.ts";

const usualSettleMs = 60_000;

/** How soon the cluster has to be known to whoever asks what would be done. */
const knownWithinMs = 60_000;

/** Puts it together: one connection, watches of all kinds, and controllers that lead under one term. */
export function createActualizer(parts: ActualizerParts): Actualizer {
  const {
    config,
    own,
    settings,
    addresses,
    place,
    log,
    metrics,
    tracing,
    patience = {},
    isWatchingOnly = false,
  } = parts;
  const isDryRun = own.ACTUALIZER_DRY_RUN;
  const { namespace } = settings;
  const identity = parts.identity ?? `${hostname()}-${randomUUID().slice(0, 8)}`;
  const connection = openCluster(place, tracing);
  const watch = {
    watchSeconds: Math.round(config.KUBERNETES_WATCH / 1000),
    reconcileMs: config.KUBERNETES_RELIST,
    longestDelayMs: config.KUBERNETES_RETRY,
    ...patience.watch,
  };
  const workers = createActualizerWorkers({
    ...{ config, own, settings, addresses, connection, namespace, isDryRun, log, metrics, tracing },
    patience: { ...patience, watch },
  });
  const { all, watches } = workers;
  const stopping = new AbortController();
  let starting: Promise<void> | undefined;
  let dryLeading: Leading | undefined;
  let hasPassed = false;
  void workers.passed().then(() => (hasPassed = true));

  const lead = (term: Term): Leading => {
    const leading = all.map(([, worker]) => worker.lead(term));
    return {
      stop: async () => {
        await Promise.all(leading.map((each) => each.stop()));
      },
    };
  };
  const counts = () =>
    Object.fromEntries(
      all.flatMap(([name, worker]) => {
        const each = worker.counts();
        return each ? [[name, each] as const] : [];
      }),
    );
  const definitions = createDefinitionKeeper({
    ...{ connection, log },
    mayApply: own.ACTUALIZER_APPLY_CRDS && !isDryRun,
    delays: { firstDelayMs: 100, longestDelayMs: watch.longestDelayMs },
  });
  const election = createLeaderElection({
    ...{ connection, namespace, identity, lead, log },
    name: actualizerLease.name,
    annotations: () => ({ [actualizerLease.annotation]: reportOf(counts(), workers.lastPass()) }),
    ...(patience.leader === undefined ? {} : { patience: patience.leader }),
  });
  const isLeading = () => dryLeading !== undefined || election.isLeading();
  measureControllers(metrics.registry, all, isLeading);
  measureWatches(
    metrics.registry,
    watches.flatMap((each) => each.watches),
  );

  async function begin(): Promise<void> {
    await definitions.whenThere(stopping.signal);
    if (stopping.signal.aborted) return;
    for (const each of watches) each.start();
    if (isWatchingOnly) return;
    if (isDryRun) dryLeading = lead(endlessTerm);
    else election.start();
  }

  const isLive = () => watches.every((each) => each.isLive());
  const quiet = createQuiet({
    isBusy: () =>
      !hasPassed ||
      !isLeading() ||
      !isLive() ||
      Object.values(counts()).some(({ waiting, running }) => waiting + running > 0),
  });

  const readiness = (): ActualizerReadiness => {
    const unknown = watches
      .flatMap((each) => each.watches)
      .filter(
        ([
          ,
          {
            watch: { lists },
          },
        ]) => lists() === 0,
      );
    const stale = isLeading() && !isLive() ? ["the cluster cannot be watched just now"] : [];
    const problems = [
      ...definitions.problems(),
      ...(unknown.length > 0 ? [`not listed yet: ${unknown.map(([name]) => name).join(", ")}`] : stale),
      ...(stopping.signal.aborted ? ["it stops"] : []),
    ];
    return { isReady: problems.length === 0, problems };
  };

  return {
    identity,
    isLeading,
    counts,
    plan: async (signal) => {
      const deadlineMs = performance.now() + knownWithinMs;
      while (!watches.every((each) => each.isKnown())) {
        if (performance.now() > deadlineMs) throw new Error(readiness().problems.join("; "));
        await wait(50, undefined, { signal });
      }
      return workers.plan(signal);
    },
    hint: workers.hint,
    start: () => {
      starting ??= begin().catch((error: unknown) =>
        log.error({ err: error }, "the actualizer cannot begin"),
      );
    },
    settled: async (timeoutMs = usualSettleMs) => {
      await quiet.settled(timeoutMs);
    },
    readiness,
    stop: async () => {
      stopping.abort();
      await starting;
      await election.stop();
      await dryLeading?.stop();
      await workers.close();
      await Promise.all(watches.map((each) => each.stop()));
      await connection.close();
    },
  };
}
