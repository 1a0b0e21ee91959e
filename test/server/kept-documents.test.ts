import { parse } from "graphql";
import { expect, test } from "vitest";
import { answerText, textTooLong } from "../../src/server/admission/answer.limit.ts";
import { createDocumentStore, createKnownDocuments } from "../../src/server/operations/known.documents.ts";
import { inMemory } from "../hostile/memory.ts";

/** Nothing makes more of a document's text than many short names. */
const worst = (index: number) => `query Q${index}{viewer{${"id ".repeat(490)}}}`;

test("documents that nobody asks with again take no memory in the end, however many there are", async () => {
  const known = createKnownDocuments();
  const store = createDocumentStore();
  await inMemory(80, async () => {
    for (let index = 0; index < 1000; index += 1) {
      const document = parse(worst(index));
      known.learn(worst(index), document);
      await store.set(`hash ${index}`, document);
    }
  });
  expect(known.get(worst(0))).toBeUndefined();
  expect(await store.get("hash 0")).toBeUndefined();
  expect(known.get(worst(999))).toBeDefined();
  expect(await store.get("hash 999")).toBeDefined();
});

test("an answer longer than any string can be is refused like any that is too long, and what else breaks is not", () => {
  const limit = 20_000_000;
  const endless = { toJSON: () => "x".repeat(2 ** 30) };
  expect(textTooLong(answerText({ data: endless }, "\n"), limit)).toMatchObject({
    code: "BAD_USER_INPUT",
    message: `query: its answer has too many characters; at most ${limit} are given`,
  });
  expect(textTooLong(answerText({ data: "short" }), limit)).toBeUndefined();
  expect(() => answerText({ data: 1n })).toThrow(TypeError);
});
