import type { ActualizerGrants } from "../../permissions/actualizer.grants.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { DirectoryService } from "../../services/gitea/directory.service.ts";
import type { ReadFile } from "../../services/gitea/file.reader.ts";
import type { SnapshotService } from "../../services/gitea/snapshot.service.ts";
import type { RunningProjects } from "./running.projects.ts";

/** What the source is made from. */
export interface SourceMeans {
  readonly directory: DirectoryService;
  readonly snapshots: SnapshotService;
  readonly readFile: ReadFile;
  readonly running: RunningProjects;
  readonly names: PlatformNames;
  /** The grants for one piece of work. */
  readonly grants: () => ActualizerGrants;
  /** How many environments of one producer are run besides those that all have. */
  readonly environmentLimit: number;
  /** Whether projects have the gateway of their whole API where nothing else is set for them. */
  readonly autoGateway: boolean;
}

/** One piece of work: whose rights it is done with, and whether anybody still waits for it. */
export interface Reading {
  readonly grants: ActualizerGrants;
  readonly signal: AbortSignal;
}

/** How many things of one producer are asked for side by side. */
export const sideBySide = 4;
