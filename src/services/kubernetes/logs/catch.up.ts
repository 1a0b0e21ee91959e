import type { WrittenLine } from "./log.lines.ts";

/**
 * What a line is that comes after a new beginning: `KNOWN`; `OLDER` than all that is known; `NEW`; or `BROKEN`, the first
 * new one, where none of what is known came before it: the log is another one now.
 */
export type Met = "KNOWN" | "OLDER" | "NEW" | "BROKEN";

const isSame = (one: WrittenLine, other: WrittenLine | undefined) =>
  one.stamp === other?.stamp && one.text === other.text;

/**
 * Finds in a log that is read again the place up to which it is known. Given are the known lines of the time since when
 * it is read. They come again in their order, and what is new comes after the last of them, whatever its time says:
 * several lines may be of one moment, and clocks are put back.
 */
export function createCatchUp(known: readonly WrittenLine[]): (line: WrittenLine) => Met {
  let newest = "";
  const firstOf = new Map<string, number>();
  known.forEach(({ stamp }, index) => {
    if (!firstOf.has(stamp)) firstOf.set(stamp, index);
    if (stamp > newest) newest = stamp;
  });
  /** Which of the known lines comes next; undefined until the first has come. */
  let next: number | undefined;
  let isThrough = known.length === 0;

  const found = (line: WrittenLine): number | undefined => {
    if (next !== undefined) return isSame(line, known[next]) ? next : undefined;
    let index = firstOf.get(line.stamp);
    while (index !== undefined && known[index]?.stamp === line.stamp) {
      if (isSame(line, known[index])) return index;
      index += 1;
    }
    return undefined;
  };

  return (line) => {
    if (isThrough) return "NEW";
    const at = found(line);
    if (at !== undefined) {
      next = at + 1;
      isThrough = next === known.length;
      return "KNOWN";
    }
    // Older lines than were ever read, when the reading began in the middle of a second.
    if (line.stamp <= newest) return "OLDER";
    isThrough = true;
    return next === undefined ? "BROKEN" : "NEW";
  };
}
