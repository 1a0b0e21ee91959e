import type { ContainerRecord, PodRecord } from "../pod.record.ts";
import type { LogPatience } from "./log.patience.ts";
import { readLines, type ReadLines } from "./log.read.ts";
import type { LogSource } from "./log.source.ts";

/** What is known of the pod whose log is followed. */
export interface FollowedPod {
  /** As it is now; undefined once it is gone. */
  readonly now: () => PodRecord | undefined;
  /** The same, asked for at once: what is watched comes a moment later. */
  readonly ask: () => Promise<PodRecord | undefined>;
  readonly listen: (listener: () => void) => () => void;
}

/** A container of a pod, by its name. */
export const containerIn = (record: PodRecord | undefined, container: string): ContainerRecord | undefined =>
  record?.containers.find(({ name }) => name === container);

/** What it takes to read it. */
export interface PreviousMeans {
  readonly source: LogSource;
  readonly pod: FollowedPod;
  readonly container: string;
  readonly patience: LogPatience;
  readonly signal: AbortSignal;
}

/** Most times that it is read to find out which run it is of. */
const mostTries = 3;

/** What the run before the present one wrote, and how often the container had been started anew when that was so. */
export async function readPrevious(
  { source, pod, container, patience, signal }: PreviousMeans,
  sinceTime: string | undefined,
): Promise<{ readonly read: ReadLines | undefined; readonly count: number }> {
  const wanted = { previous: true, sinceTime, ...patience.queue };
  const counted = async () => containerIn(await pod.ask(), container)?.restarts ?? 0;
  for (let tries = 1; ; tries += 1) {
    const count = await counted();
    const read = await readLines(source, wanted, patience, signal);
    // When it was started anew in between, nobody knows which run this is of.
    if ((await counted()) === count || tries === mostTries) return { read, count };
  }
}
