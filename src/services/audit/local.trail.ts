import { LRUCache } from "lru-cache";
import { readNewest, type From, type Stored } from "./newest.first.ts";
import { partsOf, type TrailStore } from "./trail.store.ts";

interface Limits {
  /** Most entries of one repository. */
  readonly length: number;
  readonly keepMs: number;
}

/** Of all repositories together so many times the length are kept: then those go that nothing was added to for longest. */
const sharesInMemory = 20;

const isBehind = (stored: Stored, from: From): boolean => {
  const [time = 0, count = 0] = stored.number.split("-").map(Number);
  const [fromTime = 0, fromCount = 0] = from.number.split("-").map(Number);
  const later = time - fromTime || count - fromCount;
  return later < 0 || (later === 0 && from.isIncluded);
};

/** Keeps entries in this process, for as long as it runs. */
export function createLocalTrail({ length, keepMs }: Limits): TrailStore {
  /** The oldest first. */
  const kept = new LRUCache<string, Stored[]>({ maxSize: length * sharesInMemory });
  let last = 0;
  let count = 0;

  const nextNumber = (): string => {
    const now = Math.max(Date.now(), last);
    count = now === last ? count + 1 : 0;
    last = now;
    return `${now}-${count}`;
  };

  return {
    keep: (entry, { trail, isLetThrough, mayBegin }) => {
      const [done, refused] = partsOf(trail);
      if (!mayBegin && !kept.has(done) && !kept.has(refused)) return;
      const key = isLetThrough ? done : refused;
      const before = kept.get(key) ?? [];
      const look = () => ({ id: entry.id, entry, lost: 0 });
      const all = [...before.slice(1 - length), { number: nextNumber(), look }];
      kept.set(key, all, { size: all.length });
    },
    read: (trails, asked) => {
      const sources = trails.flatMap(partsOf);
      const oldest = { number: `${Date.now() - keepMs}-0`, isIncluded: false };
      return readNewest(async (from, atMost) => {
        return sources.map((key, source) => {
          const begin = from(source);
          return (kept.get(key) ?? [])
            .toReversed()
            .filter((stored) => !isBehind(stored, oldest) && (!begin || isBehind(stored, begin)))
            .slice(0, atMost);
        });
      }, asked);
    },
    close: async () => undefined,
  };
}
