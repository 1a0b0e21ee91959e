import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import type { Watched } from "../../services/kubernetes/cluster.metrics.ts";
import type { ApiKind } from "../../services/kubernetes/object.client.ts";
import { createObjectIndex, type ObjectIndex } from "../../services/kubernetes/object.index.ts";
import { createWatch, type Watch } from "../../services/kubernetes/watch.engine.ts";
import type { WatchPatience } from "../../services/kubernetes/watch.patience.ts";
import { platformSelector } from "../../services/kubernetes/workload.labels.ts";
import type { ResourceKind } from "../resources/resource.kind.ts";
import type { CustomResource } from "../resources/resources.ts";
import { isOwned, readObject, type Owner, type SeenObject } from "./owned.object.ts";
import { apiKindOf, collectionPath, ownedKinds } from "./owned.kinds.ts";

/** The cluster, and how it is watched. */
export interface WatchMeans {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly patience?: Partial<WatchPatience>;
  readonly log: Log;
}

interface Known<Item> {
  readonly index: ObjectIndex<Item>;
  readonly watch: Watch;
}

/** Watches one kind of objects, in groups. */
export function know<Item>(
  { connection, namespace, patience = {}, log }: WatchMeans,
  api: ApiKind,
  how: {
    readonly keyOf: (item: Item) => string;
    readonly read: (object: unknown) => Item | undefined;
    readonly labelSelector?: string;
  },
): Known<Item> {
  const onListenerError = (error: unknown) => log.error({ err: error }, "a listener to the cluster failed");
  const index = createObjectIndex<Item>({ keyOf: how.keyOf, onListenerError });
  const path = collectionPath(api, namespace);
  const kind = { name: api.plural, path, labelSelector: how.labelSelector, read: how.read };
  return { index, watch: createWatch({ connection, kind, target: index, log, patience }) };
}

/** What is watched, and how far it can be believed. */
export interface KnownObjects {
  /** Whether everything has been listed once. */
  readonly isKnown: () => boolean;
  /** Whether what is known is what is so. */
  readonly isLive: () => boolean;
  /** Tells each time that everything is live again. */
  readonly onLive: (listener: () => void) => () => void;
  /** All watches by name, for metrics. */
  readonly watches: readonly (readonly [string, Watched])[];
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** How far several watches together can be believed. */
export function standingOf(all: readonly (readonly [string, Watched])[]): KnownObjects {
  const watches = all.map(([, { watch }]) => watch);
  const isLive = () => watches.every(({ state }) => state().phase === "live");
  return {
    watches: all,
    isKnown: () => watches.every(({ lists }) => lists() > 0),
    isLive,
    onLive: (listener) => {
      const stops = watches.map(({ listen }) => listen(() => isLive() && listener()));
      return () => stops.forEach((stop) => stop());
    },
    start: () => watches.forEach(({ start }) => start()),
    stop: async () => {
      await Promise.all(watches.map(({ stop }) => stop()));
    },
  };
}

/** The objects that custom resources have. */
export interface OwnedObjects extends KnownObjects {
  /** Those of the resource with a uid. */
  readonly of: (uid: string) => readonly SeenObject[];
  /** Tells whose objects have changed. */
  readonly listen: (listener: (owner: Owner, changed: readonly SeenObject[]) => void) => () => void;
}

/** Watches, for all controllers of a process, what belongs to custom resources; nothing begins before it is started. */
export function watchOwned(means: WatchMeans): OwnedObjects {
  const all = Object.values(ownedKinds).map((api) => {
    const read = (object: unknown) => {
      const seen = readObject(api, object);
      return isOwned(seen) ? seen : undefined;
    };
    const keyOf = ({ owner }: SeenObject) => owner?.uid ?? "";
    return [api.plural, know(means, api, { keyOf, read, labelSelector: platformSelector })] as const;
  });
  return {
    ...standingOf(all),
    of: (uid) => all.flatMap(([, { index }]) => index.of(uid)),
    listen: (listener) => {
      const stops = all.map(([, { index }]) =>
        index.listenToAll((changes) => {
          const owner = changes[0]?.item.owner;
          const changed = changes.map(({ item }) => item);
          if (owner) listener(owner, changed);
        }),
      );
      return () => stops.forEach((stop) => stop());
    },
  };
}

/** The custom resources of one kind. */
export interface KnownResources<Resource> extends KnownObjects {
  /** The resource of a name; of two, the one that was made later. */
  readonly get: (name: string) => Resource | undefined;
  readonly names: () => readonly string[];
  /** Tells of each change: the resource as it is now, or as it was when it went. */
  readonly listen: (listener: (resource: Resource, isGone: boolean) => void) => () => void;
}

/** Watches the custom resources of one kind; one that cannot be read counts as unknown, which removes nothing. */
export function watchResources<Resource extends CustomResource>(
  means: WatchMeans,
  kind: Pick<ResourceKind, "kind" | "plural">,
  read: (object: unknown) => Resource,
): KnownResources<Resource> {
  const api = apiKindOf(kind);
  const readOne = (object: unknown) =>
    read({ ...(object as object), apiVersion: api.apiVersion, kind: api.kind });
  const known = know<Resource>(means, api, { keyOf: ({ metadata }) => metadata.name, read: readOne });
  const { index } = known;
  return {
    ...standingOf([[api.plural, known]]),
    get: (name) => index.of(name).at(-1),
    names: index.keys,
    listen: (listener) =>
      index.listenToAll((changes) => {
        for (const { kind: what, item } of changes) listener(item, what === "REMOVED");
      }),
  };
}
