import { SettError } from "../../../errors.ts";
import { isFinished, isNoFurther, type Deployment } from "../../../live/deployment.record.ts";
import type { Delivery } from "../../../live/event.queue.ts";
import { following } from "../../../live/following.ts";
import type { Hub } from "../../../live/hub.ts";
import type { LiveEvents } from "../../../live/live-events.ts";
import type { FunctionsGrant } from "../../../permissions/grant.ts";
import type { DeploymentsService } from "./deployments.service.ts";

/** A deployment as it is now, and each time it has come further; undefined when there is none. */
export type FollowDeployment = (
  grant: FunctionsGrant,
  key: string,
) => Promise<AsyncIterableIterator<Delivery<Deployment>, undefined> | undefined>;

interface Means {
  readonly hub: Hub<LiveEvents>;
  readonly deployments: Pick<DeploymentsService, "find" | "look">;
  /** How often one that says nothing is looked at again: whoever carries it out may be gone. */
  readonly lookMs: number;
}

/** A deployment that somebody follows. */
interface Followed {
  known: Deployment;
  followers: number;
  readonly timer: NodeJS.Timeout;
}

/** Follows deployments to their ends, whichever replica carries them out, and whether or not that lives on. */
export function createDeploymentFollowing({ hub, deployments, lookMs }: Means): FollowDeployment {
  const followed = new Map<string, Followed>();

  const look = async (key: string): Promise<void> => {
    const each = followed.get(key);
    if (!each) return;
    try {
      each.known = await deployments.look(each.known);
      hub.tell("deploymentChanged", key, each.known);
    } catch (error) {
      // It is looked at again before long.
      if (!(error instanceof SettError)) throw error;
    }
  };
  hub.onGap("deploymentChanged", { isOver: (key) => void look(key) });

  /** Looks again as long as somebody follows it: until what is given back is called. */
  const keepLooking = (known: Deployment): (() => void) => {
    const { key } = known;
    const timer = () => setInterval(() => void look(key), lookMs).unref();
    const each = followed.get(key) ?? { known, followers: 0, timer: timer() };
    followed.set(key, each);
    each.followers += 1;
    let isLooking = true;
    return () => {
      if (!isLooking) return;
      isLooking = false;
      each.followers -= 1;
      if (each.followers > 0) return;
      clearInterval(each.timer);
      followed.delete(key);
    };
  };

  return async (grant, key) => {
    const changes = hub.subscribe("deploymentChanged", key);
    const leave = async () => {
      await changes.return?.();
      return undefined;
    };
    try {
      await hub.heard("deploymentChanged", key);
      const now = await deployments.find(grant, key);
      if (!now) return await leave();
      const stop = keepLooking(now);
      const watched: typeof changes = {
        next: async () => {
          const step = await changes.next();
          if (step.done) stop();
          return step;
        },
        return: async () => {
          stop();
          await changes.return?.();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]: () => watched,
      };
      return following({ now, changes: watched, isLast: isFinished, isSame: isNoFurther });
    } catch (error) {
      await leave();
      throw error;
    }
  };
}
