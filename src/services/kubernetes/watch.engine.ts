import { setImmediate as breathe, setTimeout as wait } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { delayAfter } from "../http/delay.ts";
import type { ClusterConnection } from "./cluster.connection.ts";
import { ClusterRefusal, ClusterUnreachable } from "./cluster.errors.ts";
import { createTroubleLog } from "./trouble.log.ts";
import { readEvent } from "./watch.events.ts";
import { readLines } from "./watch.lines.ts";
import { listAll, type WatchedKind } from "./watch.list.ts";
import { delayFor, usualPatience, type WatchPatience } from "./watch.patience.ts";
import { createStanding, reasonOf, TooManyObjects, type Standing } from "./watch.standing.ts";

/** Where a watch puts what it learns. */
export interface WatchTarget<Item> {
  readonly put: (uid: string, item: Item) => void;
  readonly remove: (uid: string) => void;
  /** From now on there is this and nothing else. */
  readonly replace: (items: ReadonlyMap<string, Item>) => void;
  readonly size: () => number;
}

/** A list and a watch that go on until they are stopped, whatever happens to the cluster. */
export interface Watch extends Pick<Standing, "state" | "listen"> {
  /** Begins, once; a watch that was stopped stays so. */
  readonly start: () => void;
  /** How often everything has been listed so far. */
  readonly lists: () => number;
  /** Ends whatever it is doing. */
  readonly stop: () => Promise<void>;
}

interface Parts<Item> {
  readonly connection: ClusterConnection;
  readonly kind: WatchedKind<Item>;
  readonly target: WatchTarget<Item>;
  readonly log: Log;
  readonly patience?: Partial<WatchPatience>;
}

/** How many failures in a row it takes until a watch has to last before it is believed. */
const doubtAfter = 2;

/** Keeps a target equal to what there is of one kind in the cluster, or says that it cannot. */
export function createWatch<Item>({ connection, kind, target, log, ...parts }: Parts<Item>): Watch {
  const wanted = { ...usualPatience, ...parts.patience };
  // A watch that lasts as long as was asked for has to count as one.
  const patience = { ...wanted, settledMs: Math.min(wanted.settledMs, wanted.watchSeconds * 500) };
  const stopping = new AbortController();
  const { signal } = stopping;
  const onThrown = (error: unknown) => log.error({ err: error, watch: kind.name }, "a listener failed");
  const standing = createStanding(onThrown);
  const trouble = createTroubleLog(log.child({ watch: kind.name }), "a watch");
  let running: Promise<void> | undefined;
  /** From where the watch goes on; undefined when everything has to be listed first. */
  let version: string | undefined;
  let listedAtMs = 0;
  /** Since when what is known is what was so, but for what a watch has yet to tell; nothing of it outlives a failure. */
  let soSinceMs = -Infinity;
  let failures = 0;
  let lists = 0;

  async function list(): Promise<void> {
    version = undefined;
    const begunAtMs = performance.now();
    const listed = await listAll(connection, { ...kind, read }, patience, signal);
    standing.heard();
    // Reading the last page and comparing everything are two pieces of work: others may run in between.
    await breathe(undefined, { signal });
    target.replace(listed.items);
    version = listed.version;
    soSinceMs = begunAtMs;
    listedAtMs = performance.now();
    lists += 1;
  }

  function read(object: unknown): Item | undefined {
    try {
      return kind.read(object);
    } catch (error) {
      log.error({ err: error, watch: kind.name }, "an object cannot be read");
      return undefined;
    }
  }

  function take(line: string): void {
    const event = readEvent(line);
    if (event.type === "PUT") {
      const item = read(event.object);
      if (item === undefined) target.remove(event.uid);
      else target.put(event.uid, item);
      if (target.size() > patience.objectLimit) throw new TooManyObjects();
    } else if (event.type === "REMOVED") {
      target.remove(event.uid);
    }
    version = event.version;
  }

  function settle(): void {
    failures = 0;
    standing.live();
    trouble.isWell();
  }

  /** Follows what happens until the server ends it; whether that was after a time worth calling a watch. */
  async function follow(): Promise<boolean> {
    const stream = await connection.open({
      path: kind.path,
      query: {
        watch: true,
        allowWatchBookmarks: true,
        labelSelector: kind.labelSelector,
        resourceVersion: version,
        timeoutSeconds: patience.watchSeconds,
      },
      timeoutMs: patience.headersTimeoutMs,
      // Bookmarks are no heartbeat, but the end that was asked for is one: a server that misses it is dead.
      lifeMs: patience.watchSeconds * 1000 + patience.graceMs,
      signal,
    });
    const settling = setTimeout(settle, patience.settledMs);
    const openedAtMs = performance.now();
    try {
      standing.heard();
      // What has happened since is told only now: where that may be much, it is not known yet what is so.
      const isFresh = openedAtMs - soSinceMs < patience.settledMs;
      if (isFresh && failures < doubtAfter) standing.live();
      for await (const line of readLines(stream.chunks, patience.eventBytesLimit)) {
        standing.heard();
        take(line);
      }
      standing.heard();
      return performance.now() - openedAtMs >= patience.settledMs;
    } finally {
      clearTimeout(settling);
      stream.close();
    }
  }

  /** What a failure leaves to go on from, and for how long to wait. */
  function recover(failure: unknown): number {
    soSinceMs = -Infinity;
    failures += 1;
    const reason = reasonOf(failure);
    // Only a server that is busy, or forbids it, has not lost its place; anything else may have cost an event.
    if (reason !== "BUSY" && reason !== "FORBIDDEN") version = undefined;
    standing.failed(reason);
    const status = failure instanceof ClusterRefusal ? failure.status : undefined;
    const code = failure instanceof ClusterUnreachable ? failure.code : undefined;
    const isKnown = failure instanceof ClusterRefusal || failure instanceof ClusterUnreachable;
    trouble.broke(reason, isKnown ? { status, code } : { err: failure });
    return delayFor(failure, failures, patience);
  }

  async function round(): Promise<number> {
    try {
      const isDue = performance.now() - listedAtMs >= patience.reconcileMs;
      if (version === undefined || isDue) await list();
      if (await follow()) {
        settle();
        return 0;
      }
      // It ended well but at once: once is no matter, but who always does so is not watched in earnest.
      failures += 1;
      if (failures >= doubtAfter) standing.failed("UNREACHABLE");
      return delayAfter(failures, patience);
    } catch (failure) {
      return signal.aborted ? 0 : recover(failure);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const delayMs = await round();
      if (delayMs > 0) await wait(delayMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    state: standing.state,
    listen: standing.listen,
    lists: () => lists,
    start: () => {
      if (!signal.aborted) running ??= run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
