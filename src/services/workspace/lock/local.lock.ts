import { Semaphore } from "async-mutex";
import { busyWorkspace, type Hold, type WorkspaceLock } from "./workspace.lock.ts";

/** How many may read a workspace at once; a writer takes all these places. */
const placesOfAll = 128;

interface Door {
  readonly places: Semaphore;
  /** Those inside and those who wait: a door that nobody uses is forgotten. */
  users: number;
}

/** What is held in this process cannot be lost. */
const neverLost = new AbortController().signal;

/** A lock between the requests of one process. */
export function createLocalLock({ waitMs }: { readonly waitMs: number }): WorkspaceLock {
  const doors = new Map<string, Door>();
  let isClosed = false;

  /**
   * Waits in the order of arrival. The semaphore cannot let go of one waiter, and one that nobody needs any more would
   * keep those behind it out; so when a wait is over all are sent away, and all but that one line up again, in the same
   * order and before anybody else can.
   */
  async function takePlaces({ places }: Door, count: number): Promise<() => void> {
    const wait = { isOver: false };
    const timer = setTimeout(() => {
      wait.isOver = true;
      places.cancel();
    }, waitMs);
    try {
      for (;;) {
        try {
          const [, release] = await places.acquire(count);
          return release;
        } catch {
          if (wait.isOver || isClosed) throw busyWorkspace();
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function hold(workspace: string, count: number): Promise<Hold> {
    if (isClosed) throw busyWorkspace();
    const door = doors.get(workspace) ?? { places: new Semaphore(placesOfAll), users: 0 };
    doors.set(workspace, door);
    door.users += 1;
    const leave = () => {
      door.users -= 1;
      if (door.users === 0) doors.delete(workspace);
    };
    try {
      const release = await takePlaces(door, count);
      let isHeld = true;
      return {
        lost: neverLost,
        release: async () => {
          if (!isHeld) return;
          isHeld = false;
          release();
          leave();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  return {
    read: (workspace) => hold(workspace, 1),
    write: (workspace) => hold(workspace, placesOfAll),
    close: async () => {
      isClosed = true;
      for (const { places } of doors.values()) places.cancel();
    },
  };
}
