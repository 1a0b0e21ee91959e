import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { Log } from "../../src/log.ts";
import { openCluster } from "../../src/services/kubernetes/cluster.connection.ts";
import type { ClusterSource } from "../../src/services/kubernetes/cluster.source.ts";
import { createObjectIndex } from "../../src/services/kubernetes/object.index.ts";
import { createWatch } from "../../src/services/kubernetes/watch.engine.ts";
import type { WatchPatience } from "../../src/services/kubernetes/watch.patience.ts";
import type { WatchState } from "../../src/services/kubernetes/watch.standing.ts";
import { startStandIn, type StandIn, type StandInObject } from "./kubernetes.stand-in.ts";

/** What is kept of an object in these tests. */
export interface Thing {
  readonly uid: string;
  readonly name: string;
  readonly producer: string;
  readonly value: number;
}

const quick: Partial<WatchPatience> = {
  pageSize: 2,
  pageTimeoutMs: 300,
  watchSeconds: 1,
  graceMs: 500,
  headersTimeoutMs: 300,
  settledMs: 50,
  firstDelayMs: 4,
  longestDelayMs: 40,
  forbiddenDelayMs: 40,
};

const silent = pino({ level: "silent" });

function readThing(object: unknown): Thing {
  const { metadata, value } = object as StandInObject;
  return { uid: metadata.uid, name: metadata.name, producer: metadata.labels["producer"] ?? "", value };
}

/** A watch of a stand-in, and everything it said. */
export function watchOf(
  cluster: StandIn,
  patience: Partial<WatchPatience> = {},
  source: ClusterSource = { from: "address", url: cluster.url },
  log: Log = silent,
) {
  const connection = openCluster(source);
  const thrown: unknown[] = [];
  const index = createObjectIndex<Thing>({
    keyOf: ({ producer }) => producer,
    onListenerError: (error) => thrown.push(error),
  });
  const watch = createWatch({
    connection,
    kind: {
      name: "things",
      path: ["api", "v1", "namespaces", "customer", "pods"],
      labelSelector: "producer",
      read: readThing,
    },
    target: index,
    log,
    patience: { ...quick, ...patience },
  });
  const states: WatchState[] = [];
  watch.listen((state) => states.push(state));

  const known = () =>
    Object.fromEntries(
      index
        .keys()
        .flatMap((key) => index.of(key))
        .map(({ uid, value }) => [uid, value]),
    );

  /** Waits for something, looking at every change of the index, the state and what the server is asked. */
  function until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const stops: (() => void)[] = [];
      const look = () => {
        if (!condition()) return;
        for (const stop of stops) stop();
        resolve();
      };
      stops.push(index.listenToAll(look), watch.listen(look), cluster.onRequest(look));
      look();
    });
  }

  const isSame = () => JSON.stringify(sorted(known())) === JSON.stringify(sorted(cluster.truth()));
  const stop = async () => {
    await watch.stop();
    await connection.close();
  };
  onTestFinished(stop);
  return {
    watch,
    index,
    connection,
    states,
    thrown,
    known,
    until,
    stop,
    /** Waits until it is sure of itself and right. */
    untilRight: () => until(() => watch.state().phase === "live" && isSame()),
    untilPhase: (phase: WatchState["phase"]) => until(() => watch.state().phase === phase),
  };
}

const sorted = (values: Readonly<Record<string, number>>) => Object.entries(values).sort();

/** A stand-in with some things in it, and a watch that has begun. */
export async function begin(patience: Partial<WatchPatience> = {}) {
  const cluster = await startStandIn();
  onTestFinished(cluster.close);
  for (const name of ["a", "b", "c", "d", "e"]) cluster.put(name, 1);
  const watching = watchOf(cluster, patience);
  watching.watch.start();
  await watching.untilRight();
  return { cluster, ...watching };
}
