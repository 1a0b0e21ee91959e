import { createCatchUp } from "./catch.up.ts";
import type { ContainerRuns } from "./container.runs.ts";
import type { WrittenLine } from "./log.lines.ts";
import type { LogWanted } from "./log.source.ts";
import type { ToldLines } from "./told.lines.ts";

/** From where a log is read on, and how the place is known again. */
export interface Resumption {
  readonly from: LogWanted;
  /** The lines that come again. */
  readonly known: readonly WrittenLine[];
  readonly meet: ReturnType<typeof createCatchUp>;
  /** None of them came: another run is told of, or that lines are missing. Whether it has to be opened anew. */
  readonly turn: (mayGiveUp: boolean) => Promise<boolean>;
}

/** Goes on where the told lines end; or so many lines before the log's end, where more is written than can be told. */
export function resumeAfter(
  told: Pick<ToldLines, "known">,
  runs: ContainerRuns,
  leapTo: number | undefined,
): Resumption {
  const { sinceTime, lines } = told.known();
  return {
    from: { follow: true, sinceTime, tailLines: leapTo },
    known: lines,
    meet: createCatchUp(lines),
    turn: leapTo === undefined ? runs.turn : runs.leap,
  };
}
