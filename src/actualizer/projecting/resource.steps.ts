import { resourceKey } from "../names/host.claims.ts";
import { isUndecided } from "../projection/projection.ts";
import { isPaused, type CustomResource } from "../resources/resources.ts";
import type { EnvironmentReading } from "./environment.reading.ts";
import type { ProducersResource } from "./resource.census.ts";
import { isMarkedAs, resourceDifference } from "./resource.mark.ts";

/** What is to be done about a resource. */
export type ResourceStep =
  | {
      readonly what: "apply";
      readonly wanted: CustomResource;
      /** Undefined where there is none of that name. */
      readonly known: CustomResource | undefined;
      /** Somebody has changed what had been applied before. */
      readonly isDrift: boolean;
      readonly words: readonly string[];
    }
  /** Something that is on its way out has its name. */
  | { readonly what: "await"; readonly wanted: CustomResource }
  | { readonly what: "remove"; readonly known: CustomResource };

const nameOf = ({ kind, metadata }: CustomResource) => `${kind} ${metadata.name}`;

const isLeaving = ({ metadata }: CustomResource) => metadata.deletionTimestamp !== undefined;

/** What is to be done about a resource that is wanted; undefined where it is as it is to be, or is to be left alone. */
export function stepForResource(
  wanted: CustomResource,
  known: CustomResource | undefined,
): ResourceStep | undefined {
  if (!known)
    return { what: "apply", wanted, known, isDrift: false, words: [`would create ${nameOf(wanted)}`] };
  if (isPaused(known)) return undefined;
  if (isLeaving(known)) return { what: "await", wanted };
  const difference = resourceDifference(wanted, known);
  const isDrift = isMarkedAs(wanted, known);
  if (isDrift && difference.length === 0) return undefined;
  const changes = difference.length > 0 ? difference : ["write anew"];
  const words = changes.map((change) => `would ${change} in ${nameOf(wanted)}`);
  return { what: "apply", wanted, known, isDrift, words };
}

/** Whether an environment's workspace still has something to do: functions can only be taken back while it is there. */
const hasFunctions = (env: string, known: readonly ProducersResource[]) =>
  known.some(({ kind, spec }) => kind === "Function" && spec.env === env);

/**
 * Whether somebody has had a function deployed that has just been made, so that what is read may not have it yet: nobody
 * but people has written anything of it so far.
 */
const isUnsaved = (resource: ProducersResource) =>
  resource.kind === "Function" &&
  resource.metadata.ownerReferences === undefined &&
  resource.spec.running === true &&
  resource.status?.outcome?.state !== "FAILED";

/**
 * Which of a producer's resources are to go: those that their environment does not have any more, and those of
 * environments that are gone, the workspace last. What nothing is known of stays.
 */
export function unwantedResources(
  readings: readonly EnvironmentReading[],
  known: readonly ProducersResource[],
): readonly ProducersResource[] {
  const byEnv = new Map(readings.map((reading) => [reading.env, reading]));
  const wanted = new Set(readings.flatMap(({ resources }) => resources.map(resourceKey)));
  return known.filter((resource) => {
    if (isLeaving(resource) || isPaused(resource) || wanted.has(resourceKey(resource))) return false;
    const { env } = resource.spec;
    const reading = byEnv.get(env);
    if (!reading) return false;
    if (reading.outcome === "gone") return resource.kind !== "Workspace" || !hasFunctions(env, known);
    return reading.outcome === "wanted" && !isUndecided(reading.undecided, resource) && !isUnsaved(resource);
  });
}

/** What a step would do, in words. */
export function stepWords(step: ResourceStep): readonly string[] {
  switch (step.what) {
    case "apply":
      return step.words;
    case "await":
      return [`${nameOf(step.wanted)} of before has not gone yet`];
    case "remove":
      return [`would remove ${nameOf(step.known)}`];
  }
}
