import { isDeepStrictEqual } from "node:util";
import type { ClusterObject, ObjectClient } from "../../services/kubernetes/object.client.ts";
import { peoplesManager } from "../../services/actualizer/resource.names.ts";
import { withConditions, type SaidCondition } from "../resources/conditions.ts";
import type { CustomResource } from "../resources/resources.ts";
import { finalizer, type ControlledKind } from "./controlled.kind.ts";
import { apiKindOf } from "./owned.kinds.ts";
import { createWrittenObjects } from "./written.objects.ts";

/** Writes to resources themselves: their finalizers and their status, and only what changes. */
export interface ResourceWriting<Resource> {
  /** A resource as it is, though a watch may not have told yet. */
  readonly latest: (told: Resource) => Resource;
  readonly forget: (uid: string) => void;
  /** The resource as the cluster has it this moment; undefined where it is another or none. */
  readonly reread: (resource: Resource, client: ObjectClient) => Promise<Resource | undefined>;
  readonly hold: (resource: Resource, client: ObjectClient) => Promise<Resource>;
  readonly letGo: (resource: Resource, client: ObjectClient) => Promise<void>;
  readonly say: (resource: Resource, client: ObjectClient, said: Said) => Promise<void>;
  /** Writes down what people want, in their name. */
  readonly intend: (resource: Resource, client: ObjectClient, spec: Readonly<object>) => Promise<void>;
}

/** What is said of a resource; what is not said stays as it is. */
export interface Said {
  readonly conditions: readonly SaidCondition[];
  readonly more?: Readonly<Record<string, unknown>> | undefined;
  /** It has been left alone, so what was worked on last is still that. */
  readonly isUntouched?: boolean;
}

/** This moment, by the second, as the cluster keeps times. */
export const clusterTime = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

export function createResourceWriting<Resource extends CustomResource>({
  names,
  read,
}: Pick<ControlledKind<Resource>, "names" | "read">): ResourceWriting<Resource> {
  const written = createWrittenObjects<Resource>();
  const kind = apiKindOf(names);
  type Change = Parameters<ObjectClient["patch"]>[2];
  type How = Pick<NonNullable<Parameters<ObjectClient["patch"]>[3]>, "part" | "manager">;

  /** Nobody else's change is lost: the cluster refuses it if the resource is another by now. */
  async function patch(resource: Resource, client: ObjectClient, change: Change, how: How = {}) {
    const { name, resourceVersion: version } = resource.metadata;
    const answer: ClusterObject = await client.patch(kind, name, change, {
      version,
      ...how,
    });
    const after = read(answer);
    written.note(resource, after);
    return after;
  }

  const finalizersOf = ({ metadata }: Resource) => metadata.finalizers ?? [];

  return {
    latest: written.latest,
    forget: written.forget,
    reread: async ({ metadata }, client) => {
      const found = await client.get(kind, metadata.name);
      return found?.metadata.uid === metadata.uid ? read(found) : undefined;
    },
    hold: async (resource, client) => {
      const finalizers = finalizersOf(resource);
      if (finalizers.includes(finalizer)) return resource;
      return patch(resource, client, { metadata: { finalizers: [...finalizers, finalizer] } });
    },
    letGo: async (resource, client) => {
      const finalizers = finalizersOf(resource).filter((each) => each !== finalizer);
      await patch(resource, client, { metadata: { finalizers } });
    },
    say: async (resource, client, { conditions: said, more = {}, isUntouched = false }) => {
      const { generation } = resource.metadata;
      const known = resource.status?.conditions ?? [];
      const conditions = withConditions(known, said, { generation, at: clusterTime() });
      const status = {
        ...more,
        conditions,
        ...(generation === undefined || isUntouched ? {} : { observedGeneration: generation }),
      };
      const before = { ...resource.status, conditions: withConditions(known, [], { generation, at: "" }) };
      if (isDeepStrictEqual({ ...before, ...status }, before)) return;
      await patch(resource, client, { status }, { part: "status" });
    },
    intend: async (resource, client, spec) => {
      await patch(resource, client, { spec }, { manager: peoplesManager });
    },
  };
}
