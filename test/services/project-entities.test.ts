import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/services/workspace/json.ts";
import { isSame } from "../../src/services/workspace/merge/canonical.ts";
import { merge } from "../../src/services/workspace/merge/merge.ts";
import {
  changedFields,
  fromEntities,
  toEntities,
} from "../../src/services/workspace/merge/project.entities.ts";
import { mergeProjects } from "../../src/services/workspace/merge/project.merge.ts";
import { document, json } from "./project-entities.arbitraries.ts";

const keysOf = (value: JsonObject) => [...toEntities(value).keys()];
const list = (...ids: string[]): Json[] => ids.map((id) => ({ id }));

describe("taking a document apart", () => {
  test("each item of a list is an entity under its id, and each other field one under its name", () => {
    expect(keysOf({ id: "demo-dev", gateways: list("a", "b"), functions: [], widgets: list("a") })).toEqual([
      "id",
      "gateways",
      "gateways/a",
      "gateways/b",
      "functions",
      "widgets",
      "widgets/a",
    ]);
  });

  test("connections go by their ends and states by their keys: their ids are new on every save", () => {
    const connections = [{ id: "1", fromId: "a", toId: "b" }];
    const states = [{ id: "2", key: "currentElement", value: 1 }];
    expect(keysOf({ connections, states })).toEqual([
      "connections",
      "connections/a→b",
      "states",
      "states/currentElement",
    ]);
  });

  test.each<[string, JsonObject]>([
    ["without an id", { gateways: [{ id: "a" }, { name: "b" }] }],
    ["with an id that is no text", { gateways: [{ id: 1 }] }],
    ["with an id that is there twice", { gateways: list("a", "a") }],
    ["that is no object", { gateways: [{ id: "a" }, "b"] }],
    ["without an end", { connections: [{ id: "a", fromId: "a" }] }],
    ["without a key", { states: [{ id: "a", value: 1 }] }],
    ["between the same ends twice", { connections: [1, 2].map((id) => ({ id, fromId: "a", toId: "b" })) }],
  ])("a list with an item %s is one entity", (_, value) => {
    expect([...toEntities(value)]).toEqual(Object.entries(value));
  });

  test("no two things share a key, whatever characters are in their ids and names", () => {
    const connections = [
      { fromId: "a→b", toId: "c" },
      { fromId: "a", toId: "b→c" },
      { fromId: "a~1b", toId: "c" },
      { fromId: "a~", toId: "1b→c" },
    ];
    const value = { connections, g: list("a/b", "a~1b"), "g/a": list("b"), "g~1a": list("b"), "g/a/b": 1 };
    expect(new Set(keysOf(value)).size).toBe(13);
    expect(fromEntities(toEntities(value))).toEqual(value);
  });

  test("a document put together again is the one that was taken apart, whatever is in it", () => {
    fc.assert(
      fc.property(fc.oneof(document, fc.dictionary(fc.string(), json)), (value) => {
        expect(fromEntities(toEntities(value))).toEqual(value);
        expect(isSame(fromEntities(toEntities(value)), value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("a field called __proto__ is a field like others", () => {
    const value = JSON.parse(
      '{"__proto__":[{"id":"__proto__","__proto__":1}],"constructor":2}',
    ) as JsonObject;
    const after = fromEntities(toEntities(value));
    expect(JSON.stringify(after)).toBe(JSON.stringify(value));
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
    expect(JSON.stringify(changedFields({}, value))).toBe(JSON.stringify(value));
    expect(changedFields(value, value)).toEqual({});
  });
});

describe("merging two versions of a project", () => {
  const merged = (base: JsonObject, theirs: JsonObject, mine: JsonObject) =>
    mergeProjects(base, theirs, mine);

  test("two people who each add to one list both find their own in it", () => {
    expect(
      merged({ gateways: list("a") }, { gateways: list("a", "theirs") }, { gateways: list("a", "mine") }),
    ).toEqual({ merged: { gateways: list("a", "mine", "theirs") } });
  });

  test("a list that one emptied keeps what the other added meanwhile", () => {
    expect(merged({ functions: list("a") }, { functions: list("a", "b") }, { functions: [] })).toEqual({
      merged: { functions: list("b") },
    });
  });

  test("a list whose last two items were deleted by one person each is empty, and still there", () => {
    expect(merged({ apis: list("a", "b") }, { apis: list("a") }, { apis: list("b") })).toEqual({
      merged: { apis: [] },
    });
  });

  test("a field that one removed whole keeps what the other added meanwhile", () => {
    expect(merged({ apis: list("a") }, { apis: list("a", "b") }, {})).toEqual({
      merged: { apis: list("b") },
    });
  });

  test("a connection deleted by one and saved with a new id by the other is told as a conflict", () => {
    const connection = (id: string) => ({ connections: [{ id, fromId: "a", toId: "b" }] });
    expect(merged(connection("1"), connection("2"), { connections: [] })).toEqual({
      conflicts: [
        {
          entity: "connections/a→b",
          base: { id: "1", fromId: "a", toId: "b" },
          theirs: { id: "2", fromId: "a", toId: "b" },
          mine: undefined,
        },
      ],
    });
  });

  test.each<[string, Json]>([
    ["a list whose items are not told apart any more", list("a", "a")],
    ["no list any more", null],
  ])("%s is not mixed with what the other added", (_, theirs) => {
    const [base, mine] = [list("a"), list("a", "b")];
    const result = merged({ gateways: base }, { gateways: theirs }, { gateways: mine });
    expect(result).toEqual({ conflicts: [{ entity: "gateways", base, theirs, mine }] });
  });

  test("a merge in which only one side changed anything is that side's document", () => {
    fc.assert(
      fc.property(document, document, (base, side) => {
        expect(merged(base, base, side)).toEqual({ merged: side });
        expect(merged(base, side, base)).toEqual({ merged: side });
        expect(merged(base, side, side)).toEqual({ merged: side });
      }),
    );
  });

  test("it is the same whichever side is whose", () => {
    fc.assert(
      fc.property(document, document, document, (base, theirs, mine) => {
        const [one, other] = [merged(base, theirs, mine), merged(base, mine, theirs)];
        if ("merged" in one) expect(other).toEqual(one);
        else
          expect("conflicts" in other && other.conflicts.map(({ entity }) => entity)).toEqual(
            one.conflicts.map(({ entity }) => entity),
          );
      }),
    );
  });

  test("entities merge as they are where all three versions can be taken apart", () => {
    const versions = [list("a"), list("a", "b"), list("c", "a")].map((gateways) => ({ gateways }));
    const [base = {}, theirs = {}, mine = {}] = versions;
    const result = merge(toEntities(base), toEntities(theirs), toEntities(mine));
    expect("merged" in result && fromEntities(result.merged)).toEqual({ gateways: list("c", "a", "b") });
  });
});

describe("what a save sends", () => {
  /** What the platform makes of a save: top-level fields are merged, lists replaced whole. */
  const saved = (before: JsonObject, body: JsonObject): JsonObject => ({ ...before, ...body });

  test("only the fields that differ are sent, lists whole, in whatever order their keys are", () => {
    const before = { id: "demo-dev", name: "main", apis: list("a"), x: { a: 1, b: 2 } };
    const after = { x: { b: 2, a: 1 }, name: "main", apis: list("a", "b"), id: "demo-dev", y: 1 };
    expect(changedFields(before, after)).toEqual({ apis: list("a", "b"), y: 1 });
  });

  test("a field that is gone is sent empty, once", () => {
    const before = { apis: list("a"), x: 1 };
    expect(changedFields(before, {})).toEqual({ apis: [], x: null });
    expect(changedFields({ apis: [], x: null }, {})).toEqual({});
  });

  test("after the save the document is as wanted, and nothing is left to send", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const now = saved(before, changedFields(before, after));
        for (const [field, value] of Object.entries(after)) expect(isSame(now[field], value)).toBe(true);
        expect(changedFields(now, after)).toEqual({});
      }),
    );
  });
});
