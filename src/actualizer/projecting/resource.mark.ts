import { stringify as stableText } from "safe-stable-stringify";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isSame } from "../../services/workspace/merge/canonical.ts";
import { isObject } from "../../services/workspace/merge/json.kinds.ts";
import { appliedAnnotation } from "../controller/object.steps.ts";
import { changeWords, isUntold } from "../desired/told.values.ts";
import { hashOf } from "../names/object.names.ts";
import type { CustomResource } from "../resources/resources.ts";

/** The name of all that is wanted of a resource. */
const markOf = (wanted: CustomResource) => hashOf(stableText(wanted), 16);

/** A resource as it is applied: with what it is known by later, so that what is wanted no longer is found by this alone. */
export function markedResource<Resource extends CustomResource>(wanted: Resource): Resource {
  const annotations = { ...wanted.metadata.annotations, [appliedAnnotation]: markOf(wanted) };
  return { ...wanted, metadata: { ...wanted.metadata, annotations } };
}

/** Whether it was this that was applied last. */
export const isMarkedAs = (wanted: CustomResource, known: CustomResource) =>
  known.metadata.annotations?.[appliedAnnotation] === markOf(wanted);

/** More names than these nobody reads. */
const mostNamed = 20;

const fieldsIn = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** Which parts of a field that may hold secrets would change. */
function partsOf(field: string, from: Json | undefined, to: Json): readonly string[] {
  const [before, after] = [fieldsIn(from), fieldsIn(to)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isSame(before[name], after[name]));
  const isFew = changed.length > 0 && changed.length <= mostNamed;
  return isFew ? changed.map((name) => `change ${field}.${name}`) : [`change ${field}`];
}

const changesOf = (field: string, from: Json | undefined, to: Json): readonly string[] =>
  isUntold(field, to) ? partsOf(field, from, to) : [changeWords(field, from, to)];

const fieldsOf = (resource: CustomResource) =>
  Object.entries(resource.spec) as readonly (readonly [string, Json | undefined])[];

/** What applying a resource would change of the one that is there, in words. Only the fields that are meant are looked at. */
export function resourceDifference(wanted: CustomResource, known: CustomResource): readonly string[] {
  const { labels = {}, ownerReferences = [] } = known.metadata;
  const spec = new Map(fieldsOf(known));
  const owners = wanted.metadata.ownerReferences ?? [];
  return [
    ...Object.entries(wanted.metadata.labels ?? {})
      .filter(([name, value]) => labels[name] !== value)
      .map(([name, value]) => changeWords(`label ${name}`, labels[name], value)),
    ...owners
      .filter(({ uid }) => !ownerReferences.some((each) => each.uid === uid))
      .map(({ name }) => `set the owner to ${name}`),
    ...fieldsOf(wanted).flatMap(([field, value]) =>
      value === undefined || isSame(value, spec.get(field)) ? [] : changesOf(field, spec.get(field), value),
    ),
  ];
}
