import type { ProjectGrant } from "../../permissions/grant.ts";
import type { Hold, WorkspaceLock } from "./lock/workspace.lock.ts";
import { projectId } from "./project-api.client.ts";

/** The turns that requests take at a workspace, whose own services know of none. */
export interface WorkspaceAccess {
  /** A place beside other readers, for several reads that must fit together. */
  readonly hold: (grant: ProjectGrant) => Promise<Hold>;
  readonly read: <Result>(grant: ProjectGrant, read: () => Promise<Result>) => Promise<Result>;
  /** Alone; the signal says when that can no longer be vouched for. */
  readonly write: <Result>(
    grant: ProjectGrant<"write">,
    write: (lost: AbortSignal) => Promise<Result>,
  ) => Promise<Result>;
}

export function createWorkspaceAccess(lock: WorkspaceLock): WorkspaceAccess {
  const within = async <Result>(hold: Hold, work: (lost: AbortSignal) => Promise<Result>) => {
    try {
      return await work(hold.lost);
    } finally {
      await hold.release();
    }
  };
  return {
    hold: (grant) => lock.read(projectId(grant)),
    read: async (grant, read) => within(await lock.read(projectId(grant)), read),
    write: async (grant, write) => within(await lock.write(projectId(grant)), write),
  };
}
