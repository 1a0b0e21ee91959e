import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { CustomKind, readDefinition } from "./custom.kind.ts";
import type { ClusterObject, Fields, Metadata } from "./kubernetes.object.ts";
import { withDefaults } from "./object.defaults.ts";
import { checkObject } from "./object.rules.ts";
import { badRequest } from "./status.error.ts";
import { apiVersionOf, type Resource } from "./resource.kinds.ts";
import { definitions, type Definition } from "./stored.kinds.ts";

/** An object as the cluster keeps it, filled in and cut down as its kind wants it; throws where it cannot be so. */
export function admitted(
  resource: Resource,
  object: ClusterObject,
  before: ClusterObject | undefined,
): ClusterObject {
  const filled = withDefaults(resource, object, before);
  checkObject(resource, filled, before);
  if (isAnotherDefinition(resource, filled, before)) readDefinition(filled as Definition);
  if (!(resource instanceof CustomKind)) return filled;
  const whole = { apiVersion: apiVersionOf(resource), kind: resource.kind, ...filled };
  const { apiVersion: _version, kind: _kind, ...kept } = resource.admitted(whole, before);
  return kept;
}

function isAnotherDefinition(
  resource: Resource,
  object: ClusterObject,
  before: ClusterObject | undefined,
): boolean {
  if ((resource as unknown) !== definitions) return false;
  return !isDeepStrictEqual(object["spec"], before?.["spec"]);
}

const words = z.record(z.string(), z.string()).nullish();
const metadataShape = z.object({
  labels: words,
  annotations: words,
  finalizers: z.array(z.string()).nullish(),
  ownerReferences: z.array(z.record(z.string(), z.unknown())).nullish(),
});

/** What somebody sent, without what is not his to say. */
export function sentMetadata(metadata: Fields): Partial<Metadata> {
  const { error } = metadataShape.safeParse(metadata);
  const [issue] = error?.issues ?? [];
  if (issue !== undefined) throw badRequest(`metadata.${issue.path.join(".")}: ${issue.message}`);
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  const kept = Object.entries({ labels, annotations, finalizers, ownerReferences }).filter(
    ([, value]) => value !== undefined && value !== null && Object.keys(value).length > 0,
  );
  return Object.fromEntries(kept);
}

/** What an object becomes by a write: what the server says of it stays, and so does its status, or all but that. */
export function kept(
  resource: Resource,
  before: ClusterObject,
  next: Fields,
  subresource: string | undefined,
): ClusterObject {
  const { status, ...others } = before;
  if (subresource === "status") return { ...others, status: next["status"] };
  const { apiVersion: _version, kind: _kind, metadata, status: nextStatus, ...rest } = next;
  const {
    labels: _labels,
    annotations: _notes,
    finalizers: _holds,
    ownerReferences: _owners,
    ...own
  } = before.metadata;
  const state = resource.hasStatus ? status : nextStatus;
  return {
    ...rest,
    metadata: { ...own, ...sentMetadata((metadata ?? {}) as Fields) },
    ...(state === undefined ? {} : { status: state }),
  };
}
