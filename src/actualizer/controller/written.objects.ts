/** What was written and may not have been told by a watch yet. */
export interface WrittenObjects<Item extends Versioned> {
  /** What was written took the place of what it was before. */
  readonly note: (before: Item, after: Item) => void;
  /** The newer of what a watch tells and what was written. */
  readonly latest: (told: Item) => Item;
  readonly forget: (uid: string) => void;
}

interface Versioned {
  readonly metadata: { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined };
}

/**
 * Remembers one's own writes, of which each named the version that it took the place of: nothing can have been in
 * between, so whatever is not one of those versions is newer.
 */
export function createWrittenObjects<Item extends Versioned>(): WrittenObjects<Item> {
  const written = new Map<string, { readonly item: Item; readonly before: ReadonlySet<string> }>();
  const versionOf = ({ metadata }: Item) => metadata.resourceVersion ?? "";
  const uidOf = ({ metadata }: Item) => metadata.uid ?? "";
  return {
    note: (before, after) => {
      const known = written.get(uidOf(before));
      const earlier = known && versionOf(known.item) === versionOf(before) ? known.before : [];
      written.set(uidOf(before), { item: after, before: new Set([...earlier, versionOf(before)]) });
    },
    latest: (told) => {
      const known = written.get(uidOf(told));
      if (!known) return told;
      if (known.before.has(versionOf(told))) return known.item;
      written.delete(uidOf(told));
      return told;
    },
    forget: (uid) => {
      written.delete(uid);
    },
  };
}
