import { stringify as stableText } from "safe-stable-stringify";
import { isSame } from "../../services/workspace/merge/canonical.ts";
import type { Json } from "../../services/workspace/json.ts";
import type { DesiredObject } from "../desired/desired.objects.ts";
import { differenceOf } from "../desired/difference.ts";
import { hashOf } from "../names/object.names.ts";
import { resourceGroup } from "../resources/resource.parts.ts";
import type { CustomResource } from "../resources/resources.ts";
import type { SeenObject } from "./owned.object.ts";

/** Where an object says what of it was applied last: fields that are wanted no longer are found by this alone. */
export const appliedAnnotation = `${resourceGroup}/applied`;

/** What is to be done about an object. */
export type ObjectStep =
  | { readonly what: "keep"; readonly object: DesiredObject }
  | {
      readonly what: "apply";
      readonly object: DesiredObject;
      /** Undefined where there is none of that name. */
      readonly seen: SeenObject | undefined;
      /** Somebody has changed what had been applied before. */
      readonly isDrift: boolean;
    }
  /** It has to go before it can be as it is wanted. */
  | { readonly what: "replace"; readonly object: DesiredObject; readonly seen: SeenObject }
  /** Something that is on its way out has its name. */
  | { readonly what: "await"; readonly object: DesiredObject; readonly words: string }
  | { readonly what: "dispute"; readonly object: DesiredObject; readonly words: string }
  | { readonly what: "remove"; readonly seen: SeenObject };

const nameOf = ({ kind, metadata }: DesiredObject) => `${kind} ${metadata.name}`;

const markOf = (object: DesiredObject) => hashOf(stableText(object), 16);

/** An object as it is applied: with what it is known by later. */
export function marked<Desired extends DesiredObject>(object: Desired): Desired {
  const { metadata } = object;
  const annotations = { ...metadata.annotations, [appliedAnnotation]: markOf(object) };
  return { ...object, metadata: { ...metadata, annotations } };
}

/** Labels that say whose something is and which one. */
const telling = ["app", "producer", "environment", "instance"];

/** Whether something that belongs to nobody was made for the same by what ran before this. */
function isLeftBehind(seen: SeenObject, { metadata }: DesiredObject): boolean {
  return (
    seen.owner === undefined &&
    seen.labels["producer"] !== undefined &&
    telling.every((label) => seen.labels[label] === metadata.labels[label])
  );
}

function isOfFormer({ owner }: SeenObject, { apiVersion, kind, metadata }: CustomResource): boolean {
  return owner?.apiVersion === apiVersion && owner.kind === kind && owner.name === metadata.name;
}

/** By what a deployment finds its pods cannot be changed. */
function hasOtherPods(object: DesiredObject, { whole }: SeenObject): boolean {
  if (object.kind !== "Deployment") return false;
  const selector = "spec" in whole ? (whole.spec as { readonly selector?: Json }).selector : undefined;
  return !isSame({ ...object.spec?.selector } as Json, selector);
}

/** What is to be done about an object that is wanted, given what has its name. */
export function stepFor(
  object: DesiredObject,
  seen: SeenObject | undefined,
  resource: CustomResource,
): ObjectStep {
  if (!seen) return { what: "apply", object, seen, isDrift: false };
  const isOurs = seen.owner !== undefined && seen.owner.uid === resource.metadata.uid;
  if (!isOurs && isOfFormer(seen, resource)) {
    return { what: "await", object, words: `${nameOf(object)} of a former one has not gone yet.` };
  }
  if (!isOurs && !isLeftBehind(seen, object)) {
    return {
      what: "dispute",
      object,
      words: `${nameOf(object)} is there already and belongs to somebody else.`,
    };
  }
  if (seen.isLeaving) return { what: "await", object, words: `${nameOf(object)} has not gone yet.` };
  if (hasOtherPods(object, seen)) return { what: "replace", object, seen };
  const isMarked = seen.annotations[appliedAnnotation] === markOf(object);
  const isDifferent = differenceOf([object], [seen.whole]).length > 0;
  if (isOurs && isMarked && !isDifferent) return { what: "keep", object };
  return { what: "apply", object, seen, isDrift: isOurs && isMarked };
}

/** Which of a resource's objects are wanted no longer. */
export function unwanted(
  desired: readonly DesiredObject[],
  owned: readonly SeenObject[],
): readonly SeenObject[] {
  const wanted = new Set(desired.map(nameOf));
  return owned.filter(({ kind, name, isLeaving }) => !isLeaving && !wanted.has(`${kind} ${name}`));
}

/** What a step would do, in words. */
export function wordsOf(step: ObjectStep): readonly string[] {
  switch (step.what) {
    case "keep":
      return [];
    case "apply": {
      const told = differenceOf([step.object], step.seen ? [step.seen.whole] : []);
      return told.length > 0 ? told.map(({ words }) => words) : [`would change ${nameOf(step.object)}`];
    }
    case "replace":
      return [`would replace ${nameOf(step.object)}, since its pods are found by other labels`];
    case "remove":
      return [`would remove ${step.seen.kind} ${step.seen.name}`];
    case "await":
    case "dispute":
      return [step.words];
  }
}
