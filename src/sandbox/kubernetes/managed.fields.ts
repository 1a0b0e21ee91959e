import {
  comparedFields,
  fieldsV1,
  placesOf,
  readFieldsV1,
  without,
  type FieldMap,
  type FieldSet,
} from "./field.set.ts";
import { stamp, textOf, type ClusterObject, type Fields } from "./kubernetes.object.ts";
import { apiVersionOf, type Resource } from "./resource.kinds.ts";

/** Who writes to an object, and how. */
export interface Writer {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  /** Empty where the object itself is written to. */
  readonly subresource: string;
}

/** What one of those who write to an object has set. */
export interface Manager extends Writer {
  readonly apiVersion: string;
  readonly time: string;
  readonly fields: FieldSet;
}

const serversOwn: ReadonlySet<string> = new Set([
  ...["name", "namespace", "uid", "resourceVersion", "generation", "managedFields"],
  ...["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"],
]);

/** What somebody can set of an object, or of its status if that is written to. */
export function settable(resource: Resource, object: Fields, subresource: string): Fields {
  if (subresource === "status") return { status: object["status"] };
  const { apiVersion: _version, kind: _kind, metadata, status, ...rest } = object;
  const own = Object.entries((metadata ?? {}) as Fields).filter(([name]) => !serversOwn.has(name));
  // That there is metadata is nobody's doing.
  const said = own.length === 0 ? {} : { metadata: Object.fromEntries(own) };
  return { ...said, ...rest, ...(resource.hasStatus ? {} : { status }) };
}

/** The places in what somebody can set. */
export function settablePlaces(resource: Resource, object: Fields, subresource: string): FieldMap {
  const places = new Map(placesOf(settable(resource, object, subresource), resource.shape));
  places.delete("f:metadata");
  return places;
}

/** Those who have set something of an object. */
export function managersOf(object: Pick<ClusterObject, "metadata"> | undefined): readonly Manager[] {
  return (object?.metadata.managedFields ?? []).map((entry) => {
    const { manager, operation, apiVersion, time } = entry as unknown as Manager;
    return {
      ...{ manager, operation, apiVersion, time, subresource: textOf(entry["subresource"]) },
      fields: readFieldsV1(entry["fieldsV1"] as Fields),
    };
  });
}

/** Whether two are the same one, writing in the same way. */
export function isSameWriter(one: Writer, other: Writer): boolean {
  return (
    one.manager === other.manager &&
    one.operation === other.operation &&
    one.subresource === other.subresource
  );
}

/** What `managedFields` become; who sets what he set before keeps the time of it, unless he is named as one who writes. */
export function writtenManagers(
  known: readonly Manager[],
  next: readonly Omit<Manager, "time">[],
  writes?: Writer,
): readonly Fields[] {
  const entries = next
    .filter(({ fields }) => fields.size > 0)
    .map(({ manager, operation, apiVersion, subresource, fields }) => {
      const before = known.find((each) => isSameWriter(each, { manager, operation, subresource }));
      const isSame = before?.fields.size === fields.size && without(fields, before.fields).size === 0;
      const isKept = isSame && !(writes !== undefined && isSameWriter(writes, before));
      return {
        ...{ manager, operation, apiVersion, time: isKept ? before.time : stamp() },
        ...{ fieldsType: "FieldsV1", fieldsV1: fieldsV1(fields) },
        ...(subresource === "" ? {} : { subresource }),
      };
    });
  const rank = ({ operation, time }: (typeof entries)[number]): string => `${operation} ${time}`;
  return entries.sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0));
}

/** `managedFields` after an ordinary write: what it changes is the writer's, and nobody else's any more. */
export function afterUpdate(
  resource: Resource,
  before: Fields,
  after: Fields,
  writer: Writer,
  known: readonly Manager[],
): readonly Fields[] {
  const { changed, removed } = comparedFields(
    settablePlaces(resource, before, writer.subresource),
    settablePlaces(resource, after, writer.subresource),
  );
  const others = known.filter((each) => !isSameWriter(each, writer));
  const own = known.find((each) => isSameWriter(each, writer))?.fields ?? new Set<string>();
  return writtenManagers(known, [
    ...others.map((each) => ({ ...each, fields: without(each.fields, changed, removed) })),
    {
      ...writer,
      apiVersion: apiVersionOf(resource),
      fields: new Set([...without(own, removed), ...changed]),
    },
  ]);
}
