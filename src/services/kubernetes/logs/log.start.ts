import { stampIn, type LogLine, type LogRing } from "./log.ring.ts";

/** Where a reader wants to begin; with none of these, at the last lines. */
export interface LogStart {
  /** Only so many of the last lines. */
  readonly tailLines?: number | undefined;
  /** Only what was written at this time or later. */
  readonly since?: Date | undefined;
  /** Only what comes after the line with this position. */
  readonly after?: string | undefined;
}

/** What a reader gets first. */
interface Beginning {
  readonly lines: readonly LogLine[];
  readonly gap: boolean;
  readonly restarted: boolean;
}

const usualTail = 100;
const stampOf = (time: Date) => `${time.toISOString().slice(0, 23)}000000Z`;

function linesAfter(ring: LogRing, position: string): Beginning {
  const all = ring.lines();
  const stamp = stampIn(position);
  const at = all.findIndex((line) => line.stamp === stamp && line.position === position);
  if (at >= 0) {
    const lines = all.slice(at + 1);
    const restarted = lines[0] !== undefined && lines[0].run !== all[at]?.run;
    return { lines, gap: false, restarted };
  }
  // It is older than what is remembered, or of another run.
  const newer = all.findIndex((line) => line.stamp > stamp);
  const lines = newer < 0 ? [] : all.slice(newer);
  return { lines, gap: true, restarted: newer === 0 && !ring.isCutOff() };
}

function linesSince(ring: LogRing, time: Date): Beginning {
  const all = ring.lines();
  const stamp = stampOf(time);
  const gap = ring.isCutOff() && all[0] !== undefined && all[0].stamp >= stamp;
  return { lines: all.filter((line) => line.stamp >= stamp), gap, restarted: false };
}

/** What of the remembered lines a reader gets first. */
export function beginningOf(ring: LogRing, { tailLines, since, after }: LogStart): Beginning {
  const isLimited = after !== undefined || since !== undefined;
  const found =
    after !== undefined
      ? linesAfter(ring, after)
      : since !== undefined
        ? linesSince(ring, since)
        : { lines: ring.lines(), gap: false, restarted: false };
  const count = tailLines ?? (isLimited ? undefined : usualTail);
  if (count === undefined) return found;
  return { ...found, lines: count > 0 ? found.lines.slice(-count) : [] };
}
