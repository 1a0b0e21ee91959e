import fc from "fast-check";
import { expect, test } from "vitest";
import { resourceKey, takenHosts } from "../../../src/actualizer/names/host.claims.ts";
import { createHostHolders } from "../../../src/actualizer/projecting/host.holders.ts";
import type { CensusChange } from "../../../src/actualizer/projecting/resource.census.ts";
import type { CustomResource } from "../../../src/actualizer/resources/resources.ts";
import { settingsWith } from "../actualizer.source.ts";

const settings = settingsWith();

/** Resources of which several come to the same hosts. */
const places = [
  ["Workspace", "b-a", undefined],
  ["Gateway", "a", "b"],
  ["Workspace", "a", undefined],
  ["Gateway", "b-a", "c"],
  ["Gateway", "a", "c-b"],
  ["Workspace", "c-b-a", undefined],
] as const;

const resource = ([kind, producer, instance]: (typeof places)[number], age: number, enabled: boolean) =>
  ({
    apiVersion: "sett.lunchbadger.io/v1",
    kind,
    metadata: {
      name: [producer, "dev", instance].filter((part) => part !== undefined).join("-"),
      uid: `${producer}-${instance}-${age}`,
      creationTimestamp: `2026-01-01T00:00:0${age}Z`,
    },
    spec: { producer, env: "dev", instance, enabled },
  }) as unknown as CustomResource;

const event = fc.record({
  place: fc.constantFrom(...places),
  age: fc.integer({ min: 0, max: 3 }),
  enabled: fc.boolean(),
  isThere: fc.boolean(),
});

test("whoever comes and goes, each host is given as it would be if all were looked at, and who gains or loses one is told", () => {
  let moves = 0;
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      const there = new Map<string, CustomResource>();
      const listeners: ((change: CensusChange) => void)[] = [];
      const moved = new Set<string>();
      const holders = createHostHolders(
        { listen: (listener) => void listeners.push(listener) },
        settings,
        (each) => moved.add(resourceKey(each)),
      );
      const withheld = () =>
        new Map([...there].map(([key, each]) => [key, [...holders.withheldFrom(each)].sort()]));
      for (const { place, age, enabled, isThere } of events) {
        const told = resource(place, age, enabled);
        const key = resourceKey(told);
        const before = there.get(key);
        const known = withheld();
        const after = isThere ? told : undefined;
        if (after) there.set(key, after);
        else there.delete(key);
        moved.clear();
        for (const listener of listeners) listener({ before, after });
        const taken = takenHosts([...there.values()], settings);
        for (const [name, hosts] of withheld()) {
          expect(hosts).toEqual([...(taken.get(name) ?? [])].sort());
          const isOther = JSON.stringify(known.get(name)) !== JSON.stringify(hosts);
          if (isOther && name !== key) {
            expect([...moved]).toContain(name);
            moves += 1;
          }
        }
      }
    }),
  );
  expect(moves).toBeGreaterThan(0);
});
