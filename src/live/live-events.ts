import type { Deployment } from "./deployment.record.ts";

/** What of a project a change was about. */
export type ProjectChangeKind =
  | "CANVAS"
  | "MODELS"
  | "DATA_SOURCES"
  | "FILES"
  | "FUNCTIONS"
  | "GATEWAYS"
  | "WORKSPACE"
  | "CLEARED"
  /** Commits came to a repository. */
  | "PUSH"
  /** Changes may have gone unheard. */
  | "UNHEARD";

/** Whose a change is to know: everybody's who may read the project, or only theirs who may read its functions. */
export type ChangeAudience = "project" | "functions";

/** A change of a project. */
export interface ProjectChanged {
  readonly producer: string;
  readonly env: string;
  readonly audience: ChangeAudience;
  /** Whose it was, as Gitea calls them; undefined when that could not be found out. */
  readonly by: string | undefined;
  readonly kind: ProjectChangeKind;
  /** What was changed, such as `models/Car`. */
  readonly entities: readonly string[];
  /** How many more there are than are named. */
  readonly unnamed: number;
  /** The revision of the project's document after it, where it has a new one. */
  readonly revision: string | undefined;
  /** Of a push only. */
  readonly push: ProjectPush | undefined;
}

/** What a push tells besides. */
export interface ProjectPush {
  readonly branch: string;
  /** Its newest commit; undefined when the branch is gone. */
  readonly commit: string | undefined;
  /** What the newest commit says its author is called. */
  readonly author: string | undefined;
  /** Whether anybody but the platform itself committed any of it. */
  readonly isExternal: boolean;
}

/** Commits that have come to a repository of a producer's, as it was heard: a hint, and to be looked up. */
export interface PushHeard {
  readonly producer: string;
  /** As Gitea calls it: an environment's, or that of the functions. */
  readonly repository: string;
  readonly branch: string;
  /** The commit before; undefined for a new branch, and where it was not told. */
  readonly before: string | undefined;
  /** The newest commit; undefined when the branch is gone. */
  readonly after: string | undefined;
  /** Who pushed, where that was told by somebody who knows. */
  readonly by: string | undefined;
  readonly isExternal: boolean;
}

/** Every kind of event that the hub carries. */
export interface LiveEvents {
  readonly projectChanged: ProjectChanged;
  /** A deployment, each time it has come further. */
  readonly deploymentChanged: Deployment;
  /** A push that one replica was told of; by producer. Each looks it up for its own subscribers. */
  readonly pushHeard: PushHeard;
  /** People have come to a project or gone; by project. */
  readonly presenceChanged: PresenceChanged;
  /** Somebody has changed, through a gateway, what people may do with a repository; all on one topic. */
  readonly rightsChanged: RightsChanged;
}

/** That people have come or gone at a replica, which knows them. */
export interface PresenceChanged {
  readonly replica: string;
}

/** The repository that it is about. */
export interface RightsChanged {
  readonly owner: string;
  readonly name: string;
}

/** The topic of what is everybody's. */
export const everywhere = "all";

/** The topic of what happens to a project. */
export const projectTopic = ({ producer, env }: { producer: string; env: string }) =>
  `${producer}/${env}`.toLowerCase();

/** The project that such a topic is of. */
export function projectOf(topic: string): { producer: string; env: string } {
  const [producer = "", env = ""] = topic.split("/");
  return { producer, env };
}

/** What is told where changes may have gone unheard: whoever listens has to read everything anew. */
export const unheard = ({ producer, env }: { producer: string; env: string }): ProjectChanged => ({
  producer,
  env,
  audience: "project",
  by: undefined,
  kind: "UNHEARD",
  entities: [],
  unnamed: 0,
  revision: undefined,
  push: undefined,
});
