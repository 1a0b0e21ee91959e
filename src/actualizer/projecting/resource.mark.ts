import { stringify as stableText } from "safe-stable-stringify";
import type { Json } from "../../services/workspace/json.ts";
import { isSame } from "../../services/workspace/merge/canonical.ts";
import { appliedAnnotation } from "../controller/object.steps.ts";
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

const longestShown = 60;

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestShown ? undefined : text;
}

function changeOf(field: string, from: unknown, to: unknown): string {
  const [before, after] = [shown(from), shown(to)];
  if (after === undefined || (before === undefined && from !== undefined)) return `change ${field}`;
  return before === undefined ? `set ${field} to ${after}` : `change ${field} ${before} → ${after}`;
}

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
      .map(([name, value]) => changeOf(`label ${name}`, labels[name], value)),
    ...owners
      .filter(({ uid }) => !ownerReferences.some((each) => each.uid === uid))
      .map(({ name }) => `set the owner to ${name}`),
    ...fieldsOf(wanted)
      .filter(([field, value]) => value !== undefined && !isSame(value, spec.get(field)))
      .map(([field, value]) => changeOf(field, spec.get(field), value)),
  ];
}
