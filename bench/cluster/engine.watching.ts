import { pino } from "pino";
import { openCluster } from "../../src/services/kubernetes/cluster.connection.ts";
import { createObjectIndex } from "../../src/services/kubernetes/object.index.ts";
import { readPod } from "../../src/services/kubernetes/pod.reader.ts";
import type { PodRecord } from "../../src/services/kubernetes/pod.record.ts";
import { createWatch } from "../../src/services/kubernetes/watch.engine.ts";
import { platformSelector, projectKey } from "../../src/services/kubernetes/workload.labels.ts";
import type { WatchedPlace, Watching } from "./watching.ts";

/** The gateway's own watch, with a listener that looks at the producer's pods after each change. */
export function watchByEngine({ url, namespace }: WatchedPlace): Watching {
  let told = 0;
  const fail = (error: unknown) => {
    throw error;
  };
  const index = createObjectIndex<PodRecord>({ keyOf: projectKey, onListenerError: fail });
  const watch = createWatch({
    connection: openCluster({ from: "address", url }),
    kind: {
      name: "pods",
      path: ["api", "v1", "namespaces", namespace, "pods"],
      labelSelector: platformSelector,
      read: readPod,
    },
    target: index,
    log: pino({ level: "silent" }),
  });
  index.listenToAll((changes, key) => {
    index.of(key);
    told += changes.length;
  });
  return {
    start: watch.start,
    told: () => told,
    known: () => index.keys().flatMap((key) => index.of(key).map((pod) => JSON.stringify(pod))),
    right: (objects) => objects.map((object) => JSON.stringify(readPod(object))),
  };
}
