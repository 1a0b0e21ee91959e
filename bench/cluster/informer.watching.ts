import { CoreV1Api, KubeConfig, makeInformer, type V1Pod } from "@kubernetes/client-node";
import { platformSelector } from "../../src/services/kubernetes/workload.labels.ts";
import type { WatchedPlace, Watching } from "./watching.ts";

const nameAndVersion = ({ metadata }: V1Pod) =>
  `${metadata?.name ?? ""} ${metadata?.uid ?? ""} ${metadata?.resourceVersion ?? ""}`;

/** The informer of the official client, as its documentation has it, with a listener that looks at nothing. */
export function watchByInformer({ url, namespace }: WatchedPlace): Watching {
  let told = 0;
  const config = new KubeConfig();
  // Without TLS the client speaks only if it is not to verify any.
  config.loadFromClusterAndUser({ name: "bench", server: url, skipTLSVerify: true }, { name: "bench" });
  const core = config.makeApiClient(CoreV1Api);
  const informer = makeInformer<V1Pod>(
    config,
    `/api/v1/namespaces/${namespace}/pods`,
    () => core.listNamespacedPod({ namespace, labelSelector: platformSelector }),
    platformSelector,
  );
  informer.on("change", () => {
    told += 1;
  });
  informer.on("error", (error: unknown) => {
    throw error;
  });
  return {
    start: () => void informer.start(),
    told: () => told,
    known: () => informer.list().map(nameAndVersion),
    right: (objects) => objects.map((object) => nameAndVersion(object as V1Pod)),
  };
}
