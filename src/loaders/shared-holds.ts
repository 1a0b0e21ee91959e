import { UpstreamUnavailable } from "../errors.ts";
import type { Hold } from "../services/workspace/lock/workspace.lock.ts";

/** A place that several reads of the request have at once. */
interface SharedHold {
  readonly hold: Promise<Hold>;
  users: number;
}

/** Lets a request's reads of one thing have one turn together, so that what they see fits together. */
export function createSharedHolds<Grant>(
  hold: (grant: Grant) => Promise<Hold>,
  keyOf: (grant: Grant) => string,
) {
  const holds = new Map<string, SharedHold>();
  return async <Result>(grant: Grant, read: () => Promise<Result>): Promise<Result> => {
    const key = keyOf(grant);
    const shared = holds.get(key) ?? { hold: hold(grant), users: 0 };
    holds.set(key, shared);
    shared.users += 1;
    try {
      const { lost } = await shared.hold;
      const answer = await read();
      // Somebody may have written meanwhile: what was read may not fit together.
      if (lost.aborted) throw new UpstreamUnavailable("redis", "the lock was lost in the middle of a read");
      return answer;
    } finally {
      shared.users -= 1;
      if (shared.users === 0) {
        holds.delete(key);
        await shared.hold.then(
          ({ release }) => release(),
          () => undefined,
        );
      }
    }
  };
}
