import { podShape, type RawContainerStatus, type RawPod, type RawState } from "./pod.shape.ts";
import type { ContainerEnd, ContainerRecord, PodPhase, PodRecord } from "./pod.record.ts";
import { readWorkload } from "./workload.labels.ts";

const phases: Readonly<Record<string, PodPhase>> = {
  Pending: "PENDING",
  Running: "RUNNING",
  Succeeded: "SUCCEEDED",
  Failed: "FAILED",
};

/** More containers than any pod of the platform has; what is kept of a pod has an end. */
const containerLimit = 20;
const wordLimit = 100;

const word = (text: string | null | undefined) => text?.slice(0, wordLimit) ?? undefined;

/** A deployment adds a hash of the template and five characters to its name. */
const ending = /(?:-[a-z0-9]{4,10})?-[a-z0-9]{5}$/;

function endOf(state: RawState | null | undefined): ContainerEnd | undefined {
  const ended = state?.terminated;
  if (!ended) return undefined;
  return { reason: word(ended.reason), exitCode: ended.exitCode, finishedAt: ended.finishedAt ?? undefined };
}

function readContainer(
  name: string,
  isPreparing: boolean,
  status: RawContainerStatus | undefined,
): ContainerRecord {
  const state = status?.state;
  const ended = endOf(state);
  return {
    name: name.slice(0, wordLimit),
    isPreparing,
    state: ended ? "TERMINATED" : state?.running ? "RUNNING" : "WAITING",
    reason: word(state?.waiting?.reason) ?? ended?.reason,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    startedAt: state?.running?.startedAt ?? state?.terminated?.startedAt ?? undefined,
    ended,
    lastEnded: endOf(status?.lastState),
  };
}

/** All containers that were asked for, those that the cluster has not come to yet among them. */
function containersOf({ spec, status }: RawPod): ContainerRecord[] {
  const read = (
    wanted: readonly { readonly name: string }[] | null | undefined,
    statuses: readonly RawContainerStatus[] | null | undefined,
    isPreparing: boolean,
  ) =>
    (wanted ?? []).map(({ name }) =>
      readContainer(
        name,
        isPreparing,
        statuses?.find((candidate) => candidate.name === name),
      ),
    );
  return [
    ...read(spec?.initContainers, status?.initContainerStatuses, true),
    ...read(spec?.containers, status?.containerStatuses, false),
  ].slice(0, containerLimit);
}

/** What is kept of a pod; undefined for one that is not the platform's or does not say whose it is. */
export function readPod(object: unknown): PodRecord | undefined {
  const raw = podShape.parse(object);
  const { metadata, status } = raw;
  const workload = readWorkload({ name: metadata.name, labels: metadata.labels ?? {}, ending });
  if (!workload) return undefined;
  const holds = (type: string) =>
    (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === "True");
  const containers = containersOf(raw);
  const working = containers.filter(({ isPreparing }) => !isPreparing);
  return {
    uid: metadata.uid,
    name: metadata.name,
    ...workload,
    phase: phases[status?.phase ?? ""] ?? "UNKNOWN",
    reason: word(status?.reason),
    isPlaced: holds("PodScheduled"),
    // The condition comes a moment after a container has ended.
    ready: holds("Ready") && working.every(({ ready }) => ready) && metadata.deletionTimestamp == null,
    restarts: containers.reduce((sum, { restarts }) => sum + restarts, 0),
    containers,
    createdAt: metadata.creationTimestamp ?? undefined,
    startedAt: status?.startTime ?? undefined,
    deletedAt: metadata.deletionTimestamp ?? undefined,
  };
}
