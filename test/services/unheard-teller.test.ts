import { expect, test, vi } from "vitest";
import { createHub } from "../../src/live/hub.ts";
import type { LiveEvents } from "../../src/live/live-events.ts";
import { createUnheardTeller } from "../../src/services/changes/unheard.teller.ts";

const demos = { producer: "demo", env: "dev" };

/** A hub, a teller, and what those who listen to two projects were told. */
function telling() {
  const hub = createHub<LiveEvents>({ queueLimit: 10 });
  const told: string[] = [];
  for (const topic of ["demo/dev", "eve/dev"]) {
    hub.listen("projectChanged", topic, ({ producer, kind }) => told.push(`${producer} ${kind}`));
  }
  return { told, teller: createUnheardTeller(hub, { most: 2, withinMs: 300 }) };
}

test("a project is told twice at once; the rest is held back and told once, as soon as it may be", async () => {
  const { told, teller } = telling();
  for (let round = 0; round < 10; round += 1) teller.tell(demos);
  expect(told).toEqual(["demo UNHEARD", "demo UNHEARD"]);
  await vi.waitFor(() => expect(told).toHaveLength(3), { timeout: 10_000, interval: 1 });
  teller.tell(demos);
  await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(4), { timeout: 10_000 });
  expect(told).toHaveLength(4);
});

test("what one project is told keeps nothing back from another", () => {
  const { told, teller } = telling();
  for (const producer of ["demo", "demo", "demo", "eve"]) teller.tell({ producer, env: "dev" });
  expect(told.at(-1)).toBe("eve UNHEARD");
});
