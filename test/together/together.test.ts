import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { graphDoor } from "./graph.door.ts";
import { straightDoor } from "./straight.door.ts";
import { workTogether } from "./workload.ts";

/** 8 writers who make some forty changes each, and 4 who look on. */
const size = { writers: 8, readers: 4, rounds: 6 };
/** Whatever overlaps by as little as this is damaged. */
const workspaceTiming = { overlapMs: 3, tornMs: 1 };
const timeoutMs = 120_000;

test(
  "8 people write and 4 read at once: nothing acknowledged is lost, nothing deleted returns, nobody sees half of anything",
  { timeout: timeoutMs },
  async () => {
    const sett = await startSett({ workspaceTiming, env: { WORKSPACE_WAIT: "1m" } });
    const people = [sett.as("demo"), sett.as("al")];
    const report = await workTogether(people.map(graphDoor), size);
    expect(report).toMatchObject({ refused: 0, lost: [], returned: [], torn: [] });
    expect(report.acknowledged).toBeGreaterThanOrEqual(8 * 6 * 5);
    expect(report.reads).toBeGreaterThan(50);
  },
);

test(
  "less of the same work, done straight at the workspace, loses what it acknowledged, so the test above can fail",
  { timeout: timeoutMs },
  async () => {
    const sett = await startSett({ workspaceTiming });
    const report = await workTogether([straightDoor(sett.sandbox)], { ...size, rounds: 3 });
    expect(report.lost.length).toBeGreaterThan(0);
    expect(report.torn.length).toBeGreaterThan(0);
  },
);
