import { heed, type Budget } from "../../budget.ts";
import { StillUnderway } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { busyWorkspace, type Hold, type WorkspaceLock } from "./lock/workspace.lock.ts";
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

/** Waits for a place no longer than the operation that asks for it lasts; a place that comes later is given up at once. */
function awaitPlace(place: Promise<Hold>, budget: Budget): Promise<Hold> {
  return new Promise((resolve, reject) => {
    let isGone = false;
    const stop = heed(budget, () => {
      isGone = true;
      reject(busyWorkspace());
    });
    place
      .then((hold) => (isGone ? hold.release() : resolve(hold)))
      .catch(reject)
      .finally(stop);
  });
}

/** Turns at whatever has a key of its own. */
export function createAccess<Reading, Writing extends Reading>(
  lock: WorkspaceLock,
  keyOf: (grant: Reading) => string,
  budgetOf: (grant: Reading) => Budget,
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

  const hold = (grant: Reading) => awaitPlace(lock.read(keyOf(grant)), budgetOf(grant));

  return {
    hold,
    read: async (grant, read) => within(await hold(grant), read),
    write: async (grant, write) => {
      const held = await lock.write(keyOf(grant));
      return counted(within(held, write));
    },
    finish: async () => {
      while (writes.size > 0) await Promise.allSettled(writes);
    },
  };
}

export function createWorkspaceAccess(lock: WorkspaceLock): WorkspaceAccess {
  return createAccess(lock, projectId, ({ caller }) => caller.budget);
}
