import { SettError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Hub } from "./hub.ts";
import type { LiveEvents } from "./live-events.ts";
import type { KeptPresence, PresenceRecord, PresenceStore } from "./presence.record.ts";

/** What is known of the people that other replicas have on a project. */
export interface PresenceExchange {
  /** Done once the others were asked for the first time, whatever came of it. */
  readonly opened: Promise<void>;
  readonly records: () => readonly PresenceRecord[];
  /** Since when they may be wrong. */
  readonly staleSince: () => string | undefined;
  /** Those of this replica have changed: tells the others, and asks for theirs. Done when nothing is left to tell. */
  readonly tell: () => Promise<void>;
  /** Those of another have changed: asks for all anew. */
  readonly renew: () => Promise<void>;
  /** Nobody can be heard any more. */
  readonly lose: () => void;
  readonly close: () => void;
}

interface Means {
  readonly project: string;
  readonly replica: string;
  readonly store: PresenceStore;
  readonly hub: Hub<LiveEvents>;
  readonly keepMs: number;
  readonly log: Log;
  /** Those of this replica; undefined when there is nobody. */
  readonly mine: () => PresenceRecord | undefined;
  /** Those of others have changed, or what they are worth has. */
  readonly onChange: () => void;
}

/** A replica that goes without a word is missed after three beats. */
const beatsKept = 3;

/** After an outage others need this long to say again who is there; until then nobody of theirs is taken for gone. */
const longestSettlingMs = 3000;

const retryMs = 1000;
/** Looked a moment after a record has lapsed, not a moment before. */
const marginMs = 10;

/** Keeps one project's record of this replica where the others look, and theirs here. */
export function openPresenceExchange(means: Means): PresenceExchange {
  const { project, replica, store, hub, keepMs, log, mine, onChange } = means;
  let there: readonly KeptPresence[] = [];
  let heardAt = new Date();
  let isStale = false;
  let settledAt: number | undefined;
  let isUntold = true;
  let isBehind = false;
  let isClosed = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const fail = () => {
    isStale = true;
    settledAt = undefined;
  };

  const take = (read: readonly KeptPresence[]) => {
    const now = Date.now();
    const others = read.filter((each) => each.replica !== replica);
    if (isStale) settledAt ??= now + Math.min(keepMs, longestSettlingMs);
    if (settledAt === undefined || now >= settledAt) {
      there = others;
      isStale = false;
      settledAt = undefined;
      heardAt = new Date(now);
      return;
    }
    const back = new Set(others.map((each) => each.replica));
    const awaited = there.filter((each) => !back.has(each.replica));
    there = [...others, ...awaited.map((each) => ({ ...each, leftMs: Infinity }))];
  };

  const exchange = async () => {
    const record = mine();
    if (record) await store.write(project, replica, record);
    else await store.remove(project, replica);
    if (isUntold) hub.publish("presenceChanged", project, { replica });
    isUntold = false;
    if (record) take(await store.read(project));
  };

  /** When to look again, and to say that this replica is still there. */
  const waitMs = () => {
    const beatMs = keepMs / beatsKept;
    if (isStale && settledAt === undefined) return Math.min(beatMs, retryMs);
    const lapses = there.map(({ leftMs }) => Math.max(leftMs, 0) + marginMs);
    const settling = settledAt === undefined ? [] : [settledAt - Date.now() + marginMs];
    return Math.max(0, Math.min(beatMs, ...lapses, ...settling));
  };

  const keepUp = async () => {
    clearTimeout(timer);
    while (isBehind) {
      isBehind = false;
      try {
        await exchange();
      } catch (error) {
        if (!(error instanceof SettError)) log.error({ err: error, project }, "presence broke");
        isUntold = true;
        fail();
      }
      onChange();
    }
    running = undefined;
    if (!isClosed) timer = setTimeout(() => void sync(), waitMs()).unref();
  };

  const sync = (): Promise<void> => {
    isBehind = true;
    running ??= keepUp();
    return running;
  };

  return {
    opened: hub.heard("presenceChanged", project).then(sync),
    records: () => there.map(({ record }) => record),
    staleSince: () => (isStale ? heardAt.toISOString() : undefined),
    tell: () => {
      isUntold = true;
      return sync();
    },
    renew: sync,
    lose: () => {
      fail();
      onChange();
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
