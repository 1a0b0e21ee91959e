import { randomUUID } from "node:crypto";

/** What is done to a function on the cluster. */
export type DeploymentKind = "DEPLOY" | "UNDEPLOY";

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
  /** When the gateway in whose line it waits last said that it still does. */
  readonly seenAt?: string | undefined;
  /** The login of who asked for it. */
  readonly by: string;
}

type Asked = Pick<Deployment, "producer" | "env" | "functionName" | "kind" | "by">;

/** A deployment as it is when somebody asks for it. */
export function newDeployment(asked: Asked): Deployment & { readonly state: "QUEUED" } {
  return { key: randomUUID(), ...asked, state: "QUEUED", queuedAt: new Date().toISOString() };
}

/** Whether nothing more will become of it. */
export function isFinished({ state }: Deployment): boolean {
  return state !== "QUEUED" && state !== "RUNNING";
}

/** Whether one of two says no more of a deployment than the other said already. */
export function isNoFurther(known: Deployment, other: Deployment): boolean {
  const progress = (of: Deployment) => (isFinished(of) ? 2 : of.state === "RUNNING" ? 1 : 0);
  return progress(other) <= progress(known);
}
