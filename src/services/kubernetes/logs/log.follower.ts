import { UpstreamRejected } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import { ClusterRefusal } from "../cluster.errors.ts";
import type { ContainerRecord, PodRecord } from "../pod.record.ts";
import { createCatchUp } from "./catch.up.ts";
import { createLineSplitter, secondOf, type WrittenLine } from "./log.lines.ts";
import type { LogPatience } from "./log.patience.ts";
import type { LogQueue } from "./log.queue.ts";
import { readLines } from "./log.read.ts";
import { createLogReaders } from "./log.readers.ts";
import { createLogRing } from "./log.ring.ts";
import type { LogSource } from "./log.source.ts";
import type { LogStart } from "./log.start.ts";
import { tryUntilOver, type Outcome } from "./rounds.ts";

/** What is known of the pod whose log is followed. */
export interface FollowedPod {
  /** As it is now; undefined once it is gone. */
  readonly now: () => PodRecord | undefined;
  readonly listen: (listener: () => void) => () => void;
}

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
    onLost: parts.onLost,
    onEmpty: () => finish(),
  });
  let isRead = false;
  /** The runs of the container since this began, and how often it had been started anew when they were last counted. */
  let [run, restarts] = [0, 0];
  /** Tries without anything new, and those that failed. */
  let [idle, troubles] = [0, 0];
  let isGap = false;
  let heardAt = new Date();
  let unfinished: WrittenLine | undefined;
  let going: Promise<void> | undefined;

  const containerNow = (): ContainerRecord | undefined =>
    pod.now()?.containers.find(({ name }) => name === container);

  function tell(written: readonly WrittenLine[]): void {
    if (written.length === 0) return;
    const lines = written.map((line, index) => ring.add(line, run, isGap && index === 0));
    isGap = false;
    readers.tell(lines);
  }

  function heard(): void {
    heardAt = new Date();
    troubles = 0;
    readers.setStale(undefined);
  }

  /** The lines of this run that the cluster tells again when it is asked from the second of the last. */
  function known(): { sinceTime?: string; lines: readonly WrittenLine[] } {
    const last = ring.last();
    if (last?.run !== run) return { lines: [] };
    const sinceTime = secondOf(last.stamp);
    const first = sinceTime.slice(0, -1);
    return { sinceTime, lines: ring.lines().filter((line) => line.run === run && line.stamp >= first) };
  }

  async function readFirst(): Promise<void> {
    restarts = containerNow()?.restarts ?? 0;
    const tailLines = patience.ring.lines;
    const read = await readLines(source, { tailLines, ...patience.ring }, patience, signal);
    if (read?.isShort || read?.lines.length === tailLines) ring.markCutOff();
    tell(read?.lines ?? []);
    isRead = true;
    heardAt = new Date();
    troubles = 0;
    readers.begin();
  }

  /** Tells what this run wrote last, if there has been another since: what came of it. */
  async function readRest(): Promise<"TOLD" | "ANOTHER" | "NONE"> {
    const { sinceTime, lines } = known();
    const meet = createCatchUp(lines);
    const wanted = { previous: true, sinceTime, ...patience.queue };
    const read = await readLines(source, wanted, patience, signal);
    if (!read) return "NONE";
    let isThis = lines.length === 0;
    const newer: WrittenLine[] = [];
    for (const line of [...read.lines, ...(read.rest ? [read.rest] : [])]) {
      const how = meet(line);
      isThis ||= how === "KNOWN";
      if (how === "NEW" || how === "BROKEN") newer.push(line);
    }
    if (!isThis && newer.length === 0) return "ANOTHER";
    isGap ||= !isThis || read.isShort;
    // It was started anew more than once, and these are of a run in between.
    if (!isThis) run += 1;
    tell(newer);
    run += 1;
    return "TOLD";
  }

  /** The first line of another log: what is missing of the one before comes first. */
  async function turn(): Promise<void> {
    const rest = await readRest().catch((error: unknown) => {
      if (troubles < restTries) throw error;
      return "ANOTHER" as const;
    });
    if (rest !== "TOLD") isGap = true;
    // Where nothing has ended it runs on, and its log was begun anew.
    if (rest === "NONE") return;
    if (rest === "ANOTHER") run += 1;
    // The cluster may not have counted it yet.
    restarts = Math.max(restarts + 1, containerNow()?.restarts ?? 0);
  }

  async function take(lines: readonly WrittenLine[], meet: ReturnType<typeof createCatchUp>): Promise<void> {
    const fresh: WrittenLine[] = [];
    for (const line of lines) {
      const met = meet(line);
      if (met === "BROKEN") await turn();
      if (met === "NEW" || met === "BROKEN") fresh.push(line);
    }
    if (fresh.length === 0) return;
    idle = 0;
    tell(fresh);
    heard();
  }

  /** Reads on until the log ends; whether that was after a time worth calling a follow. */
  async function follow(): Promise<boolean> {
    const { sinceTime, lines } = known();
    const meet = createCatchUp(lines);
    const openedAtMs = performance.now();
    const lastedMs = () => performance.now() - openedAtMs;
    const stream = await source.open({ follow: true, sinceTime }, { lifeMs: patience.lifeMs, signal });
    if (troubles < doubtAfter) readers.setStale(undefined);
    const settling = setTimeout(heard, patience.settledMs);
    const splitter = createLineSplitter(patience.lineBytes);
    unfinished = undefined;
    try {
      for await (const chunk of stream?.chunks ?? []) await take(splitter.feed(chunk), meet);
      const rest = splitter.rest();
      if (rest && meet(rest) === "NEW") unfinished = rest;
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
    const now = containerNow();
    if (now?.state === "RUNNING" && now.restarts > restarts) {
      restarts = now.restarts;
      await readRest();
    }
    const hasLasted = await follow();
    if (isFinished()) return "OVER";
    if (hasLasted) idle = 0;
    return hasLasted ? "AGAIN" : "LATER";
  }

  /** What a failure means to those who read. */
  function failed(error: unknown): Outcome {
    const status = error instanceof ClusterRefusal ? error.status : undefined;
    if (status === 404) return "OVER";
    if (status === 401 || status === 403) throw new UpstreamRejected("kubernetes", forbidden);
    troubles += 1;
    log.warn({ status, troubles, message: error instanceof Error ? error.message : "" }, "a log broke");
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
          if (unfinished) tell([unfinished]);
          finish();
        },
        (error: unknown) => finish(error instanceof Error ? error : new Error(String(error))),
      );
      return reader;
    },
    stop: () => finish(),
  };
}
