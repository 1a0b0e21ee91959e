import type { Reply } from "../http.ts";
import type { ClusterObject, Fields, Metadata, Wanted } from "./kubernetes.object.ts";
import type { KubernetesCluster } from "./kubernetes.cluster.ts";
import { afterUpdate, managersOf, type Writer } from "./managed.fields.ts";
import { admitted, kept } from "./object.admission.ts";
import { writeOrRemove } from "./object.finalizers.ts";
import type { ObjectRequest } from "./object.routes.ts";
import { newObject, withGeneration } from "./object.store.ts";
import { viewOf } from "./object.view.ts";
import { alreadyExists, answer } from "./status.error.ts";

interface Making {
  /** Whose all that is in it is, unless it is said by `managedFields`. */
  readonly writer?: Writer;
  readonly managedFields?: readonly Fields[];
  readonly headers?: Record<string, string>;
}

/** Makes an object, and answers it. */
export function added(
  cluster: KubernetesCluster,
  { resource, namespace = "", request }: ObjectRequest,
  wanted: Fields & { readonly metadata: Partial<Metadata> & Pick<Metadata, "name"> },
  { writer, managedFields: given, headers = {} }: Making,
): Reply {
  const { apiVersion: _version, kind: _kind, status, ...rest } = wanted;
  const draft = {
    ...rest,
    ...(resource.hasStatus ? {} : { status }),
    metadata: { ...wanted.metadata, namespace },
  };
  const object = admitted(resource, withoutUndefined(draft) as ClusterObject, undefined);
  const { name } = object.metadata;
  if (cluster.store.get(resource, namespace, name) !== undefined) throw alreadyExists(resource, name);
  const managedFields =
    writer === undefined ? given : afterUpdate(resource, resource.blank, object, writer, []);
  const whole = { ...object, metadata: { ...object.metadata, managedFields } } as Wanted<ClusterObject>;
  const made = isDry(request.query)
    ? newObject(resource, namespace, whole)
    : cluster.store.create(resource, namespace, whole);
  return answer(201, viewOf(resource, request.headers.accept).one(made), headers);
}

/** Has an object become another one, and answers that. */
export function changed(
  cluster: KubernetesCluster,
  wanted: ObjectRequest,
  before: ClusterObject,
  next: Fields,
  headers: Record<string, string>,
  given?: readonly Fields[],
): Reply {
  const { resource, subresource, request } = wanted;
  const object = admitted(resource, kept(resource, before, next, subresource), before);
  const managedFields =
    given ?? afterUpdate(resource, before, object, writerOf(wanted, "Update"), managersOf(before));
  const metadata = { ...object.metadata, ...(managedFields.length > 0 ? { managedFields } : {}) };
  const whole = { ...object, metadata };
  const view = viewOf(resource, request.headers.accept);
  if (isDry(request.query)) return answer(200, view.one(withGeneration(resource, before, whole)), headers);
  return answer(200, view.one(writeOrRemove(cluster.store, resource, whole)), headers);
}

/** Who writes: as he says, or the program that he uses. */
export function writerOf(
  { subresource = "", request }: ObjectRequest,
  operation: Writer["operation"],
): Writer {
  const program = (request.headers["user-agent"] ?? "").split("/")[0] ?? "";
  const manager = request.query.get("fieldManager") ?? (program === "" ? "unknown" : program);
  return { manager, operation, subresource };
}

function isDry(query: URLSearchParams): boolean {
  return query.get("dryRun") === "All";
}

function withoutUndefined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
