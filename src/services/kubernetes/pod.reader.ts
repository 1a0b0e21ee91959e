import { projectTopic } from "../../live/live-events.ts";
import { podShape, type RawContainerStatus, type RawPod, type RawState } from "./pod.shape.ts";
import type { ContainerEnd, ContainerRecord, PodKind, PodPhase, PodRecord } from "./pod.record.ts";

/** What the label `app` says, and how names of such pods begin. */
const kinds: Readonly<Record<string, { readonly kind: PodKind; readonly prefix: string }>> = {
  workspace: { kind: "WORKSPACE", prefix: "workspace" },
  "sls-api": { kind: "SLS_API", prefix: "sls-api" },
  gateway: { kind: "GATEWAY", prefix: "gateway" },
  "kubeless-fn": { kind: "FUNCTION", prefix: "fn" },
};

/** What is asked of the cluster: pods of the platform, and no others. */
export const podSelector = `app in (${Object.keys(kinds).join(",")}),producer`;

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

function entityNameOf(podName: string, start: string): string | undefined {
  if (!podName.startsWith(`${start}-`)) return undefined;
  return podName.slice(start.length + 1).replace(ending, "") || undefined;
}

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
  const labels = metadata.labels ?? {};
  const producer = labels["producer"];
  // Functions' pods have the one, all others the other.
  const env = labels["env"] ?? labels["environment"];
  const app = kinds[labels["app"] ?? ""];
  if (!app || !producer || !env) return undefined;
  const isEntity = app.kind === "GATEWAY" || app.kind === "FUNCTION";
  const holds = (type: string) =>
    (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === "True");
  const containers = containersOf(raw);
  const working = containers.filter(({ isPreparing }) => !isPreparing);
  return {
    uid: metadata.uid,
    name: metadata.name,
    producer,
    env,
    kind: app.kind,
    entityId: isEntity ? labels["id"] : undefined,
    entityName: isEntity
      ? (labels["instance"] ?? entityNameOf(metadata.name, `${app.prefix}-${producer}-${env}`))
      : undefined,
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

/** The group that a pod is in. */
export const podKey = (pod: Pick<PodRecord, "producer" | "env">) => projectTopic(pod);
