import type { Workload } from "./workload.labels.ts";

/** How far a pod has come, in the cluster's terms. */
export type PodPhase = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "UNKNOWN";

/** How a container ended. */
export interface ContainerEnd {
  readonly reason: string | undefined;
  readonly exitCode: number;
  readonly finishedAt: string | undefined;
}

/** A container of a pod. */
export interface ContainerRecord {
  readonly name: string;
  /** Whether it only prepares the pod and then ends. */
  readonly isPreparing: boolean;
  readonly state: "WAITING" | "RUNNING" | "TERMINATED";
  /** The cluster's word for why it is in that state, such as `CrashLoopBackOff`. */
  readonly reason: string | undefined;
  readonly ready: boolean;
  readonly restarts: number;
  readonly startedAt: string | undefined;
  /** How it ended, when it has. */
  readonly ended: ContainerEnd | undefined;
  /** How its last run before this one ended. */
  readonly lastEnded: ContainerEnd | undefined;
}

/** A pod of the platform, with what of it is kept; times are ISO texts. */
export interface PodRecord extends Workload {
  readonly uid: string;
  readonly name: string;
  readonly phase: PodPhase;
  /** The cluster's word for why the pod as a whole is in that phase, such as `Evicted`. */
  readonly reason: string | undefined;
  /** Whether it has a place to run. */
  readonly isPlaced: boolean;
  readonly ready: boolean;
  /** Of all its containers. */
  readonly restarts: number;
  readonly containers: readonly ContainerRecord[];
  readonly createdAt: string | undefined;
  readonly startedAt: string | undefined;
  /** When it has to be gone, once it is being deleted. */
  readonly deletedAt: string | undefined;
}
