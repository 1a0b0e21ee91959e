import type { ResourceRecord, SaidOf } from "./resource.record.ts";

/** How a producer does as a whole. */
export type ProducerState = "ready" | "starting" | "failing" | "stopped" | "paused" | "unreadable";

export const producerStates: readonly ProducerState[] = [
  "ready",
  "starting",
  "failing",
  "stopped",
  "paused",
  "unreadable",
];

/** What is to be so of a resource that does well. */
const expected: ReadonlySet<string> = new Set(["SourceRead", "Applied", "HostsGranted", "Ready"]);

/** Why it may not be so, though nothing is wrong: it is on its way, or nobody wants it. */
const harmless: ReadonlySet<string> = new Set([
  ...["Starting", "Stopped", "Waiting", "RepositoriesMissing", "Paused", "NotDeployed", "Untold"],
]);

const isWrong = ({ type, status, reason }: SaidOf) =>
  (type === "Progressing" && reason === "Stuck") ||
  (expected.has(type) && status !== "True" && !harmless.has(reason));

/** What of a resource will not come right by waiting, one thing after the other. */
export function troublesOf({ conditions, isLeaving }: ResourceRecord): readonly SaidOf[] {
  return isLeaving ? [] : conditions.filter(isWrong);
}

const conditionOf = ({ conditions }: ResourceRecord, wanted: string) =>
  conditions.find(({ type }) => type === wanted);

/** Whether what is wanted last has been worked on, and nothing of it was refused. */
export function isUpToDate(resource: ResourceRecord): boolean {
  const { observed, generation } = resource;
  const applied = conditionOf(resource, "Applied");
  return observed >= generation && (applied === undefined ? generation > 0 : applied.status === "True");
}

/** How a producer does, by what its resource says of all that is its. */
export function producerState(producer: ResourceRecord): ProducerState {
  if (producer.isPaused) return "paused";
  const source = conditionOf(producer, "SourceRead");
  if (source !== undefined && source.status !== "True" && !harmless.has(source.reason)) return "unreadable";
  const ready = conditionOf(producer, "Ready");
  if (ready?.status === "True") return "ready";
  if (ready?.reason === "Stopped") return "stopped";
  return troublesOf(producer).length > 0 ? "failing" : "starting";
}

/** What one who looks at a resource is to know first, in a sentence. */
export function summaryOf(resource: ResourceRecord, isPaused: boolean): string {
  if (resource.isLeaving) return "It is being taken down.";
  if (isPaused) return "It is paused, so it stays as it is.";
  const [trouble] = troublesOf(resource);
  if (trouble) return trouble.message;
  const ready = conditionOf(resource, "Ready");
  if (resource.conditions.length === 0) return "The actualizer has not looked at it yet.";
  if (resource.observed < resource.generation) return "It was changed, and the change is about to be made.";
  return ready?.message ?? "Nothing is known of what runs of it.";
}
