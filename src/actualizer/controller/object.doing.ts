import { LRUCache } from "lru-cache";
import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { ObjectRefusal } from "../../services/kubernetes/object.refusal.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import { differenceOf } from "../desired/difference.ts";
import { marked, wordsOf, type ObjectStep } from "./object.steps.ts";
import { ownedKinds, removalOrder } from "./owned.kinds.ts";
import { readObject, type SeenObject, type WrittenObject } from "./owned.object.ts";

/** What could not be done, in words. */
export interface Outcome {
  readonly refused: readonly string[];
  readonly disputed: readonly string[];
  readonly waiting: readonly string[];
}

/** What became of it, and what was written. */
export interface Performed extends Outcome {
  readonly written: readonly WrittenObject[];
}

type Problems = { readonly [Kind in keyof Outcome]: string[] };

/** Does what is to be done about the objects of a resource. */
export interface ObjectDoing {
  /** Removes only what the check lets go; it is asked once, before the first. */
  readonly perform: (
    steps: readonly ObjectStep[],
    client: ObjectClient,
    mayRemove: () => Promise<boolean>,
  ) => Promise<Performed>;
}

const mostRemembered = 50_000;
/** How long a deletion that was asked for is taken as on its way. */
const askedMs = 60_000;

const nameOf = (step: ObjectStep) =>
  step.what === "remove"
    ? `${step.seen.kind} ${step.seen.name}`
    : `${step.object.kind} ${step.object.metadata.name}`;

function inOrder(steps: readonly ObjectStep[]): readonly ObjectStep[] {
  const rank = (step: ObjectStep) =>
    step.what === "remove" ? 1 + removalOrder.findIndex((kind) => kind === step.seen.kind) : 0;
  return [...steps].sort((one, other) => rank(one) - rank(other));
}

/** Remembers over all its work what it has asked for already and what it has changed back lately. */
export function createObjectDoing(disputeMs: number): ObjectDoing {
  const asked = new LRUCache<string, true>({ max: mostRemembered, ttl: askedMs });
  const corrected = new LRUCache<string, true>({ max: mostRemembered, ttl: disputeMs });
  /** What the cluster writes otherwise than it was told: it is not different for that. */
  const otherwise = new LRUCache<string, string>({ max: mostRemembered });

  async function remove(client: ObjectClient, seen: SeenObject, isReplaced: boolean): Promise<void> {
    const kind = Object.values(ownedKinds).find((each) => each.kind === seen.kind);
    if (!kind || seen.isLeaving || asked.has(seen.uid)) return;
    // Pods of two deployments that answer to one name are not to be there side by side.
    const propagation = isReplaced ? "Foreground" : "Background";
    try {
      await client.remove(kind, seen.name, { uid: seen.uid, propagation });
    } catch (error) {
      // It is another one by now, which nobody has asked to go.
      if (!(error instanceof ObjectRefusal) || error.kind !== "CHANGED") throw error;
    }
    asked.set(seen.uid, true);
  }

  async function apply(
    client: ObjectClient,
    step: Extract<ObjectStep, { what: "apply" }>,
    problems: Problems,
    written: WrittenObject[],
  ): Promise<void> {
    const { object, seen, isDrift } = step;
    if (isDrift && seen) {
      const words = wordsOf(step).join("; ");
      if (otherwise.get(seen.uid) === words) return;
      if (corrected.has(seen.uid)) {
        problems.disputed.push(`Somebody else keeps changing ${nameOf(step)}: ${words}.`);
        return;
      }
      corrected.set(seen.uid, true);
    }
    const sent = marked(object);
    // What has taken its name since is not forced into anything.
    const metadata = seen ? { ...sent.metadata, uid: seen.uid } : sent.metadata;
    const kind = ownedKinds[object.kind];
    const isForced = seen !== undefined;
    const made = readObject(kind, await client.apply(kind, { ...sent, metadata }, { isForced }));
    written.push({ before: seen?.version, object: made });
    const left = differenceOf([object], [made.whole]).map(({ words }) => words);
    if (left.length > 0) otherwise.set(made.uid, left.join("; "));
    else otherwise.delete(made.uid);
  }

  function noteRefusal(error: unknown, step: ObjectStep, problems: Problems): void {
    if (!(error instanceof ObjectRefusal) || error.kind === "CHANGED" || error.kind === "EXISTS") throw error;
    const words = `${nameOf(step)}: ${error.words}`;
    if (error.kind === "TAKEN") problems.disputed.push(words);
    else problems.refused.push(words);
  }

  return {
    perform: async (steps, client, mayRemove) => {
      const problems: Problems = { refused: [], disputed: [], waiting: [] };
      const written: WrittenObject[] = [];
      let isAllowed: Promise<boolean> | undefined;
      const failed = new Set<string>();
      const perform = async (step: ObjectStep): Promise<void> => {
        switch (step.what) {
          case "keep":
            return;
          case "await":
            problems.waiting.push(step.words);
            return;
          case "dispute":
            problems.disputed.push(step.words);
            return;
          case "apply":
            // Pods would start with files that are not theirs.
            if (step.object.kind === "Deployment" && failed.has("ConfigMap")) {
              problems.waiting.push(`${nameOf(step)} waits for its files.`);
              return;
            }
            return apply(client, step, problems, written);
          case "replace":
          case "remove": {
            const isReplaced = step.what === "replace";
            const isKept = problems.refused.length > 0 || !(await (isAllowed ??= mayRemove()));
            if (isKept) problems.waiting.push(`${nameOf(step)} is not removed yet.`);
            else await remove(client, step.seen, isReplaced);
            if (isReplaced)
              problems.waiting.push(`${nameOf(step)} is replaced, since its pods are found by other labels.`);
          }
        }
      };
      for (const step of inOrder(steps)) {
        const known = problems.refused.length + problems.disputed.length;
        await perform(step).catch((error: unknown) => noteRefusal(error, step, problems));
        const isFailed = problems.refused.length + problems.disputed.length > known;
        if (isFailed && step.what !== "remove") failed.add(step.object.kind);
      }
      return { ...problems, written };
    },
  };
}

/** What is said of a resource whose objects were worked on like this. */
export function appliedCondition({ refused, disputed, waiting }: Outcome): SaidCondition {
  const words = [...refused, ...disputed, ...waiting].join(" ");
  if (refused.length > 0) return conditionOf("Applied", "Refused", words);
  if (disputed.length > 0) return conditionOf("Applied", "Disputed", words);
  if (waiting.length > 0) return conditionOf("Applied", "Waiting", words);
  return conditionOf("Applied", "Applied");
}
