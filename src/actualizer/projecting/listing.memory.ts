import { stringify as stableText } from "safe-stable-stringify";
import { hashOf } from "../names/object.names.ts";
import type { ListedProducer } from "../sources/platform.source.ts";

/** Remembers the last listing, and tells by the next one at whom to look. */
export interface ListingMemory {
  readonly changed: (listed: readonly ListedProducer[]) => readonly string[];
  readonly clear: () => void;
}

/** What a listing told of one, and until when that may hide something, by the process's own clock. */
interface Listed {
  readonly text: string;
  readonly openUntilMs: number | undefined;
}

/** Times have seconds only: what is pushed this soon after something else may look the same. */
const hiddenMs = 1100;

/** How far Gitea's clock may be from this one. */
const skewMs = 5000;

const textOf = ({ login, repositories }: ListedProducer) =>
  hashOf(stableText([login, [...repositories].sort((one, other) => (one.name < other.name ? -1 : 1))]), 16);

const isRecent = ({ repositories }: ListedProducer) =>
  repositories.some(({ updatedAt }) => Date.parse(updatedAt) > Date.now() - skewMs);

/** One who has changed is looked at once more, after the first listing that can tell what was pushed right afterwards. */
export function createListingMemory(): ListingMemory {
  let last = new Map<string, Listed>();
  return {
    changed: (listed) => {
      const nowMs = performance.now();
      const next = new Map<string, Listed>();
      const isFirst = last.size === 0;
      const names: string[] = [];
      for (const each of listed) {
        const text = textOf(each);
        const known = last.get(each.producer);
        const isNew = known?.text !== text;
        const isOver = known?.openUntilMs !== undefined && known.openUntilMs <= nowMs;
        if (isNew || isOver) names.push(each.producer);
        // Of the first listing most are old.
        const begins = isNew && (!isFirst || isRecent(each));
        const openUntilMs = begins ? nowMs + hiddenMs : isOver || isNew ? undefined : known.openUntilMs;
        next.set(each.producer, { text, openUntilMs });
      }
      last = next;
      return names;
    },
    clear: () => {
      last = new Map();
    },
  };
}
