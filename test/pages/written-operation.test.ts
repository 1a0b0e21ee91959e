import { expect, test } from "vitest";
import { writtenOperation } from "../../pages/explorer/written.operation.ts";

const two = "mutation Wrong { __typename } query Right { __typename }";

test.each([
  ["the one that is named", two, "Right", "Right"],
  ["the only one, where what is named was there before", "query New { __typename }", "Old", "New"],
  ["the only one beside fragments", "query New { ...Of } fragment Of on Query { __typename }", "Old", "New"],
  ["none of several that nobody chose", two, "Old", undefined],
  ["none of several where none is named", two, undefined, undefined],
  ["none of what cannot be read", "query {", "Old", undefined],
] as const)("the explorer runs %s", (_which, query, name, runs) => {
  expect(writtenOperation(query, name)?.name?.value).toBe(runs);
});
