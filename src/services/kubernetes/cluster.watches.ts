import type { Log } from "../../log.ts";
import type { ClusterConnection } from "./cluster.connection.ts";
import { readDeployment, type DeploymentRecord } from "./deployment.reader.ts";
import { readEndpoints, type EndpointRecord } from "./endpoint.reader.ts";
import { createObjectIndex, type ObjectIndex } from "./object.index.ts";
import { readPod } from "./pod.reader.ts";
import type { PodRecord } from "./pod.record.ts";
import { createWatch, type Watch } from "./watch.engine.ts";
import type { WatchPatience } from "./watch.patience.ts";
import { platformSelector, projectKey } from "./workload.labels.ts";

/** One kind of object as it is known here, by its producers' environments. */
export interface Known<Item> {
  readonly index: ObjectIndex<Item>;
  readonly watch: Watch;
}

/** All that is watched. */
export interface ClusterWatches {
  readonly pods: Known<PodRecord>;
  readonly deployments: Known<DeploymentRecord>;
  readonly endpoints: Known<EndpointRecord>;
}

interface Means {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly patience: Partial<WatchPatience>;
  readonly log: Log;
}

/** Makes one watch for each kind, none of which has begun. */
export function createWatches({ connection, namespace, patience, log }: Means): ClusterWatches {
  const onListenerError = (error: unknown) => log.error({ err: error }, "a listener to the cluster failed");
  const known = <Item extends { readonly producer: string; readonly env: string }>(
    api: readonly string[],
    name: string,
    read: (object: unknown) => Item | undefined,
  ): Known<Item> => {
    const index = createObjectIndex<Item>({ keyOf: projectKey, onListenerError });
    const path = [...api, "namespaces", namespace, name];
    const kind = { name, path, labelSelector: platformSelector, read };
    return { index, watch: createWatch({ connection, kind, target: index, log, patience }) };
  };
  return {
    pods: known(["api", "v1"], "pods", readPod),
    deployments: known(["apis", "apps", "v1"], "deployments", readDeployment),
    endpoints: known(["apis", "discovery.k8s.io", "v1"], "endpointslices", readEndpoints),
  };
}
