import type { Deployment } from "./deployment.record.ts";

/** What of a project a change was about. */
export type ProjectChangeKind = "CANVAS" | "MODELS" | "DATA_SOURCES" | "FILES" | "WORKSPACE" | "CLEARED";

/** A change of a project that was made through the gateway. */
export interface ProjectChanged {
  readonly producer: string;
  readonly env: string;
  /** Whose it was, as Gitea calls them; undefined when that could not be found out. */
  readonly by: string | undefined;
  readonly kind: ProjectChangeKind;
  /** What was changed, such as `models/Car`. */
  readonly entities: readonly string[];
  /** The revision of the project's document after it, where it has a new one. */
  readonly revision: string | undefined;
}

/** Every kind of event that the hub carries. */
export interface LiveEvents {
  readonly projectChanged: ProjectChanged;
  /** A deployment, each time it has come further. */
  readonly deploymentChanged: Deployment;
}

/** The topic of what happens to a project. */
export const projectTopic = ({ producer, env }: { producer: string; env: string }) =>
  `${producer}/${env}`.toLowerCase();
