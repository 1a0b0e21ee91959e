import { setTimeout as wait } from "node:timers/promises";
import type { Delivery } from "../../../live/event.queue.ts";
import { createLatest, type Latest } from "../../../live/latest.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import { isSame } from "../merge/canonical.ts";
import { projectId, type ProjectApi } from "../project-api.client.ts";
import type { StoredStatus } from "../status.reader.ts";

/** What a workspace was last heard to be doing. */
export interface HeardStatus {
  /** Undefined when it was never heard. */
  readonly status: StoredStatus | undefined;
  /** Since when it is not heard, if so. */
  readonly staleSince: Date | undefined;
}

/** How workspaces are, for those who follow them: one stream for all who follow the same. */
export interface StatusFeeds {
  /** First how it is now, which may take a moment to hear, then each time that is another. */
  readonly follow: (grant: ProjectGrant) => Promise<Latest<HeardStatus>>;
}

interface Means {
  readonly projectApi: Pick<ProjectApi, "follow">;
  /** A status as it may be shown. */
  readonly shown: (status: StoredStatus) => StoredStatus;
}

/** How long the first answer waits for a workspace that says nothing. */
const firstWordMs = 1000;

/** One workspace, as long as somebody follows it. */
interface Feed {
  readonly followers: Set<Latest<HeardStatus>>;
  readonly now: () => Delivery<HeardStatus>;
  /** Resolves when it was heard, or clearly cannot be for now. */
  readonly ready: Promise<unknown>;
  readonly close: () => void;
}

export function createStatusFeeds({ projectApi, shown }: Means): StatusFeeds {
  const feeds = new Map<string, Feed>();

  function open(grant: ProjectGrant): Feed {
    const followers = new Set<Latest<HeardStatus>>();
    let heardAt = new Date();
    // One object for all, so that what is made of it can be made once.
    let now: Delivery<HeardStatus> = { event: { status: undefined, staleSince: heardAt }, missed: 0 };
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });

    const become = (event: HeardStatus) => {
      now = { event, missed: 0 };
      for (const follower of followers) follower.changed();
      settle();
    };

    const source = projectApi.follow(grant, {
      opened: () => {
        heardAt = new Date();
      },
      changed: (told) => {
        heardAt = new Date();
        const status = shown(told);
        const { event } = now;
        // It is told again when nothing about it is another.
        if (event.staleSince || !isSame({ ...status }, { ...event.status })) {
          become({ status, staleSince: undefined });
        }
      },
      broke: () => {
        const { status, staleSince } = now.event;
        if (staleSince === undefined) become({ status, staleSince: heardAt });
        settle();
      },
    });
    return {
      followers,
      now: () => now,
      ready: Promise.race([settled, wait(firstWordMs, undefined, { ref: false })]),
      close: () => void source.close(),
    };
  }

  return {
    follow: async (grant) => {
      const key = projectId(grant);
      const feed = feeds.get(key) ?? open(grant);
      feeds.set(key, feed);
      const follower = createLatest<HeardStatus>({
        read: feed.now,
        onEnd: () => {
          feed.followers.delete(follower);
          if (feed.followers.size > 0 || feeds.get(key) !== feed) return;
          feeds.delete(key);
          feed.close();
        },
      });
      feed.followers.add(follower);
      await feed.ready;
      return follower;
    },
  };
}
