import { describe, expect, it } from "vitest";
import { bytesOfText, keepContents } from "../../../src/actualizer/sources/kept.contents.ts";

describe("What is kept of what was read", () => {
  it("is read once, and nothing is kept of a failure", async () => {
    const kept = keepContents<string>(10_000, bytesOfText);
    let reads = 0;
    const read = async () => {
      reads++;
      if (reads === 1) throw new Error("not now");
      return "";
    };

    await expect(kept("a", read)).rejects.toThrow("not now");
    expect(await kept("a", read)).toBe("");
    expect(await kept("a", read)).toBe("");
    expect(reads).toBe(2);
  });

  it("stays below its bound: what was not used for longest goes, and what alone is too large is never kept", async () => {
    const kept = keepContents<string>(10_000, bytesOfText);
    const reads: string[] = [];
    const read = async (sha: string, length: number) => {
      const text = await kept(sha, async () => {
        reads.push(sha);
        return "x".repeat(length);
      });
      expect(text).toHaveLength(length);
    };

    await read("first", 2000);
    await read("second", 2000);
    await read("first", 2000);
    await read("third", 2000);
    expect(reads.splice(0)).toEqual(["first", "second", "third"]);

    await read("first", 2000);
    await read("second", 2000);
    expect(reads.splice(0)).toEqual(["second"]);

    await read("huge", 6000);
    await read("huge", 6000);
    expect(reads).toEqual(["huge", "huge"]);
  });
});
