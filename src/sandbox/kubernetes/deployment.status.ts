import { stamp, type Fields } from "./kubernetes.object.ts";
import type { Condition, Deployment, Pod } from "./workload.objects.ts";

/** Whether a pod serves. */
export function isReady({ status }: Pod): boolean {
  return status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
}

/** What a deployment says of its pods: all of them, and those of its newest template, made as `setName` says. */
export function deploymentStatus(
  deployment: Deployment,
  setName: string,
  all: readonly Pod[],
  newest: readonly Pod[],
): Fields {
  const { replicas } = deployment.spec;
  const ready = all.filter(isReady).length;
  const unavailable = Math.max(0, Math.max(replicas, all.length) - ready);
  const isDone = newest.length === replicas && all.length === replicas && newest.every(isReady);
  const isAvailable = ready >= replicas;
  const known = (deployment.status["conditions"] ?? []) as readonly Condition[];
  const set = `ReplicaSet "${setName}"`;
  const conditions = [
    {
      type: "Available",
      status: isAvailable ? ("True" as const) : ("False" as const),
      reason: isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      message: isAvailable
        ? "Deployment has minimum availability."
        : "Deployment does not have minimum availability.",
    },
    {
      type: "Progressing",
      status: "True" as const,
      reason: isDone ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
      message: `${set} ${isDone ? "has successfully progressed." : "is progressing."}`,
    },
  ].map((each) => timed(each, known));
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...counted({
      replicas: all.length,
      updatedReplicas: newest.length,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: unavailable,
    }),
    conditions,
  };
}

/** The numbers that are not zero: those are not written. */
export function counted(numbers: Readonly<Record<string, number>>): Fields {
  return Object.fromEntries(Object.entries(numbers).filter(([, number]) => number !== 0));
}

function timed(
  { type, status, reason, message }: Omit<Condition, "lastTransitionTime">,
  known: readonly Condition[],
): Condition {
  const before = known.find((each) => each.type === type);
  const isSame = before?.reason === reason && before?.message === message;
  const lastUpdateTime = isSame ? before?.lastUpdateTime : undefined;
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : stamp();
  const why = { ...(reason === undefined ? {} : { reason }), ...(message === undefined ? {} : { message }) };
  return { type, status, lastUpdateTime: lastUpdateTime ?? stamp(), lastTransitionTime, ...why };
}
