import fc from "fast-check";
import { expect, test } from "vitest";
import { begin } from "./kubernetes.watching.ts";

const names = ["a", "b", "c", "d", "e", "f", "g"];
const name = fc.constantFrom(...names);

type Step =
  | { readonly what: "put"; readonly name: string; readonly value: number; readonly producer: string }
  | { readonly what: "remove" | "recreate"; readonly name: string }
  | { readonly what: "drop" | "end" | "compact" | "bookmark" | "rest" | "look" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("put" as const),
      name,
      value: fc.integer({ min: 1, max: 4 }),
      producer: fc.constantFrom("demo", "acme"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom("remove" as const, "recreate" as const), name }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom(
        "drop" as const,
        "end" as const,
        "compact" as const,
        "bookmark" as const,
        "rest" as const,
        "look" as const,
      ),
    }),
  },
);

test("whatever happens to objects, connections and history in whatever order, it ends up knowing what the server knows", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { cluster, index, known, until, untilRight, stop } = await begin({
        settledMs: 2,
        longestDelayMs: 8,
      });
      // What a listener makes of the changes alone has to be the same as the index.
      const told = new Map(index.of("demo").map(({ uid, value }) => [`demo ${uid}`, value]));
      index.listenToAll((changes, key) => {
        for (const { kind, item } of changes) {
          if (kind === "REMOVED") told.delete(`${key} ${item.uid}`);
          else told.set(`${key} ${item.uid}`, item.value);
        }
      });
      try {
        for (const taken of steps) {
          if (taken.what === "put") cluster.put(taken.name, taken.value, taken.producer);
          else if (taken.what === "remove") cluster.remove(taken.name);
          else if (taken.what === "recreate") {
            cluster.remove(taken.name);
            cluster.put(taken.name, 1);
          } else if (taken.what === "rest") await untilRight();
          else if (taken.what === "look") {
            const asked = cluster.requests.length;
            cluster.end();
            await until(() => cluster.requests.length > asked);
          } else cluster[taken.what]();
        }
        await untilRight();
        expect(known()).toEqual(cluster.truth());
        const indexed = index
          .keys()
          .flatMap((key) => index.of(key).map(({ uid, value }) => [`${key} ${uid}`, value]));
        expect(Object.fromEntries(told)).toEqual(Object.fromEntries(indexed));
        expect(index.size()).toBe(Object.keys(cluster.truth()).length);
      } finally {
        await stop();
        await cluster.close();
      }
    }),
    { numRuns: 150 },
  );
});
