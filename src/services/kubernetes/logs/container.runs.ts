import type { PodRecord } from "../pod.record.ts";
import { createCatchUp } from "./catch.up.ts";
import type { WrittenLine } from "./log.lines.ts";
import { containerIn, readPrevious, type PreviousMeans } from "./log.previous.ts";
import type { ToldLines } from "./told.lines.ts";

/** The runs of a container, one after the other: what one wrote last is told before what the next one writes. */
export interface ContainerRuns {
  /** Looks how often it has been started anew before its log is first read. */
  readonly begin: () => Promise<void>;
  /** Where it has been started anew, what it wrote before that is told; whether it has. */
  readonly count: (record: PodRecord | undefined, mayGiveUp: boolean) => Promise<boolean>;
  /** The log is another one: what is missing of the one before is told. Whether to read it from its beginning. */
  readonly turn: (mayGiveUp: boolean) => Promise<boolean>;
  /** Lines were left out to catch up, so another log is known by the count alone. Whether it is another one. */
  readonly leap: (mayGiveUp: boolean) => Promise<boolean>;
}

export function createContainerRuns(means: PreviousMeans, told: ToldLines): ContainerRuns {
  let restarts = 0;
  const containerOf = (record: PodRecord | undefined) => containerIn(record, means.container);

  /** Tells what this run wrote last, if there has been another since: what came of it. */
  async function tellRest(): Promise<"TOLD" | "ANOTHER" | "NONE"> {
    const { sinceTime, lines } = told.known();
    const meet = createCatchUp(lines);
    const { read, count } = await readPrevious(means, sinceTime);
    restarts = Math.max(restarts, count);
    if (!read) return "NONE";
    let isThis = lines.length === 0;
    const newer: WrittenLine[] = [];
    for (const line of [...read.lines, ...(read.rest ? [read.rest] : [])]) {
      const how = meet(line);
      isThis ||= how === "KNOWN";
      if (how === "NEW" || how === "BROKEN") newer.push(line);
    }
    if (!isThis && newer.length === 0) return "ANOTHER";
    if (!isThis || read.isShort) told.missing();
    // It was started anew more than once, and these are of a run in between.
    if (!isThis) told.nextRun();
    told.tell(newer);
    told.nextRun();
    return "TOLD";
  }

  async function count(record: PodRecord | undefined, mayGiveUp: boolean): Promise<boolean> {
    const now = containerOf(record);
    if (now?.state !== "RUNNING" || now.restarts <= restarts) return false;
    await tellRest().catch((error: unknown) => {
      if (!mayGiveUp) throw error;
      told.missing();
    });
    restarts = Math.max(restarts, now.restarts);
    return true;
  }

  return {
    begin: async () => {
      restarts = containerOf(await means.pod.ask())?.restarts ?? 0;
    },
    count,
    turn: async (mayGiveUp) => {
      const rest = await tellRest().catch((error: unknown) => {
        if (!mayGiveUp) throw error;
        return "ANOTHER" as const;
      });
      if (rest !== "TOLD") told.missing();
      if (rest === "ANOTHER") told.nextRun();
      // Where nothing has ended it runs on, and its log was begun anew.
      return rest !== "NONE";
    },
    leap: async (mayGiveUp) => {
      if (await count(await means.pod.ask(), mayGiveUp)) return true;
      told.missing();
      return false;
    },
  };
}
