import { z } from "zod";
import type { ClusterCall, ClusterConnection } from "./cluster.connection.ts";
import { ClusterUnreachable } from "./cluster.errors.ts";
import { objectRefusal, saysAbsent } from "./object.refusal.ts";

/** A kind of objects in the API. */
export interface ApiKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** As it is in addresses. */
  readonly plural: string;
}

const objectShape = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    generation: z.number().optional(),
    deletionTimestamp: z.string().optional(),
  }),
});

/** An object as the cluster has it. */
export type ClusterObject = z.output<typeof objectShape>;

/** What is sent: its fields are those that are meant. */
export interface NamedObject {
  readonly metadata: { readonly name: string };
}

/** What becomes of what belongs to an object that is deleted: it goes after it, before it, or stays. */
export type Propagation = "Background" | "Foreground" | "Orphan";

/** Reads and writes single objects of one namespace. Refusals are `ObjectRefusal`s. */
export interface ObjectClient {
  /** Undefined only where the cluster says that there is none. */
  readonly get: (kind: ApiKind, name: string) => Promise<ClusterObject | undefined>;
  readonly create: (kind: ApiKind, object: NamedObject) => Promise<ClusterObject>;
  /** Makes the fields of an object what they are here; forced, also those that somebody else sets. */
  readonly apply: (
    kind: ApiKind,
    object: NamedObject,
    options?: { readonly isForced?: boolean },
  ) => Promise<ClusterObject>;
  /** Merges a change into an object, if it is still of the version that is named, or into its status. */
  readonly patch: (
    kind: ApiKind,
    name: string,
    change: { readonly metadata?: object; readonly [field: string]: unknown },
    options?: {
      readonly version?: string | undefined;
      readonly part?: "status";
      /** Under which other name the fields are set. */
      readonly manager?: string;
    },
  ) => Promise<ClusterObject>;
  /** Asks for an object to go, if it is the one, and of the version, that is meant; one that is not there is gone already. */
  readonly remove: (
    kind: ApiKind,
    name: string,
    options: {
      readonly uid: string;
      readonly version?: string | undefined;
      readonly propagation: Propagation;
    },
  ) => Promise<void>;
}

interface Parts {
  readonly connection: Pick<ClusterConnection, "ask">;
  readonly namespace: string;
  /** Under which name fields are set. */
  readonly manager: string;
  readonly timeoutMs?: number;
  /** Ends what is on its way. */
  readonly signal?: AbortSignal;
  /** Asked before each write: what it throws keeps it from being sent. */
  readonly beforeWrite?: () => void;
}

const usualTimeoutMs = 15_000;

function read(answer: string): ClusterObject {
  try {
    return objectShape.parse(JSON.parse(answer));
  } catch {
    throw new ClusterUnreachable("MALFORMED");
  }
}

const named = <Sent extends object>({ apiVersion, kind }: ApiKind, object: Sent) => ({
  ...object,
  apiVersion,
  kind,
});

/** A way to single objects, for whoever is called the manager. */
export function createObjectClient(parts: Parts): ObjectClient {
  const { connection, namespace, manager, timeoutMs = usualTimeoutMs, signal } = parts;

  const pathOf = ({ apiVersion, plural }: ApiKind, ...rest: readonly string[]) => {
    const api = apiVersion.includes("/") ? ["apis", ...apiVersion.split("/")] : ["api", apiVersion];
    return [...api, "namespaces", namespace, plural, ...rest];
  };

  async function ask(call: Pick<ClusterCall, "method" | "path" | "query" | "headers" | "body">) {
    if (call.method !== undefined) parts.beforeWrite?.();
    return connection.ask({ ...call, timeoutMs, ...(signal === undefined ? {} : { signal }) });
  }

  async function write(
    method: "POST" | "PATCH",
    path: readonly string[],
    type: string,
    body: unknown,
    query = {},
  ): Promise<ClusterObject> {
    const headers = { "content-type": type };
    try {
      const sent = { method, path, query: { fieldManager: manager, ...query }, headers };
      return read(await ask({ ...sent, body: JSON.stringify(body) }));
    } catch (error) {
      throw objectRefusal(error);
    }
  }

  return {
    get: async (kind, name) => {
      try {
        return read(await ask({ path: pathOf(kind, name) }));
      } catch (error) {
        if (saysAbsent(error, kind.plural, name)) return undefined;
        throw objectRefusal(error);
      }
    },
    create: (kind, object) => write("POST", pathOf(kind), "application/json", named(kind, object)),
    apply: (kind, object, { isForced = false } = {}) => {
      const path = pathOf(kind, object.metadata.name);
      const query = isForced ? { force: true } : {};
      return write("PATCH", path, "application/apply-patch+yaml", named(kind, object), query);
    },
    patch: (kind, name, change, { version, part, manager: other } = {}) => {
      const metadata = {
        ...change.metadata,
        ...(version === undefined ? {} : { resourceVersion: version }),
      };
      const path = pathOf(kind, name, ...(part === undefined ? [] : [part]));
      const query = other === undefined ? {} : { fieldManager: other };
      return write("PATCH", path, "application/merge-patch+json", { ...change, metadata }, query);
    },
    remove: async (kind, name, { uid, version, propagation }) => {
      const options = {
        kind: "DeleteOptions",
        apiVersion: "v1",
        preconditions: { uid, ...(version === undefined ? {} : { resourceVersion: version }) },
        propagationPolicy: propagation,
      };
      const headers = { "content-type": "application/json" };
      try {
        const path = pathOf(kind, name);
        await ask({ method: "DELETE", path, headers, body: JSON.stringify(options) });
      } catch (error) {
        if (!saysAbsent(error, kind.plural, name)) throw objectRefusal(error);
      }
    },
  };
}
