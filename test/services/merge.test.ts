import { expect, test } from "vitest";
import type { Json } from "../../src/services/workspace/json.ts";
import { conflictEntities } from "../../src/services/workspace/merge/conflict.ts";
import { merge, type EntityConflict } from "../../src/services/workspace/merge/merge.ts";

type Entry = readonly [string, Json];

/** What two people made of one document, and what that comes to: entities in their order, or the conflicts. */
interface Case {
  readonly title: string;
  readonly base: readonly Entry[];
  readonly theirs: readonly Entry[];
  readonly mine: readonly Entry[];
  readonly merged?: readonly Entry[];
  readonly conflicts?: readonly EntityConflict[];
}

/** Items that say nothing but their key. */
const items = (...keys: string[]): Entry[] => keys.map((key) => [`g/${key}`, key]);
const absent = undefined;

const cases: readonly Case[] = [
  {
    title: "what nobody changed stays",
    base: items("a"),
    theirs: items("a"),
    mine: items("a"),
    merged: items("a"),
  },
  {
    title: "what one side changed is as that side has it",
    base: [["name", 1]],
    theirs: [["name", 1]],
    mine: [["name", 2]],
    merged: [["name", 2]],
  },
  {
    title: "changes to different things are both there",
    base: [...items("a"), ["n", 1]],
    theirs: [
      ["g/a", "A"],
      ["n", 1],
    ],
    mine: [...items("a"), ["n", 2]],
    merged: [
      ["g/a", "A"],
      ["n", 2],
    ],
  },
  {
    title: "what one side deleted and the other left alone is gone",
    base: items("a", "b"),
    theirs: items("a", "b"),
    mine: items("b"),
    merged: items("b"),
  },
  {
    title: "what both deleted is gone",
    base: items("a", "b"),
    theirs: items("b"),
    mine: items("b"),
    merged: items("b"),
  },
  {
    title: "what each deleted is gone, and nothing else",
    base: items("a", "b", "c"),
    theirs: items("b", "c"),
    mine: items("a", "b"),
    merged: items("b"),
  },
  {
    title: "what both changed the same way is so, in whatever order of keys",
    base: [["n", 0]],
    theirs: [["n", { x: 1, y: [{ a: 1, b: 2 }] }]],
    mine: [["n", { y: [{ b: 2, a: 1 }], x: 1 }]],
    merged: [["n", { x: 1, y: [{ a: 1, b: 2 }] }]],
  },
  {
    title: "the order inside a list is content: two orders are a conflict",
    base: [["n", [1, 2, 3]]],
    theirs: [["n", [2, 1, 3]]],
    mine: [["n", [1, 3, 2]]],
    conflicts: [{ entity: "n", base: [1, 2, 3], theirs: [2, 1, 3], mine: [1, 3, 2] }],
  },
  {
    title: "what both changed differently is a conflict",
    base: [["n", 1]],
    theirs: [["n", 2]],
    mine: [["n", 3]],
    conflicts: [{ entity: "n", base: 1, theirs: 2, mine: 3 }],
  },
  {
    title: "what they deleted and mine changed is a conflict",
    base: items("a"),
    theirs: [],
    mine: [["g/a", "A"]],
    conflicts: [{ entity: "g/a", base: "a", theirs: absent, mine: "A" }],
  },
  {
    title: "what they changed and mine deleted is a conflict",
    base: items("a"),
    theirs: [["g/a", "A"]],
    mine: [],
    conflicts: [{ entity: "g/a", base: "a", theirs: "A", mine: absent }],
  },
  {
    title: "what both added under one key, differently, is a conflict",
    base: [],
    theirs: [["g/a", 1]],
    mine: [["g/a", 2]],
    conflicts: [{ entity: "g/a", base: absent, theirs: 1, mine: 2 }],
  },
  {
    title: "what both added alike is there once",
    base: items("a"),
    theirs: items("a", "x"),
    mine: items("x", "a"),
    merged: items("a", "x"),
  },
  {
    title: "null is something, and not the same as nothing",
    base: [["n", null]],
    theirs: [],
    mine: [["n", 1]],
    conflicts: [{ entity: "n", base: null, theirs: absent, mine: 1 }],
  },
  {
    title: "all conflicts are told at once, by name",
    base: [
      ["n", 1],
      ["a", 1],
    ],
    theirs: [
      ["n", 2],
      ["a", 2],
    ],
    mine: [
      ["n", 3],
      ["a", 3],
    ],
    conflicts: [
      { entity: "a", base: 1, theirs: 2, mine: 3 },
      { entity: "n", base: 1, theirs: 2, mine: 3 },
    ],
  },
  {
    title: "the order stands that one side made",
    base: items("a", "b", "c"),
    theirs: items("c", "a", "b"),
    mine: items("a", "b", "c"),
    merged: items("c", "a", "b"),
  },
  {
    title: "an order and a change of content are both there",
    base: items("a", "b"),
    theirs: items("b", "a"),
    mine: [["g/a", "A"], ...items("b")],
    merged: [...items("b"), ["g/a", "A"]],
  },
  {
    title: "two different orders are a conflict of the group, told by its keys",
    base: items("a", "b", "c"),
    theirs: items("b", "a", "c"),
    mine: items("a", "c", "b"),
    conflicts: [
      {
        entity: "g",
        base: ["g/a", "g/b", "g/c"],
        theirs: ["g/b", "g/a", "g/c"],
        mine: ["g/a", "g/c", "g/b"],
      },
    ],
  },
  {
    title: "two orders that differ only in what one side deleted are none",
    base: items("a", "b", "c"),
    theirs: items("b", "a", "c"),
    mine: items("b", "c"),
    merged: items("b", "c"),
  },
  {
    title: "the order of one group says nothing of another's",
    base: [...items("a", "b"), ["h/a", 1], ["h/b", 2]],
    theirs: [...items("b", "a"), ["h/a", 1], ["h/b", 2]],
    mine: [...items("a", "b"), ["h/b", 2], ["h/a", 1]],
    merged: [...items("b", "a"), ["h/b", 2], ["h/a", 1]],
  },
  {
    title: "additions stay behind what they were put behind",
    base: items("a", "b", "c"),
    theirs: items("a", "t", "b", "c"),
    mine: items("m", "a", "b", "c", "n"),
    merged: items("m", "a", "t", "b", "c", "n"),
  },
  {
    title: "additions at one place stay together, and come in the order of their first keys",
    base: items("a"),
    theirs: items("a", "y", "b"),
    mine: items("a", "x", "z"),
    merged: items("a", "x", "z", "y", "b"),
  },
  {
    title: "an addition follows what it was put behind to its new place",
    base: items("a", "b"),
    theirs: items("a", "x", "b"),
    mine: items("b", "a"),
    merged: items("b", "a", "x"),
  },
  {
    title: "an addition behind something deleted takes its place",
    base: items("a", "b", "c"),
    theirs: items("a", "b", "x", "c"),
    mine: items("a", "c"),
    merged: items("a", "x", "c"),
  },
  {
    title: "what is deleted has no say in where additions go",
    base: items("a", "b"),
    theirs: items("a", "b", "y"),
    mine: items("a", "x"),
    merged: items("a", "x", "y"),
  },
  {
    title: "a group that one side emptied keeps what the other added",
    base: items("a", "b"),
    theirs: items("a", "b", "x"),
    mine: [],
    merged: items("x"),
  },
];

const outcome = ({ merged, conflicts }: Case) => (merged ? { merged } : { conflicts });

function merging(base: readonly Entry[], theirs: readonly Entry[], mine: readonly Entry[]) {
  const result = merge(new Map(base), new Map(theirs), new Map(mine));
  return "merged" in result ? { merged: [...result.merged] } : result;
}

test.each(cases)("$title", (each) => {
  expect(merging(each.base, each.theirs, each.mine)).toEqual(outcome(each));
});

test.each(cases)("it is the same with the sides changed: $title", (each) => {
  const swapped = each.conflicts?.map(({ entity, base, theirs, mine }) => ({
    entity,
    base,
    theirs: mine,
    mine: theirs,
  }));
  const expected = swapped ? { conflicts: swapped } : { merged: each.merged };
  expect(merging(each.base, each.mine, each.theirs)).toEqual(expected);
});

test("a conflict is shown with null for what is not there", () => {
  expect(conflictEntities([{ entity: "g/a", base: absent, theirs: 1, mine: absent }])).toEqual([
    { entity: "g/a", base: null, theirs: 1, mine: null },
  ]);
});
