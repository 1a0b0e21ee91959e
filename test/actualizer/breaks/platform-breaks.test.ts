import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { optionsPath } from "../../../src/services/environment.options.ts";
import { projectFilePath } from "../../../src/services/project-file.ts";
import type { Fault, FaultMatch } from "../../../src/sandbox/faults.ts";
import {
  actualize,
  hint,
  impatient,
  listings,
  removals,
  startPlatform,
  tell,
  until,
  untilAtRest,
  untilLooked,
  whatRuns,
} from "./breaks.harness.ts";

const json = { "content-type": "application/json" };
const page = { "content-type": "text/html" };
const answer = (status: number, body: string, headers: Record<string, string> = json): Fault => ({
  mode: "answer",
  ...{ status, body, headers },
});
const one = JSON.stringify([{ id: 1, login: "customer-demo", username: "customer-demo" }]);

const listing = /\/admin\/users\?/;
const giteaTroubles: readonly (readonly [string, Fault, FaultMatch?])[] = [
  ["is down", { mode: "drop" }],
  ["answers 500", answer(500, "")],
  ["has a proxy's page before it", answer(200, "<html>", page)],
  ["has another server's 404 before it", answer(404, "404 page not found", page)],
  ["lists nobody", answer(200, "[]", { ...json, "x-total-count": "0" }), { path: listing }],
  ["lists one, as all", answer(200, one, { ...json, "x-total-count": "1" }), { path: listing }],
  [
    "lists no repositories",
    answer(200, '{"ok":true,"data":[]}', { ...json, "x-total-count": "0" }),
    { path: /\/repos\/search\?(?!.*uid=)/ },
  ],
  [
    "finds nothing in a repository, in another server's words",
    answer(404, "404 page not found", page),
    { path: /\/repos\/customer-/ },
  ],
];

test("nothing is taken away while Gitea answers wrongly or not at all, however often everybody is listed", async () => {
  const sandbox = await startPlatform();
  const actualizer = actualize(sandbox);
  await actualizer.settled();
  const before = whatRuns(sandbox);
  const removed = removals(sandbox);
  const { faults } = sandbox.gitea;
  for (const [trouble, fault, match] of giteaTroubles) {
    faults.set(fault, match);
    sandbox.gitea.clearRequests();
    await hint(sandbox, "eve");
    const met = () => sandbox.gitea.requests.filter(({ path }) => match?.path?.test(path) ?? true);
    await vi.waitFor(() => expect(met().length, trouble).toBeGreaterThan(5), until);
    await untilLooked(actualizer);
    expect(whatRuns(sandbox), trouble).toEqual(before);
    expect(removed, trouble).toEqual([]);
    faults.clear();
  }
  await untilAtRest(sandbox, actualizer);
  expect(whatRuns(sandbox)).toEqual(before);
  expect(removed).toEqual([]);
}, 120_000);

test("nothing is taken away while configstore knows no users, or it or the workspaces are down", async () => {
  const sandbox = await startPlatform();
  const actualizer = actualize(sandbox);
  await actualizer.settled();
  const before = whatRuns(sandbox);
  const removed = removals(sandbox);
  const { configstore, gitea } = sandbox;
  const { workspaceApi } = sandbox.workspaces;
  configstore.faults.set(answer(200, '{"users":[]}'));
  gitea.clearRequests();
  await tell(sandbox, actualizer, "eve");
  await vi.waitFor(() => expect(listings(sandbox)).toBeGreaterThan(2), until);
  configstore.faults.clear();
  for (const { faults } of [configstore, workspaceApi]) faults.set({ mode: "drop" });
  for (const each of [gitea, workspaceApi]) each.clearRequests();
  // Its gateway has paths for its models.
  await hint(sandbox, "demo");
  await vi.waitFor(() => expect(workspaceApi.requests.length).toBeGreaterThan(0), until);
  await vi.waitFor(() => expect(listings(sandbox)).toBeGreaterThan(2), until);
  await untilLooked(actualizer);
  expect(whatRuns(sandbox)).toEqual(before);
  for (const { faults } of [configstore, workspaceApi]) faults.clear();
  await untilAtRest(sandbox, actualizer);
  expect(whatRuns(sandbox)).toEqual(before);
  expect(removed).toEqual([]);
}, 120_000);

test("what nobody has told of is found by the next look at everybody", async () => {
  const sandbox = await startPlatform();
  const actualizer = actualize(sandbox);
  await actualizer.settled();
  const { platform } = sandbox.gitea;
  const text = platform.readFile("customer-eve", "dev", projectFilePath) ?? "";
  // configstore's stream is one that tells, too.
  sandbox.configstore.faults.set({ mode: "drop" });
  const files = { [projectFilePath]: text.replaceAll("Gateway", "Garage") };
  platform.push("customer-eve", "dev", { commits: [{ message: "Another name", files }] });
  await vi.waitFor(() => {
    const gateways = Object.keys(whatRuns(sandbox)).filter((name) =>
      name.startsWith("Deployment gateway-eve-"),
    );
    expect(gateways).toEqual(["Deployment gateway-eve-dev-garage"]);
  }, until);
}, 120_000);

/** What may stand in a file that people and programs write. */
const poison = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.json({ maxDepth: 4 }),
  fc.jsonValue({ maxDepth: 3 }).map((value) => {
    const project = { "eve-dev": JSON.stringify(value) };
    return JSON.stringify({ ids: {}, models: { Project: project } });
  }),
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{",
    '{"models":{"Project":null}}',
    "[".repeat(5000),
    "\uFEFF{}",
    "\u0000",
  ),
);

test("whatever stands in one's files, it touches nobody else's, nothing of it loops, and all is well once it is mended", async () => {
  const sandbox = await startPlatform();
  const actualizer = actualize(sandbox, {
    patience: { ...impatient, projecting: { ...impatient.projecting, passMs: 60_000 } },
  });
  await actualizer.settled();
  const { platform } = sandbox.gitea;
  const before = whatRuns(sandbox);
  const others = (all: Readonly<Record<string, unknown>>) =>
    Object.entries(all).filter(([name]) => !/\beve\b/.test(name) || / workspace-eve-dev$/.test(name));
  const text = platform.readFile("customer-eve", "dev", projectFilePath) ?? "";
  const save = async (files: Record<string, string | null>) => {
    platform.push("customer-eve", "dev", { commits: [{ message: "Saved", files }] });
    await tell(sandbox, actualizer, "eve");
  };
  await fc.assert(
    fc.asyncProperty(poison, fc.option(poison), async (document, options) => {
      await save({ [projectFilePath]: document, [optionsPath]: options });
      expect(others(whatRuns(sandbox))).toEqual(others(before));
    }),
    { numRuns: 12 },
  );
  await save({ [projectFilePath]: text, [optionsPath]: null });
  await vi.waitFor(() => expect(whatRuns(sandbox)).toEqual(before), until);
}, 120_000);
