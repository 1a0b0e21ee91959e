import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import { UpstreamRejected } from "../../errors.ts";
import type { PlatformGrant, ProducerGrant, ProjectGrant } from "../../permissions/grant.ts";
import { clusterError } from "../kubernetes/cluster.answers.ts";
import type { ObjectClient } from "../kubernetes/object.client.ts";
import { ObjectRefusal } from "../kubernetes/object.refusal.ts";
import { customKinds, resourceAnnotations } from "./resource.names.ts";
import type { ResourceRecord } from "./resource.record.ts";
import { readResource } from "./resource.reader.ts";

/** What is to be left alone of a producer's, or no longer. */
export interface PauseWish {
  readonly isPaused: boolean;
  readonly reason: string | undefined;
}

/** Wishes that people write on resources. */
export interface ResourceWrites {
  /** Asks for these to be looked at before all others; those that are gone meanwhile are passed over. */
  readonly hurry: (grant: ProjectGrant<"write">, resources: readonly Named[]) => Promise<void>;
  /** Whether all that is a producer's is left alone, once that is as wished. */
  readonly pause: (grants: PauseGrants, wish: PauseWish) => Promise<boolean>;
}

type Named = Pick<ResourceRecord, "kind" | "object">;
type PauseGrants = readonly [PlatformGrant, ProducerGrant<"admin">];

/** How many are written side by side for one who asks. */
const sideBySide = 8;

const isMissing = (error: unknown) => error instanceof ObjectRefusal && error.kind === "MISSING";

/** What a write that came to nothing means to whoever asked for it. */
export function writeError(error: unknown): unknown {
  if (!(error instanceof ObjectRefusal)) return clusterError(error, "deployment");
  switch (error.kind) {
    case "FORBIDDEN":
      return new UpstreamRejected("kubernetes", "The gateway may not do this in the cluster.");
    case "MISSING":
      return notInstalled();
    default:
      return new UpstreamRejected("kubernetes", `The cluster refused: ${error.kind}.`);
  }
}

/** Said where the cluster has never heard of custom resources. */
export const notInstalled = () =>
  new UpstreamRejected(
    "kubernetes",
    "The cluster does not know the platform's resources: the actualizer's definitions are not installed there.",
  );

/** Does it, and makes what the cluster refuses an error of the graph. */
export async function wished<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw writeError(error);
  }
}

export function createResourceWrites(client: Pick<ObjectClient, "patch" | "apply">): ResourceWrites {
  async function pauseOne({ producer, login }: ProducerGrant<"admin">, { isPaused, reason }: PauseWish) {
    const annotations = {
      [resourceAnnotations.paused]: isPaused ? "true" : null,
      [resourceAnnotations.pausedReason]: (isPaused ? reason : undefined) ?? null,
    };
    // One that says so itself would stay paused.
    const change = { metadata: { annotations }, ...(isPaused ? {} : { spec: { paused: null } }) };
    try {
      return await client.patch(customKinds.PRODUCER, producer, change);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const said = Object.fromEntries(Object.entries(annotations).filter(([, value]) => value !== null));
    const wanted = { metadata: { name: producer, annotations: said }, spec: { login } };
    return client.apply(customKinds.PRODUCER, wanted);
  }

  return {
    hurry: (_grant, resources) =>
      wished(async () => {
        const annotations = { [resourceAnnotations.reconcileRequested]: randomUUID() };
        const inTurn = pLimit(sideBySide);
        const write = async ({ kind, object }: Named) => {
          try {
            await client.patch(customKinds[kind], object, { metadata: { annotations } });
          } catch (error) {
            if (!isMissing(error)) throw error;
          }
        };
        await Promise.all(resources.map((resource) => inTurn(write, resource)));
      }),
    pause: ([, grant], wish) =>
      wished(async () => readResource("PRODUCER", await pauseOne(grant, wish)).isPaused),
  };
}
