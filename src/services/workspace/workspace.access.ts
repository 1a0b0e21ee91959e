import { StillUnderway } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import type { Hold, WorkspaceLock } from "./lock/workspace.lock.ts";
import { projectId } from "./project-api.client.ts";

/** The turns that requests take at something whose own services know of none. */
export interface Access<Reading, Writing> {
  /** A place beside other readers, for several reads that must fit together. */
  readonly hold: (grant: Reading) => Promise<Hold>;
  readonly read: <Result>(grant: Reading, read: () => Promise<Result>) => Promise<Result>;
  /** Alone; the signal says when that can no longer be vouched for. */
  readonly write: <Result>(grant: Writing, write: (lost: AbortSignal) => Promise<Result>) => Promise<Result>;
  /** Waits for the writes that are being done, whether or not anybody still listens to what comes of them. */
  readonly finish: () => Promise<void>;
}

/** The turns at a workspace. */
export type WorkspaceAccess = Access<ProjectGrant, ProjectGrant<"write">>;

/** Turns at whatever has a key of its own. */
export function createAccess<Reading, Writing extends Reading>(
  lock: WorkspaceLock,
  keyOf: (grant: Reading) => string,
): Access<Reading, Writing> {
  const writes = new Set<Promise<unknown>>();

  /** A place is kept until whatever was begun in it is over, also when nobody waits for that any longer. */
  const within = async <Result>(hold: Hold, work: (lost: AbortSignal) => Promise<Result>) => {
    let over: Promise<void> | undefined;
    try {
      return await work(hold.lost);
    } catch (error) {
      if (error instanceof StillUnderway) over = error.over;
      throw error;
    } finally {
      if (over) void over.then(hold.release);
      else await hold.release();
    }
  };

  const counted = <Result>(write: Promise<Result>): Promise<Result> => {
    writes.add(write);
    const forget = () => void writes.delete(write);
    write.then(forget, forget);
    return write;
  };

  return {
    hold: (grant) => lock.read(keyOf(grant)),
    read: async (grant, read) => within(await lock.read(keyOf(grant)), read),
    write: async (grant, write) => {
      const hold = await lock.write(keyOf(grant));
      return counted(within(hold, write));
    },
    finish: async () => {
      while (writes.size > 0) await Promise.allSettled(writes);
    },
  };
}

export function createWorkspaceAccess(lock: WorkspaceLock): WorkspaceAccess {
  return createAccess(lock, projectId);
}
