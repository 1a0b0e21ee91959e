import { z } from "zod";
import { readWorkload, type Workload } from "./workload.labels.ts";

/** What the cluster was asked to run of something, and how far it has come with it. */
export interface DeploymentRecord extends Workload {
  readonly uid: string;
  readonly name: string;
  /** Whether the numbers are of what was asked for last. */
  readonly isObserved: boolean;
  /** How many pods there are to be. */
  readonly wanted: number;
  readonly replicas: number;
  /** How many of them are as was asked for last. */
  readonly updated: number;
  readonly available: number;
  /** `LATE`: it has taken longer than it may. `REFUSED`: the cluster does not let its pods be made. */
  readonly problem: "LATE" | "REFUSED" | undefined;
}

const count = z.number().nullish();

const deploymentShape = z.object({
  metadata: z.object({
    uid: z.string(),
    name: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
    generation: count,
  }),
  spec: z.object({ replicas: count }).nullish(),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), reason: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
});

/** What is kept of a deployment; undefined for one that is not the platform's or does not say whose it is. */
export function readDeployment(object: unknown): DeploymentRecord | undefined {
  const { metadata, spec, status } = deploymentShape.parse(object);
  const { uid, name } = metadata;
  const workload = readWorkload({ name, labels: metadata.labels ?? {} });
  if (!workload) return undefined;
  const isSaid = (type: string, value: string, reason?: string) =>
    (status?.conditions ?? []).some(
      (condition) =>
        condition.type === type &&
        condition.status === value &&
        (reason === undefined || condition.reason === reason),
    );
  const isLate = isSaid("Progressing", "False", "ProgressDeadlineExceeded");
  return {
    ...workload,
    uid,
    name,
    isObserved: (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0),
    wanted: spec?.replicas ?? 1,
    replicas: status?.replicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    problem: isSaid("ReplicaFailure", "True") ? "REFUSED" : isLate ? "LATE" : undefined,
  };
}
