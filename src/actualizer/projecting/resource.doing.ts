import { LRUCache } from "lru-cache";
import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { ObjectRefusal } from "../../services/kubernetes/object.refusal.ts";
import { apiKindOf } from "../controller/owned.kinds.ts";
import { functionKind, functionShape } from "../resources/function.resource.ts";
import { gatewayKind, gatewayShape } from "../resources/gateway.resource.ts";
import { producerKind, producerShape } from "../resources/producer.resource.ts";
import type { CustomResource } from "../resources/resources.ts";
import { workspaceKind, workspaceShape } from "../resources/workspace.resource.ts";
import { markedResource, resourceDifference } from "./resource.mark.ts";
import type { ResourceStep } from "./resource.steps.ts";

const kinds = {
  Producer: { names: producerKind, shape: producerShape },
  Workspace: { names: workspaceKind, shape: workspaceShape },
  Gateway: { names: gatewayKind, shape: gatewayShape },
  Function: { names: functionKind, shape: functionShape },
} as const;

/** What could not be done, in words. */
export interface Undone {
  readonly refused: string[];
  readonly disputed: string[];
}

/** Does what is to be done about resources. */
export interface ResourceDoing {
  /** Makes one what it is to be; as the cluster has it then, or undefined where that was not done. */
  readonly apply: (
    step: Extract<ResourceStep, { what: "apply" }>,
    client: ObjectClient,
    undone: Undone,
  ) => Promise<CustomResource | undefined>;
  /** Asks for one to go, as it is known. Whether it was: one that has changed since is to be judged anew. */
  readonly remove: (known: CustomResource, client: ObjectClient) => Promise<boolean>;
}

const mostRemembered = 100_000;
/** How long a deletion that was asked for is taken as on its way. */
const askedMs = 60_000;

const nameOf = ({ kind, metadata }: CustomResource) => `${kind} ${metadata.name}`;

/** Remembers over all its work what it has asked for already and what it has changed back lately. */
export function createResourceDoing(disputeMs: number): ResourceDoing {
  const asked = new LRUCache<string, true>({ max: mostRemembered, ttl: askedMs });
  const corrected = new LRUCache<string, true>({ max: mostRemembered, ttl: disputeMs });
  /** What the cluster writes otherwise than it was told: it is not different for that. */
  const otherwise = new LRUCache<string, string>({ max: mostRemembered });

  return {
    apply: async ({ wanted, known, isDrift, words }, client, undone) => {
      const { names, shape } = kinds[wanted.kind];
      const uid = known?.metadata.uid ?? "";
      if (isDrift) {
        if (otherwise.get(uid) === words.join("; ")) return known;
        if (corrected.has(uid)) {
          undone.disputed.push(`Somebody else keeps changing ${nameOf(wanted)}: ${words.join("; ")}.`);
          return known;
        }
        corrected.set(uid, true);
      }
      const sent = markedResource(wanted);
      // What has taken its name since is not forced into anything.
      const metadata = known ? { ...sent.metadata, uid } : sent.metadata;
      const isForced = known !== undefined;
      try {
        const kind = apiKindOf(names);
        const made = shape.parse(await client.apply(kind, { ...sent, metadata }, { isForced }));
        const left = resourceDifference(wanted, made).map((each) => `would ${each} in ${nameOf(wanted)}`);
        otherwise.set(made.metadata.uid ?? "", left.join("; "));
        return made;
      } catch (error) {
        // What somebody else was quicker to make is known soon, and can be taken over then.
        const isRefused = error instanceof ObjectRefusal && ["INVALID", "FORBIDDEN"].includes(error.kind);
        if (!isRefused) throw error;
        undone.refused.push(`${nameOf(wanted)}: ${error.words}`);
        return undefined;
      }
    },
    remove: async (known, client) => {
      const { name, uid = "", resourceVersion: version } = known.metadata;
      if (asked.has(uid)) return true;
      try {
        const kind = apiKindOf(kinds[known.kind].names);
        await client.remove(kind, name, { uid, version, propagation: "Background" });
      } catch (error) {
        if (!(error instanceof ObjectRefusal) || error.kind !== "CHANGED") throw error;
        return false;
      }
      asked.set(uid, true);
      return true;
    },
  };
}
