/** What is done to a function on the cluster. */
export type DeploymentKind = "DEPLOY" | "UNDEPLOY" | "RESTART";

/** How far it has come. */
export type DeploymentState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "UNKNOWN" | "CANCELLED";

/** A deployment as it is remembered: times as ISO texts, so that it can be kept anywhere. */
export interface Deployment {
  /** Tells it from all others. */
  readonly key: string;
  readonly producer: string;
  readonly env: string;
  readonly functionName: string;
  readonly kind: DeploymentKind;
  readonly state: DeploymentState;
  /** Why it came to nothing, or why nobody knows. */
  readonly reason?: string | undefined;
  /** Of the function as it was deployed; undefined when it was saved meanwhile. */
  readonly revision?: string | undefined;
  readonly queuedAt: string;
  readonly startedAt?: string | undefined;
  readonly finishedAt?: string | undefined;
  /** The login of who asked for it. */
  readonly by: string;
}

/** Whether nothing more will become of it. */
export function isFinished({ state }: Deployment): boolean {
  return state !== "QUEUED" && state !== "RUNNING";
}
