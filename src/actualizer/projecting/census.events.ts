import { isDeepStrictEqual } from "node:util";
import type { Urgency } from "../controller/work.queue.ts";
import { appliedAnnotation } from "../controller/object.steps.ts";
import { resourceAnnotations } from "../resources/resource.parts.ts";
import { isPaused, type CustomResource } from "../resources/resources.ts";
import type { CensusChange } from "./resource.census.ts";

/** Fields that people set and the projector never does. */
const peoplesFields: Readonly<Record<CustomResource["kind"], readonly string[]>> = {
  Producer: ["paused"],
  Workspace: [],
  Gateway: [],
  Function: ["running", "revision", "request"],
};

const annotationOf = ({ metadata }: CustomResource, name: string) => metadata.annotations?.[name];

function ownFields({ kind, spec }: CustomResource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !peoplesFields[kind].includes(field)));
}

/** Whether somebody else has changed what was applied: what is applied says so itself. */
function isChangedByOthers(before: CustomResource, after: CustomResource): boolean {
  if (before.metadata.generation === after.metadata.generation) return false;
  const mark = annotationOf(after, appliedAnnotation);
  const isApplied = mark !== undefined && mark !== annotationOf(before, appliedAnnotation);
  return !isApplied && !isDeepStrictEqual(ownFields(before), ownFields(after));
}

/** Whether a workspace can be asked for what it serves. */
export const isReady = ({ status }: CustomResource) =>
  status?.conditions?.some(({ type, status: so }) => type === "Ready" && so === "True") ?? false;

/** The workspace that has become ready with a change. */
export const cameUp = ({ before, after }: CensusChange) =>
  before && after?.kind === "Workspace" && !isReady(before) && isReady(after) ? after : undefined;

/** How much what has happened to a resource is a reason to look at its producer anew; undefined if it is none. */
export function urgencyOf(
  change: CensusChange,
  isAwaited: (workspace: CustomResource) => boolean,
): Urgency | undefined {
  const { before, after } = change;
  if (!after) return before?.kind === "Producer" ? "fresh" : "usual";
  if (!before) return after.kind === "Producer" ? "fresh" : undefined;
  const isOther = (annotation: string) =>
    annotationOf(before, annotation) !== annotationOf(after, annotation);
  const told = [resourceAnnotations.changed, resourceAnnotations.reconcileRequested];
  // Somebody waits for it.
  if (after.kind === "Producer" && told.some(isOther)) return "now";
  if (isPaused(before) && !isPaused(after)) return "fresh";
  if (before.metadata.uid !== after.metadata.uid || isChangedByOthers(before, after)) return "usual";
  const up = cameUp(change);
  return up && isAwaited(up) ? "fresh" : undefined;
}
