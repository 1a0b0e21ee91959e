import { expect, test, vi } from "vitest";
import { createListingMemory } from "../../../src/actualizer/projecting/listing.memory.ts";
import type { ListedProducer } from "../../../src/actualizer/sources/platform.source.ts";

const listed = (updatedAt: string): ListedProducer => ({
  producer: "demo",
  login: "customer-demo",
  repositories: [{ id: 1, name: "dev", branch: "master", description: "", updatedAt }],
});
const longAgo = listed("2019-08-01T09:00:00Z");
const justNow = () => listed(new Date().toISOString());
const later = { timeout: 10_000, interval: 20 };

test("who has changed is looked at at once, and once more when a push of the same second would be seen", async () => {
  const memory = createListingMemory();
  expect(memory.changed([longAgo])).toEqual(["demo"]);
  expect(memory.changed([longAgo])).toEqual([]);
  const changed = justNow();
  expect(memory.changed([changed])).toEqual(["demo"]);
  expect(memory.changed([changed])).toEqual([]);
  await vi.waitFor(() => expect(memory.changed([changed])).toEqual(["demo"]), later);
  expect(memory.changed([changed])).toEqual([]);
});

test("of the first listing only those are looked at once more who have changed of late", async () => {
  const memory = createListingMemory();
  const recent = { ...justNow(), producer: "eve" };
  expect(memory.changed([longAgo, recent])).toEqual(["demo", "eve"]);
  await vi.waitFor(() => expect(memory.changed([longAgo, recent])).toEqual(["eve"]), later);
});
