import { setImmediate as turn } from "node:timers/promises";
import type { Purpose, WorkspaceLock } from "../../src/services/workspace/lock/workspace.lock.ts";

/** Somebody who comes, stays and goes; times are counted in turns of the event loop. */
export interface Visit {
  readonly workspace: string;
  readonly purpose: Purpose;
  readonly comesAfter: number;
  readonly staysFor: number;
  /** Which of the locks is asked: replicas have one each. */
  readonly replica: number;
}

/** What was seen while people came and went. */
export interface Sight {
  /** Visits during which a writer was in a workspace together with anybody else. */
  readonly overlaps: readonly Visit[];
  /** In which order they asked. */
  readonly asked: readonly Visit[];
  /** In which order they were let in. */
  readonly letIn: readonly Visit[];
}

async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await turn();
}

/** Lets everybody come and go, each with a lock of their own replica, and watches who is where together. */
export async function comeAndGo(locks: readonly WorkspaceLock[], visits: readonly Visit[]): Promise<Sight> {
  const inside = new Set<Visit>();
  const overlaps: Visit[] = [];
  const asked: Visit[] = [];
  const letIn: Visit[] = [];

  const isAlone = (visit: Visit) =>
    [...inside].every(
      (other) =>
        other === visit ||
        other.workspace !== visit.workspace ||
        (other.purpose === "read" && visit.purpose === "read"),
    );

  async function come(visit: Visit) {
    await turns(visit.comesAfter);
    const lock = locks[visit.replica % locks.length];
    if (!lock) throw new Error("There are no locks.");
    asked.push(visit);
    const hold = await lock[visit.purpose](visit.workspace);
    letIn.push(visit);
    inside.add(visit);
    if (!isAlone(visit)) overlaps.push(visit);
    await turns(visit.staysFor);
    inside.delete(visit);
    await hold.release();
  }

  await Promise.all(visits.map(come));
  return { overlaps, asked, letIn };
}
