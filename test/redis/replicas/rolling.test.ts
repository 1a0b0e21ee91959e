import { expect, test } from "vitest";
import { restartInTurn, rollingEnvironment } from "../../../bench/rolling/rolling.restart.ts";
import { useStand } from "./shared.stand.ts";

const longestMs = 300_000;

const stand = useStand(rollingEnvironment);

test(
  "a rolling restart fails no mutation, and every stream is resumed and has heard of every change or of a gap",
  { timeout: longestMs },
  async () => {
    const size = { subscribers: 100, mutationsPerSecond: 20, rounds: 1 };
    const { wrong, breaks, mutations, told, resumes } = await restartInTurn(stand(), size);
    expect(wrong).toEqual([]);
    expect(resumes).toHaveLength(breaks);
    // Whoever was where it began was let go at least once.
    expect(breaks).toBeGreaterThanOrEqual(size.subscribers);
    expect(mutations.length).toBeGreaterThan(0);
    expect(told).toBeGreaterThan(0);
  },
);
