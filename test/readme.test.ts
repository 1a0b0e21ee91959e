import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startSett } from "./support/sett.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** A request as the README has it for curl, and the answer that it shows below. */
const example =
  /-H 'authorization: (?<token>[^']+)' \\\n\s+-d '(?<body>[^']+)'\n```\n\n```json\n(?<answer>[^`]+)```/g;
const examples = [...readme.matchAll(example)].map(({ groups }) => groups ?? {});

test("the README shows a query, a refusal and a change", () => {
  expect(examples).toHaveLength(3);
});

test.each(examples)("what the README shows is what is answered: $body", async ({ token, body, answer }) => {
  const sett = await startSett();
  const { query } = JSON.parse(body ?? "") as { query: string };
  const { text } = await sett.showing(token).askText(query);
  expect(JSON.parse(text)).toEqual(JSON.parse(answer ?? ""));
});
