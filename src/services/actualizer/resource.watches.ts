import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../kubernetes/cluster.connection.ts";
import type { Known } from "../kubernetes/cluster.watches.ts";
import { createObjectIndex } from "../kubernetes/object.index.ts";
import { createWatch } from "../kubernetes/watch.engine.ts";
import type { WatchPatience } from "../kubernetes/watch.patience.ts";
import { projectKey } from "../kubernetes/workload.labels.ts";
import { customKinds, resourceGroup, resourceVersion, type CustomKind } from "./resource.names.ts";
import { readResource } from "./resource.reader.ts";
import type { ResourceRecord } from "./resource.record.ts";

/** The custom resources as they are known here: a project's by its key, producers' by their names. */
export type ResourceWatches = Readonly<Record<CustomKind, Known<ResourceRecord>>>;

interface Means {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly patience: Partial<WatchPatience>;
  readonly log: Log;
}

/** How many gateways are read at once. */
const gatewaysOfPage = 50;

/** Makes one watch for each kind, none of which has begun. */
export function createResourceWatches({ connection, namespace, patience, log }: Means): ResourceWatches {
  const onListenerError = (error: unknown) => log.error({ err: error }, "a listener to the cluster failed");
  const known = (kind: CustomKind): Known<ResourceRecord> => {
    const { plural } = customKinds[kind];
    const keyOf = (resource: ResourceRecord) =>
      kind === "PRODUCER" ? resource.producer : projectKey(resource);
    const index = createObjectIndex<ResourceRecord>({ keyOf, onListenerError });
    const path = ["apis", resourceGroup, resourceVersion, "namespaces", namespace, plural];
    const read = (object: unknown) => readResource(kind, object);
    const watched = { name: plural, path, labelSelector: undefined, read };
    // Most of a gateway is its configuration, which may be as large as the cluster takes.
    const paged = kind === "GATEWAY" ? { ...patience, pageSize: gatewaysOfPage } : patience;
    return { index, watch: createWatch({ connection, kind: watched, target: index, log, patience: paged }) };
  };
  return {
    PRODUCER: known("PRODUCER"),
    WORKSPACE: known("WORKSPACE"),
    GATEWAY: known("GATEWAY"),
    FUNCTION: known("FUNCTION"),
  };
}
