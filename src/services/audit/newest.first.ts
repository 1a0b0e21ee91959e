import type { AuditEntry } from "./audit.entry.ts";
import type { AskedPart, PlacedEntry, TrailPart } from "./trail.store.ts";

/** One of what is kept under a key, with its number there: an entry, or how many could not be kept before it. */
export interface Stored {
  /** As Redis numbers what is in a stream: a time and a count. */
  readonly number: string;
  readonly id: string;
  readonly entry: AuditEntry | undefined;
  readonly lost: number;
}

/** A place in what several keys have together. */
interface Place {
  readonly number: string;
  readonly source: number;
}

/** What comes at or after a number in the order in which it is read, or after it only; from the start without one. */
export interface From {
  readonly number: string;
  readonly isIncluded: boolean;
}

/** Reads at most so many of each source, the newest first. */
export type Fetch = (
  from: (source: number) => From | undefined,
  count: number,
) => Promise<readonly (readonly Stored[])[]>;

/** So many are read of each source at once. */
const atOnce = 250;

/** What tells a place from others, to go on from there. */
export const positionForm = /^(\d{1,15}-\d{1,10})\.(\d)$/;

const positionOf = ({ number, source }: Place) => `${number}.${source}`;

function placeAt(position: string | undefined): Place | undefined {
  const [, number, source] = positionForm.exec(position ?? "") ?? [];
  return number === undefined ? undefined : { number, source: Number(source) };
}

function newestFirst(one: Place, other: Place): number {
  const [time = 0, count = 0] = one.number.split("-").map(Number);
  const [otherTime = 0, otherCount = 0] = other.number.split("-").map(Number);
  return otherTime - time || otherCount - count || one.source - other.source;
}

/** Reads several sources as if they were one. */
export async function readNewest(fetch: Fetch, { first, after, matches }: AskedPart): Promise<TrailPart> {
  const found: PlacedEntry[] = [];
  const seen = new Set<string>();
  let lost = 0;
  let reached = placeAt(after);
  for (;;) {
    const from = reached;
    // One after the other: where the next part begins is known from this one, and most need no second.
    const parts = await fetch(
      (source) => from && { number: from.number, isIncluded: source > from.source },
      atOnce,
    );
    const all = parts.flatMap((part, source) => part.map((stored) => ({ ...stored, source })));
    const ends = parts.flatMap((part, source) => {
      const last = part.length === atOnce ? part.at(-1) : undefined;
      return last ? [{ number: last.number, source }] : [];
    });
    // What stands below the first end may have more above it than was read.
    const [end] = ends.toSorted(newestFirst);
    const known = all.filter((each) => !end || newestFirst(each, end) <= 0).toSorted(newestFirst);
    for (const each of known) {
      // What was not answered when it was written was written again.
      if (seen.has(each.id)) continue;
      seen.add(each.id);
      lost += each.lost;
      if (!each.entry || !matches(each.entry)) continue;
      if (found.length === first) return { entries: found, hasMore: true, lost };
      found.push({ position: positionOf(each), entry: each.entry });
    }
    if (!end) return { entries: found, hasMore: false, lost };
    reached = end;
  }
}
