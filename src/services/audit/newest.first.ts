import type { AuditEntry } from "./audit.entry.ts";
import type { AskedPart, PlacedEntry, TrailPart } from "./trail.store.ts";

/** What is kept at a place: an entry, or how many could not be kept before it. */
export interface Kept {
  readonly id: string;
  readonly entry: AuditEntry | undefined;
  readonly lost: number;
}

/** One of what is kept under a key, with its number there. */
export interface Stored {
  /** As Redis numbers what is in a stream: a time and a count. */
  readonly number: string;
  /** Costs something, and not all that is fetched is looked at. */
  readonly look: () => Kept;
}

/** A place in what several keys have together. */
interface Place {
  readonly number: string;
  readonly source: number;
  readonly time: number;
  readonly count: number;
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

/** So many are looked at for one answer, however few of them are asked for: whoever wants more asks again. */
const mostLookedAt = 1000;

/** What tells a place from others, to go on from there. */
export const positionForm = /^(\d{1,15}-\d{1,10})\.(\d)$/;

const positionOf = ({ number, source }: Place) => `${number}.${source}`;

function placeOf(number: string, source: number): Place {
  const [time = 0, count = 0] = number.split("-").map(Number);
  return { number, source, time, count };
}

function placeAt(position: string | undefined): Place | undefined {
  const [, number, source] = positionForm.exec(position ?? "") ?? [];
  return number === undefined ? undefined : placeOf(number, Number(source));
}

const newestFirst = (one: Place, other: Place): number =>
  other.time - one.time || other.count - one.count || one.source - other.source;

/** Reads several sources as if they were one. */
export async function readNewest(fetch: Fetch, { first, after, matches }: AskedPart): Promise<TrailPart> {
  const found: PlacedEntry[] = [];
  const seen = new Set<string>();
  let lost = 0;
  let lookedAt = 0;
  let reached = placeAt(after);
  const told = (hasMore: boolean): TrailPart => {
    return { entries: found, hasMore, lost, end: reached && positionOf(reached) };
  };
  for (;;) {
    const from = reached;
    // One after the other: where the next part begins is known from this one, and most need no second.
    const parts = await fetch(
      (source) => from && { number: from.number, isIncluded: source > from.source },
      atOnce,
    );
    const all = parts.flatMap((part, source) =>
      part.map(({ number, look }) => ({ ...placeOf(number, source), look })),
    );
    const ends = parts.flatMap((part, source) => {
      const last = part.length === atOnce ? part.at(-1) : undefined;
      return last ? [placeOf(last.number, source)] : [];
    });
    // What stands below the first end may have more above it than was read.
    const [end] = ends.toSorted(newestFirst);
    const known = all.filter((each) => !end || newestFirst(each, end) <= 0).toSorted(newestFirst);
    for (const each of known) {
      if (lookedAt === mostLookedAt) return told(true);
      lookedAt += 1;
      const { id, entry, lost: missing } = each.look();
      // What was not answered when it was written was written again.
      const isAgain = seen.has(id);
      const isWanted = !isAgain && entry !== undefined && matches(entry);
      if (isWanted && found.length === first) return told(true);
      reached = each;
      if (isAgain) continue;
      seen.add(id);
      lost += missing;
      if (isWanted) found.push({ position: positionOf(each), entry });
    }
    if (!end) return told(false);
  }
}
