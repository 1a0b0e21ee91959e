import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/services/workspace/json.ts";
import { isSame } from "../../src/services/workspace/merge/canonical.ts";
import { merge, type Entities, type EntityConflict } from "../../src/services/workspace/merge/merge.ts";

const names = ["a", "b", "c", "d", "e", "f"];
const keys = ["n", "m", "g", ...names.map((name) => `g/${name}`), ...names.map((name) => `h/${name}/x`)];
const value = fc.constantFrom<Json>(null, 0, "", [], { x: 1, y: 2 }, { y: 2, x: 1 }, [1, 2]);

const entities: fc.Arbitrary<Entities> = fc
  .tuple(fc.shuffledSubarray(keys), fc.infiniteStream(value))
  .map(([some, values]) => new Map(some.map((key) => [key, values.next().value ?? null])));

/** What somebody makes of a document: mostly little, so that many pairs of changes go together. */
const edited = (base: Entities): fc.Arbitrary<Entities> =>
  fc
    .record({
      deleted: fc.subarray(keys, { maxLength: 3 }),
      changed: fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 2 }),
      moved: fc.option(fc.tuple(fc.nat(), fc.nat()), { freq: 2 }),
      front: fc.boolean(),
    })
    .map(({ deleted, changed, moved, front }) => {
      const kept = [...base].filter(([key]) => !deleted.includes(key));
      const set = Object.entries(changed);
      const inPlace = kept.map(([key, old]): [string, Json] => [key, changed[key] ?? old]);
      const order = [...new Map(front ? [...set, ...inPlace] : [...inPlace, ...set])];
      if (moved && order.length > 0) {
        const [entry] = order.splice(moved[0] % order.length, 1);
        if (entry) order.splice(moved[1] % (order.length + 1), 0, entry);
      }
      return new Map(order);
    });

const versions = fc.oneof(
  { weight: 4, arbitrary: entities.chain((base) => fc.tuple(fc.constant(base), edited(base), edited(base))) },
  { weight: 1, arbitrary: fc.tuple(entities, entities, entities) },
);

const isItem = (key: string) => key.includes("/");
const groupOf = (key: string) => (isItem(key) ? key.slice(0, key.indexOf("/") + 1) : key);

/** A document group by group: how the groups lie among each other means nothing. */
function grouped(document: Entities): Record<string, readonly (readonly [string, Json])[]> {
  const groups = [...new Set([...document.keys()].map(groupOf))];
  return Object.fromEntries(
    groups.map((group) => [group, [...document].filter(([key]) => groupOf(key) === group)]),
  );
}

function mergedOf(...sides: [Entities, Entities, Entities]): Entities | undefined {
  const result = merge(...sides);
  return "merged" in result ? result.merged : undefined;
}

function conflictsOf(...sides: [Entities, Entities, Entities]): readonly EntityConflict[] {
  const result = merge(...sides);
  return "merged" in result ? [] : result.conflicts;
}

/** What holds for every pair of changes that go together. */
const holdsWhenMerged = (
  holds: (merged: Entities, base: Entities, theirs: Entities, mine: Entities) => void,
) =>
  fc.assert(
    fc.property(versions, ([base, theirs, mine]) => {
      const merged = mergedOf(base, theirs, mine);
      if (merged) holds(merged, base, theirs, mine);
    }),
    { numRuns: 2000 },
  );

test("the changes tried here go together often enough to say something, and conflict often enough", () => {
  const tried = fc.sample(versions, 1000);
  const together = tried.filter((sides) => mergedOf(...sides) !== undefined).length;
  expect(together).toBeGreaterThan(150);
  expect(together).toBeLessThan(850);
});

test("nothing is lost that neither side deleted", () => {
  holdsWhenMerged((merged, base, theirs, mine) => {
    const isDeleted = (key: string) => base.has(key) && !(theirs.has(key) && mine.has(key));
    const expected = [...base.keys(), ...theirs.keys(), ...mine.keys()].filter((key) => !isDeleted(key));
    expect(new Set(merged.keys())).toEqual(new Set(expected));
  });
});

test("nothing comes back that one side deleted and the other left alone", () => {
  holdsWhenMerged((merged, base, theirs, mine) => {
    for (const key of base.keys())
      if (!theirs.has(key) || !mine.has(key)) expect(merged.has(key)).toBe(false);
  });
});

test("whatever one side changed is in what comes of it", () => {
  holdsWhenMerged((merged, base, theirs, mine) => {
    for (const side of [theirs, mine]) {
      for (const [key, changed] of side) {
        if (!isSame(changed, base.get(key))) expect(isSame(merged.get(key), changed)).toBe(true);
      }
    }
  });
});

test("against no change of others, mine comes out as it is, order included; and so do theirs", () => {
  fc.assert(
    fc.property(entities, entities, (base, side) => {
      expect(grouped(mergedOf(base, base, side) ?? new Map())).toEqual(grouped(side));
      expect(grouped(mergedOf(base, side, base) ?? new Map())).toEqual(grouped(side));
    }),
  );
});

test("what both made the same comes out as both made it, order included", () => {
  fc.assert(
    fc.property(entities, entities, (base, side) => {
      expect(grouped(mergedOf(base, side, side) ?? new Map())).toEqual(grouped(side));
    }),
  );
});

test("it is the same whichever side is whose, order included", () => {
  holdsWhenMerged((merged, base, theirs, mine) => {
    expect([...(mergedOf(base, mine, theirs) ?? [])]).toEqual([...merged]);
  });
});

test("the conflicts are the same whichever side is whose, with the sides changed", () => {
  fc.assert(
    fc.property(versions, ([base, theirs, mine]) => {
      const swapped = conflictsOf(base, mine, theirs).map((each) => ({
        ...each,
        theirs: each.mine,
        mine: each.theirs,
      }));
      expect(swapped).toEqual(conflictsOf(base, theirs, mine));
    }),
    { numRuns: 1000 },
  );
});

test("a conflict tells how it was and what each side made of it, and is one", () => {
  const keysIn = (document: Entities, group: string) =>
    [...document.keys()].filter((key) => groupOf(key) === `${group}/`);
  fc.assert(
    fc.property(versions, (sides) => {
      const [base, theirs, mine] = sides;
      for (const conflict of conflictsOf(...sides)) {
        const { entity } = conflict;
        const values = { base: base.get(entity), theirs: theirs.get(entity), mine: mine.get(entity) };
        const orders = {
          base: keysIn(base, entity),
          theirs: keysIn(theirs, entity),
          mine: keysIn(mine, entity),
        };
        expect([
          { entity, ...values },
          { entity, ...orders },
        ]).toContainEqual(conflict);
        for (const other of [conflict.theirs, conflict.mine])
          expect(isSame(conflict.base, other)).toBe(false);
        expect(isSame(conflict.theirs, conflict.mine)).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});

test("what both kept stands in the order it had, or in that of the side that moved it", () => {
  holdsWhenMerged((merged, base, theirs, mine) => {
    const everywhere = (key: string) => [base, theirs, mine].every((document) => document.has(key));
    for (const group of ["g/", "h/"]) {
      const [was, other, own, is] = [base, theirs, mine, merged].map((document) =>
        [...document.keys()].filter((key) => groupOf(key) === group && everywhere(key)).join(),
      );
      expect(is).toBe(was === other ? own : other);
    }
  });
});

test("what one side added stands behind what that side put it behind, if both kept it", () => {
  holdsWhenMerged((merged, base, theirs, mine) => {
    const place = new Map([...merged.keys()].map((key, index) => [key, index]));
    for (const [side, other] of [
      [theirs, mine],
      [mine, theirs],
    ] as const) {
      const list = [...side.keys()].filter((key) => groupOf(key) === "g/" && merged.has(key));
      for (const [index, key] of list.entries()) {
        const before = list[index - 1];
        if (before === undefined || base.has(key) || other.has(key)) continue;
        expect(place.get(key)).toBeGreaterThan(place.get(before) ?? 0);
      }
    }
  });
});
