import { ok, skipped, warning, wrong, type Told } from "./finding.ts";

/** A clock of somebody else's, and ours before and after it was read. */
export interface Clock {
  readonly theirsMs: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  /** Whether it is told to the millisecond; else to the second, cut off. */
  readonly isExact?: boolean;
}

const strangeMs = 5000;
const harmfulMs = 60_000;

/** By how much a clock is certainly before (positive) or behind ours. */
export function skewOf({ theirsMs, beforeMs, afterMs, isExact = false }: Clock): number {
  const latestMs = theirsMs + (isExact ? 0 : 1000);
  if (theirsMs > afterMs) return theirsMs - afterMs;
  return latestMs < beforeMs ? latestMs - beforeMs : 0;
}

function inWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${amount} ${skewMs > 0 ? "ahead of" : "behind"} the one here`;
}

const mend =
  "Have one source of time (NTP, chrony) set both machines' clocks: tokens, sessions and leases are judged by them.";

/** How the clocks of those who were asked stand to the one here. */
export function checkClocks(clocks: Readonly<Record<string, Clock | undefined>>): readonly Told[] {
  return Object.entries(clocks).map(([whose, clock]): Told => {
    const check = whose.endsWith("s") ? `${whose}' clock` : `${whose}'s clock`;
    if (!clock || Number.isNaN(clock.theirsMs)) return skipped(check, "it was not told.");
    const skewMs = skewOf(clock);
    const says = `it is ${inWords(skewMs)}.`;
    if (Math.abs(skewMs) > harmfulMs) return wrong(check, says, mend);
    if (Math.abs(skewMs) > strangeMs) return warning(check, says, mend);
    return ok(check, "it goes with the one here.");
  });
}
