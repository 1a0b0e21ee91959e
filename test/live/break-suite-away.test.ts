import { test } from "vitest";
import { endure, type Break } from "./cluster.breaks.ts";

/** Ways for the API server not to be there. */
const breaks: readonly [what: string, how: Break][] = [
  [
    "is killed and comes back, having forgotten older versions",
    {
      make: ({ server }) => server.stop(),
      heal: ({ server, cluster }) => {
        cluster.compact();
        return server.resume();
      },
      reason: "UNREACHABLE",
    },
  ],
  [
    "is stopped gently, so that old watches stay open and silent and nobody new gets in, and comes back",
    {
      make: ({ server, cluster }) => {
        cluster.watches.stall();
        server.refuse();
      },
      heal: async ({ server, cluster }) => {
        cluster.restart();
        cluster.watches.resume();
        await server.resume();
      },
      reason: "UNREACHABLE",
    },
  ],
  [
    "freezes, taking connections and saying nothing, and thaws",
    {
      make: ({ server, cluster }) => {
        cluster.watches.stall();
        server.faults.set({ mode: "freeze" });
      },
      heal: ({ server, cluster }) => {
        cluster.watches.resume();
        server.faults.clear();
      },
      reason: "UNREACHABLE",
    },
  ],
];

test.each(breaks)(
  "who watches a project is told that what runs may be old while the API server %s, and then what runs",
  (_what, how) => endure(how),
  60_000,
);
