import { LRUCache } from "lru-cache";

/** Reads what a hash of git's stands for, or remembers it: it never stands for anything else. */
export type KeptContents<Value> = (sha: string, read: () => Promise<Value>) => Promise<Value>;

/** What was read lately, up to so many bytes; what does not fit is read again. */
export function keepContents<Value extends string | object>(
  largestBytes: number,
  bytesOf: (value: Value) => number,
): KeptContents<Value> {
  const kept = new LRUCache<string, Value>({
    maxSize: largestBytes,
    sizeCalculation: (value, sha) => 2 * sha.length + bytesOf(value),
  });
  return async (sha, read) => {
    const known = kept.get(sha);
    if (known !== undefined) return known;
    const value = await read();
    kept.set(sha, value);
    return value;
  };
}

/** About what a text takes in memory. */
export const bytesOfText = (text: string) => 2 * text.length;
