import { expect, test } from "vitest";
import { Conflict } from "../../src/errors.ts";
import type { Content } from "../../src/services/functions/function.change.ts";
import { mergedContent } from "../../src/services/functions/function.merge.ts";
import type { JsonObject } from "../../src/services/workspace/json.ts";

const content = (serverless: JsonObject, files: Readonly<Record<string, string>> = {}): Content => ({
  serverless,
  files: new Map(Object.entries(files)),
});

const merged = (base: Content, theirs: Content, mine: Content) => {
  const { serverless, files } = mergedContent(base, theirs, mine, "now");
  return { serverless, files: Object.fromEntries(files) };
};

const conflictsOf = (base: Content, theirs: Content, mine: Content): readonly string[] => {
  try {
    mergedContent(base, theirs, mine, "now");
    return [];
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return (error.extensions["entities"] as { entity: string }[]).map(({ entity }) => entity);
  }
};

test("fields within a document are changed one by one, whatever their keys look like", () => {
  const base = content({ functions: { "fn/a~b": { handler: "a.b", labels: { x: "1" } } }, list: [1, 2] });
  const theirs = content({ functions: { "fn/a~b": { handler: "c.d", labels: { x: "1" } } }, list: [1, 2] });
  const mine = content({ functions: { "fn/a~b": { handler: "a.b", labels: { y: "2" } } }, list: [2, 1] });
  expect(merged(base, theirs, mine).serverless).toEqual({
    functions: { "fn/a~b": { handler: "c.d", labels: { y: "2" } } },
    list: [2, 1],
  });
});

test("files are changed one by one: written, deleted and left alone", () => {
  const base = content({}, { a: "1", b: "1", "c/d": "1" });
  const theirs = content({}, { a: "2", b: "1", "c/d": "1", "e/f": "theirs" });
  const mine = content({}, { a: "1", b: "1", g: "mine" });
  expect(merged(base, theirs, mine).files).toEqual({ a: "2", b: "1", "e/f": "theirs", g: "mine" });
});

test("what both changed alike is no conflict, and what both changed differently is named", () => {
  const base = content({ provider: { runtime: "nodejs:6" } }, { a: "1" });
  const theirs = content({ provider: { runtime: "nodejs:8" } }, { a: "2" });
  expect(conflictsOf(base, theirs, theirs)).toEqual([]);
  const mine = content({ provider: { runtime: "go:1.10" } });
  expect(conflictsOf(base, theirs, mine)).toEqual(["files/a", "serverless/provider/runtime"]);
});

test("a value where the other side put an object, and a file where it put a folder, are conflicts", () => {
  const base = content({});
  expect(conflictsOf(base, content({ a: 1 }), content({ a: { b: 1 } }))).toEqual(["serverless/a"]);
  expect(conflictsOf(base, content({}, { a: "1" }), content({}, { "a/b": "1" }))).toEqual(["files/a"]);
});

test("both sides may fill what was empty", () => {
  const base = content({ lunchbadger: {} });
  const theirs = content({ lunchbadger: { id: "x" } });
  const mine = content({ lunchbadger: { itemOrder: 1 } });
  expect(merged(base, theirs, mine).serverless).toEqual({ lunchbadger: { id: "x", itemOrder: 1 } });
});
