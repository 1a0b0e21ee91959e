import { parse, validate } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import type { Example } from "../../src/examples/example.ts";
import { sandboxExamples } from "../../src/sandbox/examples.ts";
import { platformExamples } from "../../src/server/examples.ts";
import { graph } from "../../src/server/graph.ts";
import type { PagesConfiguration } from "../../src/server/pages.configuration.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

const groups = sandboxExamples({ PRODUCER_PREFIX: "customer", ENVIRONMENTS: ["dev"] });
const all = groups.flatMap(({ examples }) => examples);
const kindOf = ({ query }: Example) => /^\w+/.exec(query)?.[0];
const nameOf = ({ query }: Example) => /^\w+ (\w+)/.exec(query)?.[1];

/** What makes something happen, where an example waits for it. */
const happenings: Readonly<Record<string, string>> = { FollowChanges: "ChangeModel", FollowPods: "Restart" };

let sett: Sett;
let stop: () => Promise<void>;

beforeAll(async () => {
  sett = await startSett({ until: (stopping) => (stop = stopping) });
  return () => stop();
});

const personOf = ({ as }: Example) => sett.as(as as PersonName);
const run = (example: Example) => personOf(example).askText(example.query, { ...example.variables });

test("the pages are told of the sandbox's people and of what to try on it", async () => {
  const told = (await (await fetch(`${sett.url}/pages.json`)).json()) as PagesConfiguration;
  expect(told.endpoint).toBe("/graphql");
  expect(told.people.map(({ name, token }) => [name, token])).toEqual(
    ["demo", "al", "zu", "eve", "admin"].map((name) => [name, `${name}-token`]),
  );
  expect(told.examples).toEqual(groups);
  const names = told.people.map(({ name }) => name);
  for (const { as } of all) expect(names).toContain(as);
});

describe("each example runs as it stands, as the one it names", () => {
  // Those that only read first: what others deploy and restart is gone for a moment.
  const once = ["query", "mutation"].flatMap((kind) => all.filter((example) => kindOf(example) === kind));
  test.each(once)("$title", async (example) => {
    const { codes, errors } = await run(example);
    expect(codes, JSON.stringify(errors)).toEqual(example.refused === undefined ? [] : [example.refused]);
  });

  test.each(all.filter((example) => kindOf(example) === "subscription"))("$title", async (example) => {
    const events = personOf(example).subscribeText(example.query, { ...example.variables });
    const happens = happenings[nameOf(example) ?? ""];
    if (happens !== undefined) {
      await sett.subscriptionsRun(1);
      const cause = all.find((other) => nameOf(other) === happens);
      if (!cause) throw new Error(`There is no example ${happens}`);
      expect((await run(cause)).codes).toEqual([]);
    }
    const { data, codes } = await events.event();
    expect([Object.keys(data ?? {}).length, codes]).toEqual([1, []]);
    await events.return();
    await sett.subscriptionsRun(0);
  });
});

test("each example has a name of its own, which its tab is called by", () => {
  const names = all.map(nameOf);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});

test("elsewhere the same examples are offered, but for refusals, and nobody is named", () => {
  const offered = platformExamples.flatMap(({ examples }) => examples);
  expect(offered.map(nameOf)).toEqual(all.filter(({ refused }) => refused === undefined).map(nameOf));
  for (const example of offered) {
    expect(example).not.toHaveProperty("as");
    expect(validate(graph().schema, parse(example.query))).toEqual([]);
  }
});
