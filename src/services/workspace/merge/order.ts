/** A list of keys, each there once. */
type Keys = readonly string[];

const isEqual = (one: Keys, other: Keys) =>
  one.length === other.length && one.every((key, index) => key === other[index]);

/** Which of two lists comes first in a dictionary: a choice that does not depend on whose they are. */
function isFirst(one: Keys, other: Keys): boolean {
  const place = one.findIndex((key, index) => key !== other[index]);
  const [key, otherKey] = [one[place], other[place]];
  return key === undefined || (otherKey !== undefined && key < otherKey);
}

const firstOf = (one: Keys, other: Keys) => (isFirst(one, other) ? one : other);

/** The order of what both sides hold: of the side that moved something, undefined when both did, differently. */
function sharedOrder(base: Keys, theirs: Keys, mine: Keys): Keys | undefined {
  const [inBase, inTheirs, inMine] = [new Set(base), new Set(theirs), new Set(mine)];
  const before = base.filter((key) => inTheirs.has(key) && inMine.has(key));
  const theirsShared = theirs.filter((key) => inMine.has(key));
  const mineShared = mine.filter((key) => inTheirs.has(key));
  const theirsKept = theirsShared.filter((key) => inBase.has(key));
  const mineKept = mineShared.filter((key) => inBase.has(key));
  // Then they differ, if at all, in where both added the same.
  if (isEqual(theirsKept, mineKept)) return firstOf(theirsShared, mineShared);
  if (isEqual(before, theirsKept)) return mineShared;
  if (isEqual(before, mineKept)) return theirsShared;
  return undefined;
}

/** What one side alone added, by what it stands behind: undefined is the list's beginning. */
function additions(
  side: Keys,
  shared: ReadonlySet<string>,
  base: ReadonlySet<string>,
): ReadonlyMap<string | undefined, Keys> {
  const found = new Map<string | undefined, string[]>();
  let anchor: string | undefined;
  for (const key of side) {
    if (shared.has(key)) anchor = key;
    else if (!base.has(key)) {
      const run = found.get(anchor);
      if (run) run.push(key);
      else found.set(anchor, [key]);
    }
  }
  return found;
}

/**
 * The order of a list that two sides changed, without what either removed: what one side added stays behind what it
 * was put behind. The same whichever side is whose; undefined when both moved what was there, differently.
 */
export function mergeOrder(base: Keys, theirs: Keys, mine: Keys): Keys | undefined {
  const shared = sharedOrder(base, theirs, mine);
  if (!shared) return undefined;
  const [inShared, inBase] = [new Set(shared), new Set(base)];
  const theirsAdded = additions(theirs, inShared, inBase);
  const mineAdded = additions(mine, inShared, inBase);
  const added = (anchor: string | undefined) => {
    const [one, other] = [theirsAdded.get(anchor) ?? [], mineAdded.get(anchor) ?? []];
    return isFirst(one, other) ? [...one, ...other] : [...other, ...one];
  };
  return [...added(undefined), ...shared.flatMap((key) => [key, ...added(key)])];
}
