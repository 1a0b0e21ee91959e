import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSame, revisionOf } from "../../src/services/workspace/merge/canonical.ts";
import { createLocalRevisions } from "../../src/services/workspace/merge/revisions.ts";
import { json } from "./project-entities.arbitraries.ts";
import { testRevisions } from "./revisions.guarantees.ts";

describe("a revision", () => {
  test("is short, and fit for an address", () => {
    expect(revisionOf({})).toMatch(/^[\w-]{27}$/);
    expect(revisionOf(undefined)).toMatch(/^[\w-]{27}$/);
  });

  test("is the same in whatever order the keys are, at any depth", () => {
    expect(revisionOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(revisionOf({ b: [{ d: 3, c: 2 }], a: 1 }));
  });

  test("is another one when a list is in another order, or anything differs", () => {
    const values = [{ a: [1, 2] }, { a: [2, 1] }, { a: ["1", 2] }, { a: null }, {}, [], null, "", "null", 0];
    expect(new Set(values.map(revisionOf)).size).toBe(values.length);
  });

  test("tells a field called __proto__ from none", () => {
    expect(revisionOf(JSON.parse('{"__proto__":1}'))).not.toBe(revisionOf({}));
  });

  test("survives being sent, and tells the same values apart as a comparison does", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(revisionOf(JSON.parse(JSON.stringify(one)))).toBe(revisionOf(one));
        expect(revisionOf(one) === revisionOf(other)).toBe(isSame(one, other));
      }),
    );
  });
});

describe("revisions kept in the process", () => {
  testRevisions(async () => createLocalRevisions({ bytes: 10_000 }));
});

test("in the process, the revisions used last are kept, up to the bytes there are", async () => {
  const store = createLocalRevisions({ bytes: 1000 });
  const text = "x".repeat(280);
  for (const name of ["one", "two", "three"]) await store.remember("p", name, text);
  await store.recall("p", "one");
  await store.remember("p", "four", text);
  expect(await store.recall("p", "two")).toBeUndefined();
  for (const name of ["one", "three", "four"]) expect(await store.recall("p", name)).toBe(text);
});

test("in the process, a document larger than all the memory is not kept, and pushes nothing out", async () => {
  const store = createLocalRevisions({ bytes: 1000 });
  await store.remember("p", "small", 1);
  await store.remember("p", "large", "x".repeat(2000));
  expect(await store.recall("p", "large")).toBeUndefined();
  expect(await store.recall("p", "small")).toBe(1);
});

test("with no bytes nothing is kept, and nothing fails", async () => {
  const store = createLocalRevisions({ bytes: 0 });
  await store.remember("p", "r", 1);
  expect(await store.recall("p", "r")).toBeUndefined();
});
