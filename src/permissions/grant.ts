import type { Caller, Viewer } from "./caller.ts";
import type { Level, Permission } from "./catalogue.ts";
import type { PodKind } from "../live/pod.kind.ts";

/**
 * The mark of proof that the permission layer has let somebody through. Only `mint.ts` makes grants; whatever reaches an
 * upstream asks for one, so a forgotten check does not compile.
 */
declare const proof: unique symbol;

/**
 * A grant of a higher level holds all that a lower one does, and so is taken in its place. (The grants take what
 * is held as their parameter, not the level: TypeScript would compare the levels' names.)
 */
interface Holds {
  read: { read: true };
  write: { read: true; write: true };
  admin: { read: true; write: true; admin: true };
}

/** What every grant says: who was let through. */
interface Proof {
  readonly [proof]: true;
  readonly caller: Caller;
}

/** Somebody is signed in. */
export interface ViewerGrant extends Proof {
  readonly viewer: Viewer;
}

/** A Gitea site admin, who may act for the whole platform. */
export interface PlatformGrant extends ViewerGrant {
  readonly about: "platform";
}

/** The right to a producer's account. */
export type ProducerGrant<Held extends "read" | "admin" = "read"> = ProducerProof<Holds[Held]>;

interface ProducerProof<Held> extends ViewerGrant {
  readonly about: "producer";
  readonly producer: string;
  /** The producer's Gitea user. */
  readonly login: string;
  readonly holds: Held;
}

/** The right to a repository, under the name that Gitea itself gives it. */
export type RepositoryGrant<Held extends Level = "read"> = RepositoryProof<Holds[Held]>;

interface RepositoryProof<Held> extends Proof {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly level: Level;
  readonly holds: Held;
}

/** The right to a producer's environment, by its repository. */
export type ProjectGrant<Held extends Level = "read"> = ProjectProof<Holds[Held]>;

interface ProjectProof<Held> extends RepositoryProof<Held> {
  readonly about: "project";
  readonly producer: string;
  readonly env: string;
}

/** The right to a producer's functions, by their repository, where one of the producer's environments keeps them. */
export type FunctionsGrant<Held extends Level = "read"> = FunctionsProof<Holds[Held]>;

interface FunctionsProof<Held> extends RepositoryProof<Held> {
  readonly about: "functions";
  readonly producer: string;
  readonly env: string;
  /** The environments whose functions the repository keeps: none but its own unless said. */
  readonly environments?: readonly string[];
}

/** The right to a pod of a producer's environment, by the repository of what is said to run in it. */
export type PodGrant<Held extends Level = "read"> = PodProof<Holds[Held]>;

interface PodProof<Held> extends RepositoryProof<Held> {
  readonly about: "pod";
  readonly producer: string;
  readonly env: string;
  readonly pod: string;
  /** What was asked for as: only a pod that is of this kind is meant. */
  readonly kind: PodKind;
}

export type Grant =
  ViewerGrant | PlatformGrant | ProducerGrant | RepositoryGrant | ProjectGrant | FunctionsGrant | PodGrant;

/** The grant that a permission leads to. */
export type GrantOf<Asked extends Permission> = Asked extends "viewer"
  ? ViewerGrant
  : Asked extends "platform:admin"
    ? PlatformGrant
    : Asked extends "producer:read"
      ? ProducerGrant<"read">
      : Asked extends "producer:admin" | "producer:create"
        ? ProducerGrant<"admin">
        : Asked extends `repo:${infer Held extends Level}`
          ? RepositoryGrant<Held>
          : Asked extends `project:${infer Held extends Level}`
            ? ProjectGrant<Held>
            : Asked extends `functions:${infer Held extends Level}`
              ? FunctionsGrant<Held>
              : Asked extends `pod:${infer Held extends Level}`
                ? PodGrant<Held>
                : never;

/** The grant of one permission, or the grants of several in their order. */
export type GrantsOf<Asked extends Permission | readonly Permission[]> = Asked extends Permission
  ? GrantOf<Asked>
  : { [Index in keyof Asked]: Asked[Index] extends Permission ? GrantOf<Asked[Index]> : never };
