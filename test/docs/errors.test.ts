import { afterAll, expect, test } from "vitest";
import { errorCodes } from "../../src/errors.ts";
import type { IdentityStrategy } from "../../src/server/identity.ts";
import { startSett, type Sett, type SettOptions } from "../support/sett.ts";
import { runExamples } from "./example.runner.ts";
import { blocksOf, readDocument } from "./markdown.blocks.ts";

/** The sections of the page by their headings. */
const sections = readDocument("docs/errors.md")
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ heading: text.slice(0, text.indexOf("\n")), blocks: blocksOf(text) }));

const broken: IdentityStrategy = {
  name: "broken",
  recognise: () => {
    throw new TypeError("the key ring is rusty");
  },
};

/** What is wrong where an example shows something that nobody can bring about by asking. */
const trouble: Readonly<
  Record<string, { readonly options?: SettOptions; readonly before?: (sett: Sett) => unknown }>
> = {
  RATE_LIMITED: {
    options: { env: { OPERATIONS_PER_MINUTE: "1" } },
    before: (sett) => sett.as("al").askText("{ viewer { login } }"),
  },
  UPSTREAM_UNAVAILABLE: { before: (sett) => sett.sandbox.workspaces.projectApi.faults.set({ mode: "drop" }) },
  UPSTREAM_REJECTED: {
    before: (sett) =>
      sett.sandbox.gitea.platform.push("customer-demo", "dev", {
        commits: [{ message: "Save", files: { "lunchbadger.json": "[]" } }],
      }),
  },
  INTERNAL_SERVER_ERROR: { options: { strategies: [broken] } },
};

const stops: (() => Promise<void>)[] = [];
let untroubled: Promise<Sett> | undefined;

afterAll(async () => {
  untroubled = undefined;
  for (const stop of stops.splice(0)) await stop();
});

/** One gateway for all examples that need no trouble. */
const startUntroubled = () => (untroubled ??= startSett({ until: (stop) => stops.push(stop) }));

test("each code has a section with an example, and no other has", () => {
  const codes = sections.flatMap(({ heading }) => /^`([A-Z_]+)`$/.exec(heading)?.[1] ?? []);
  expect(codes.sort()).toEqual(Object.keys(errorCodes).sort());
});

test.each(sections.filter(({ blocks }) => blocks.length > 0))(
  "the example of $heading is what is answered",
  { timeout: 60_000 },
  async ({ heading, blocks }) => {
    const wrong = trouble[heading.replaceAll("`", "")];
    const sett = await (wrong ? startSett(wrong.options) : startUntroubled());
    await wrong?.before?.(sett);
    expect(await runExamples(blocks, sett)).toBe(1);
  },
);
