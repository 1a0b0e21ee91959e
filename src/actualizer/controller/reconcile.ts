import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import type { DesiredObject } from "../desired/desired.objects.ts";
import { conditionOf } from "../resources/conditions.ts";
import type { CustomResource } from "../resources/resources.ts";
import { finalizer, type ControlledKind, type ControllerPatience } from "./controlled.kind.ts";
import type { KnownObjects, KnownResources, OwnedObjects } from "./known.objects.ts";
import { appliedCondition, createObjectDoing, type Performed } from "./object.doing.ts";
import { stepFor, unwanted, wordsOf, type ObjectStep } from "./object.steps.ts";
import { readObject, withWritten } from "./owned.object.ts";
import { ownedKinds } from "./owned.kinds.ts";
import { createResourceWriting, type ResourceWriting } from "./resource.writing.ts";

/** The cluster refuses something of what a resource is to have; the resource says what. */
export class NotApplied extends Error {
  constructor(words: readonly string[]) {
    super(words.join(" "));
    this.name = "NotApplied";
  }
}

/** Makes what runs what a resource says. */
export interface Reconciler<Resource> {
  /** Looks at a resource; answers when it is to be looked at again, or undefined where that depends on others. */
  readonly reconcile: (
    name: string,
    client: ObjectClient,
    signal: AbortSignal,
  ) => Promise<number | undefined>;
  /** What that would do, in words. Only asks. */
  readonly plan: (name: string, client: ObjectClient) => Promise<readonly string[]>;
  readonly writing: ResourceWriting<Resource>;
}

interface Parts<Resource extends CustomResource> {
  readonly kind: ControlledKind<Resource>;
  readonly resources: KnownResources<Resource>;
  readonly owned: OwnedObjects;
  /** What else has to be known before anything is worked on. */
  readonly needs?: readonly KnownObjects[];
  readonly patience: ControllerPatience;
}

export function createReconciler<Resource extends CustomResource>(
  parts: Parts<Resource>,
): Reconciler<Resource> {
  const { kind, resources, owned, needs = [], patience } = parts;
  const writing = createResourceWriting(kind);
  const doing = createObjectDoing(patience.disputeMs);

  const isLive = () => resources.isLive() && owned.isLive();
  const ownedBy = ({ metadata }: Resource) => owned.of(metadata.uid ?? "");

  function find(name: string): Resource | undefined {
    // What was never listed in full is not known to be missing.
    if (![resources, owned, ...needs].every(({ isKnown }) => isKnown())) return undefined;
    const told = resources.get(name);
    return told && writing.latest(told);
  }

  /** What is not known as the resource's own may be there all the same. */
  async function examine(
    resource: Resource,
    desired: readonly DesiredObject[],
    client: ObjectClient,
  ): Promise<readonly ObjectStep[]> {
    const own = ownedBy(resource);
    const steps = desired.map(async (object) => {
      const { name } = object.metadata;
      const known = own.find((each) => each.kind === object.kind && each.name === name);
      if (known) return stepFor(object, known, resource);
      const api = ownedKinds[object.kind];
      const found = await client.get(api, name);
      return stepFor(object, found && readObject(api, found), resource);
    });
    const removals = unwanted(desired, own).map((seen): ObjectStep => ({ what: "remove", seen }));
    return [...(await Promise.all(steps)), ...removals];
  }

  /** Whether what a resource no longer wants may go: only if all that led to that is certainly so. */
  const removing = (resource: Resource, client: ObjectClient) => async () => {
    if (!isLive()) return false;
    const now = await writing.reread(resource, client);
    const { generation, deletionTimestamp } = resource.metadata;
    const isSame =
      now?.metadata.generation === generation && now?.metadata.deletionTimestamp === deletionTimestamp;
    return now !== undefined && isSame && !kind.isPaused(now) && isLive();
  };

  async function finish(resource: Resource, client: ObjectClient, signal: AbortSignal) {
    if (!(resource.metadata.finalizers ?? []).includes(finalizer)) return undefined;
    const needed = kind.neededBy?.(resource);
    if (needed !== undefined) {
      await writing.say(resource, client, { conditions: [conditionOf("Applied", "Waiting", needed)] });
      return patience.waitMs;
    }
    const own = ownedBy(resource);
    if (own.length > 0 || !isLive()) {
      const steps = own.map((seen): ObjectStep => ({ what: "remove", seen }));
      const { refused } = await doing.perform(steps, client, removing(resource, client));
      if (refused.length > 0) throw new NotApplied(refused);
      return patience.waitMs;
    }
    await kind.clean?.(resource, signal);
    await writing.letGo(resource, client);
    return undefined;
  }

  async function tell(
    resource: Resource,
    desired: readonly DesiredObject[],
    client: ObjectClient,
    outcome: Performed,
  ): Promise<void> {
    const applied = appliedCondition(outcome);
    const conditions = [
      conditionOf("Paused", "NotPaused"),
      applied,
      // What was changed just now does not run yet, though nobody may have told of it.
      ...kind.conditions(resource, desired, withWritten(ownedBy(resource), outcome.written)),
    ];
    const more = applied.status === "True" ? kind.status?.(resource, desired) : undefined;
    await writing.say(resource, client, { conditions, more });
  }

  return {
    writing,
    reconcile: async (name, client, signal) => {
      const found = find(name);
      if (!found) return undefined;
      if (kind.isPaused(found)) {
        await writing.say(found, client, {
          conditions: [conditionOf("Paused", "Paused")],
          isUntouched: true,
        });
        return undefined;
      }
      if (found.metadata.deletionTimestamp !== undefined) return finish(found, client, signal);
      const desired = kind.desired(found);
      const steps = await examine(found, desired, client);
      const resource = steps.length > 0 ? await writing.hold(found, client) : found;
      const outcome = await doing.perform(steps, client, removing(resource, client));
      await tell(resource, desired, client, outcome);
      if (outcome.refused.length > 0) throw new NotApplied(outcome.refused);
      if (outcome.waiting.length > 0) return patience.waitMs;
      return outcome.disputed.length > 0 ? patience.disputeMs : patience.lookMs;
    },
    plan: async (name, client) => {
      const resource = find(name);
      if (!resource || kind.isPaused(resource)) return [];
      if (resource.metadata.deletionTimestamp === undefined) {
        return (await examine(resource, kind.desired(resource), client)).flatMap(wordsOf);
      }
      return ownedBy(resource).flatMap((seen) => wordsOf({ what: "remove", seen }));
    },
  };
}
