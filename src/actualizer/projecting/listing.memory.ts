import { stringify as stableText } from "safe-stable-stringify";
import { hashOf } from "../names/object.names.ts";
import type { ListedProducer } from "../sources/platform.source.ts";

/** Remembers the last listing, and tells by the next one at whom to look. */
export interface ListingMemory {
  readonly changed: (listed: readonly ListedProducer[]) => readonly string[];
  readonly clear: () => void;
}

const textOf = ({ login, repositories }: ListedProducer) =>
  hashOf(stableText([login, [...repositories].sort((one, other) => (one.name < other.name ? -1 : 1))]), 16);

/**
 * One who has changed is looked at once more after the next listing: times have seconds only, so what was pushed right
 * after something else may look the same.
 */
export function createListingMemory(): ListingMemory {
  let last = new Map<string, { readonly text: string; readonly isNew: boolean }>();
  return {
    changed: (listed) => {
      const next = new Map<string, { readonly text: string; readonly isNew: boolean }>();
      const isFirst = last.size === 0;
      for (const each of listed) {
        const text = textOf(each);
        next.set(each.producer, { text, isNew: !isFirst && last.get(each.producer)?.text !== text });
      }
      const names = [...next].filter(([name, { isNew }]) => isFirst || isNew || last.get(name)?.isNew);
      last = next;
      return names.map(([name]) => name);
    },
    clear: () => {
      last = new Map();
    },
  };
}
