import { UpstreamRejected } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import { ClusterRefusal, ClusterUnreachable } from "../cluster.errors.ts";
import { createTroubleLog } from "../trouble.log.ts";
import { createContainerRuns } from "./container.runs.ts";
import { createLineSplitter, type WrittenLine } from "./log.lines.ts";
import type { LogPatience } from "./log.patience.ts";
import type { LogQueue } from "./log.queue.ts";
import type { FollowedPod } from "./log.previous.ts";
import { readLines } from "./log.read.ts";
import { createLogReaders } from "./log.readers.ts";
import { createLogRing } from "./log.ring.ts";
import { resumeAfter, type Resumption } from "./log.resumption.ts";
import type { LogSource } from "./log.source.ts";
import type { LogStart } from "./log.start.ts";
import { tryUntilOver, type Outcome } from "./rounds.ts";
import { createToldLines } from "./told.lines.ts";

/** One log that is followed for all who want to, from its first reader to its last. */
export interface LogFollower {
  readonly join: (start: LogStart) => LogQueue;
  readonly stop: () => void;
}

interface Parts {
  readonly source: LogSource;
  readonly pod: FollowedPod;
  readonly container: string;
  readonly patience: LogPatience;
  readonly log: Log;
  readonly onLost: (lines: number) => void;
  /** Nobody reads it any more, or there is nothing more to read. */
  readonly onOver: () => void;
}

/** How many troubles in a row it takes until readers are told. */
const doubtAfter = 2;
/** How often what an earlier run wrote last is asked for in vain. */
const restTries = 3;
const forbidden = "The gateway may not read logs in the cluster.";

/** Follows a log through all that breaks: each line is told once, in its order. */
export function createLogFollower({ source, pod, container, patience, log, ...parts }: Parts): LogFollower {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ring = createLogRing(patience.ring);
  const readers = createLogReaders({
    ring,
    limits: patience.queue,
    batch: patience.batch,
    onLost: parts.onLost,
    onEmpty: () => finish(),
  });
  const told = createToldLines(ring, readers.tell);
  const runs = createContainerRuns({ source, pod, container, patience, signal }, told);
  const trouble = createTroubleLog(log, "a log");
  let isRead = false;
  /** Tries without anything new, and those that failed. */
  let [idle, troubles] = [0, 0];
  let heardAt = new Date();
  let unfinished: WrittenLine | undefined;
  /** More is written than can be told: it goes on at the last lines. */
  let isBehind = false;
  let going: Promise<void> | undefined;

  /** Whether what an earlier run wrote last has been asked for often enough. */
  const mayGiveUp = () => troubles >= restTries;

  function heard(): void {
    heardAt = new Date();
    troubles = 0;
    readers.setStale(undefined);
  }

  function settle(): void {
    heard();
    trouble.isWell();
  }

  async function readFirst(): Promise<void> {
    await runs.begin();
    const tailLines = patience.ring.lines;
    const read = await readLines(source, { tailLines, ...patience.ring }, patience, signal);
    if (read?.isShort || read?.lines.length === tailLines) ring.markCutOff();
    told.tell(read?.lines ?? []);
    isRead = true;
    heardAt = new Date();
    troubles = 0;
    readers.begin();
  }

  /** Tells what is new as fast as may be; false when the log has to be opened anew for that. */
  async function take(lines: readonly WrittenLine[], { meet, turn }: Resumption): Promise<boolean> {
    const fresh: WrittenLine[] = [];
    for (const line of lines) {
      const met = meet(line);
      if (met === "BROKEN" && (await turn(mayGiveUp()))) return false;
      if (met === "NEW" || met === "BROKEN") fresh.push(line);
    }
    if (fresh.length === 0) return true;
    idle = 0;
    told.tell(fresh);
    heard();
    // Nothing is read meanwhile, so the node has to wait, too.
    await readers.room();
    isBehind = readers.behindMs() > patience.behindMs;
    return !isBehind;
  }

  /** Reads on until the log ends; whether that was after a time worth calling a follow. */
  async function follow(): Promise<boolean> {
    const place = resumeAfter(told, runs, isBehind ? patience.ring.lines : undefined);
    if (isBehind) readers.catchUp();
    isBehind = false;
    const openedAtMs = performance.now();
    const lastedMs = () => performance.now() - openedAtMs;
    const stream = await source.open(place.from, { lifeMs: patience.lifeMs, signal });
    if (troubles < doubtAfter) readers.setStale(undefined);
    const settling = setTimeout(settle, patience.settledMs);
    const splitter = createLineSplitter(patience.lineBytes);
    unfinished = undefined;
    try {
      // Nothing that comes again would tell one run from the next, nor which of them this is.
      if (stream && place.known.length === 0 && (await runs.count(await pod.ask(), mayGiveUp()))) return true;
      for await (const chunk of stream?.chunks ?? []) {
        if (!(await take(splitter.feed(chunk), place))) return true;
      }
      const rest = splitter.rest();
      if (rest && place.meet(rest) === "NEW") unfinished = rest;
    } catch (error) {
      // Silence is no sign of death, nor of life: it is opened anew.
      if (signal.aborted || lastedMs() < patience.lifeMs) throw error;
    } finally {
      clearTimeout(settling);
      stream?.close();
    }
    heard();
    return lastedMs() >= patience.settledMs;
  }

  /** Whether nothing more will ever be written. */
  function isFinished(): boolean {
    const record = pod.now();
    return !record || record.phase === "SUCCEEDED" || record.phase === "FAILED";
  }

  async function attempt(): Promise<Outcome> {
    if (!isRead) await readFirst();
    await runs.count(pod.now(), mayGiveUp());
    const hasLasted = await follow();
    if (isFinished()) return "OVER";
    if (hasLasted) idle = 0;
    return hasLasted ? "AGAIN" : "LATER";
  }

  /** What a failure means to those who read. */
  function failed(error: unknown): Outcome {
    const status = error instanceof ClusterRefusal ? error.status : undefined;
    if (status === 404) return "OVER";
    if (status === 403) throw new UpstreamRejected("kubernetes", forbidden);
    troubles += 1;
    const code = error instanceof ClusterUnreachable ? error.code : undefined;
    const message = error instanceof Error ? error.message : "";
    trouble.broke(String(status ?? code ?? message), { status, message });
    if (!isRead || troubles >= doubtAfter) readers.setStale(heardAt);
    return "LATER";
  }

  function finish(error?: Error): void {
    if (signal.aborted) return;
    stopping.abort();
    readers.end(error);
    parts.onOver();
  }

  return {
    join: (start) => {
      const reader = readers.join(start);
      going ??= tryUntilOver({
        attempt,
        failed,
        idle: () => (idle += 1),
        listen: pod.listen,
        delays: patience,
        signal,
      }).then(
        () => {
          if (unfinished) told.tell([unfinished]);
          finish();
        },
        (error: unknown) => finish(error instanceof Error ? error : new Error(String(error))),
      );
      return reader;
    },
    stop: () => finish(),
  };
}
