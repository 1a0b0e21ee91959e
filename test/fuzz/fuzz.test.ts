import fc from "fast-check";
import { OperationTypeNode } from "graphql";
import { expect, test, vi } from "vitest";
import { everybody, startSett, type PersonName, type Sett } from "../support/sett.ts";
import { problemsOf } from "./answer.oracle.ts";
import { canaries, plant, reallyTold, told } from "./canaries.ts";
import { choicesOf } from "./choices.ts";
import { watchDeeds } from "./deed.oracle.ts";
import { followRound } from "./follow.round.ts";
import { roundsOn, schema } from "./fuzz.round.ts";
import { keepingOf, strangeChanges } from "./keeping.ts";
import { fixedIds } from "./value.pools.ts";

/** FUZZ_SEED is that of the first run; each has its own, and comes again with it and FUZZ_RUNS=1. */
const firstSeed = Number(process.env["FUZZ_SEED"] ?? 20_260_101);
const runs = Number(process.env["FUZZ_RUNS"] ?? 2);
const rounds = 40;
/** After so many rounds some follow the same together, and one of them loses the right to it. */
const followedEvery = 20;

/** What is broken is given up soon, and nobody is turned away for asking much. */
const impatient = {
  PERMISSION_TTL: "500ms",
  VIEWER_TTL: "500ms",
  UPSTREAM_TIMEOUT: "600ms",
  WORKSPACE_TIMEOUT: "800ms",
  WORKSPACE_WAIT: "800ms",
  FUNCTION_TIMEOUT: "800ms",
  DEPLOY_TIMEOUT: "800ms",
  GATEWAY_SETTLE_TIMEOUT: "400ms",
  OPERATION_TIMEOUT: "5s",
  OPERATIONS_PER_MINUTE: "0",
  COST_PER_MINUTE: "0",
  LOOP_DELAY_LIMIT: "0ms",
};

/** As many ids whatever runs, so that the same seed asks the same. */
async function idsOf(sett: Sett): Promise<readonly string[]> {
  const pods = '{ a: project(producer: "demo") { pods { id } } b: project(producer: "eve") { pods { id } } }';
  const { data } = await sett.as("admin").askText(pods);
  const found = Object.values(data ?? {}).flatMap((project) => (project as { pods: { id: string }[] }).pods);
  return [
    ...fixedIds,
    ...Array.from({ length: 12 }, (_each, index) => found[index % found.length]?.id ?? "none"),
  ];
}

/** Somebody who calls demo's gateway, and what they may be given. */
function addConsumers({ sandbox }: Sett): void {
  const { consumers, scopes } = sandbox.gateways.of("gateway", "demo", "dev");
  consumers.addUser({ username: "joe", firstname: "Joe", lastname: "Doe" });
  consumers.addApp({ userId: "joe", name: "app" });
  scopes.add(["read", "write"]);
}

/** The lines of the metrics that tell of what is open or runs. */
async function running({ url }: Sett): Promise<readonly string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text
    .split("\n")
    .filter((line) =>
      /^sett_(?:sockets_open|subscriptions_running|http_requests_running)\b.* [1-9]/.test(line),
    );
}

test("what is looked for in answers is told to all who may read it, when they ask for it, and to nobody else", async () => {
  const sett = await startSett();
  await plant(sett);
  const all = canaries.map(({ word }) => word);
  for (const person of everybody) {
    const may = told(sett.sandbox).get(person);
    expect([person, await reallyTold(sett, person)]).toEqual([person, all.filter((word) => may?.has(word))]);
  }
});

test("an answer that tells too much, has an unknown code or leaves data where a field was refused is found out", () => {
  const problems = (
    data: unknown,
    code?: string,
    message = "no",
    path: readonly string[] = ["viewer", "login"],
  ) => {
    const errors = code === undefined ? [] : [{ message, path, extensions: { code } }];
    const text = JSON.stringify({ data, errors });
    const expected = { told: new Set(["canaryprojectofdemo"]), secrets: ["al-token"] };
    return [...problemsOf({ text, status: 200, data, errors }, expected)];
  };
  expect(problems({ viewer: null }, "NOT_FOUND")).toEqual([]);
  expect(problems({ viewer: { login: "canaryprojectofdemo" } })).toEqual([]);
  expect(problems({ viewer: { login: "CanaryFunctionsOfDemo" } })).toHaveLength(1);
  expect(problems({ viewer: { login: "al-token" } })).toHaveLength(1);
  expect(problems({ viewer: { login: "demo" } }, "FORBIDDEN")).toHaveLength(1);
  expect(problems({ viewer: null }, "TEAPOT")).toHaveLength(1);
  expect(problems({ viewer: null }, "INTERNAL_SERVER_ERROR")).toHaveLength(1);
  for (const inside of ["connect ECONNREFUSED", "http://gitea:3000/api", "x\n    at run (a.ts:1:1)"]) {
    expect(problems({ viewer: null }, "UPSTREAM_REJECTED", inside)).not.toEqual([]);
  }
  expect(problems(undefined, "NOT_FOUND")).toEqual(["the status is 200"]);
});

test("what changed is found out where nobody who might change it asked for anything, and a deed by who it was that might not", async () => {
  const { sandbox } = await startSett();
  const before = keepingOf(sandbox);
  expect(strangeChanges(before, keepingOf(sandbox), new Set(["zu"]))).toEqual([]);
  const commits = [{ message: "a change", files: { "a.txt": "a" } }];
  sandbox.gitea.platform.push("customer-demo", "dev", { commits });
  sandbox.gitea.platform.addKey(
    "customer-eve",
    "a key",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmgzIs5Gdi9laRPuHnI4uBSSXH9saG1jKIFLOAI7p04",
  );
  expect(strangeChanges(before, keepingOf(sandbox), new Set(["al", "eve"]))).toEqual([]);
  expect(strangeChanges(before, keepingOf(sandbox), new Set(["zu"]))).toEqual([
    "the project of demo changed, and none of zu may do that",
    "the keys of eve changed, and none of zu may do that",
  ]);
  const text = `mutation { mine: saveFiles(input: { project: { producer: "demo" }, files: [] }) { deleted } }`;
  const operation = { kind: OperationTypeNode.MUTATION, roots: [], text, variables: {} };
  const did = (person: PersonName, data: unknown) =>
    watchDeeds(sandbox, { person, operation }, schema).done(data);
  expect(did("al", { mine: {} })).toEqual([]);
  expect(did("zu", { mine: null })).toEqual([]);
  expect(did("zu", { mine: {} })).toEqual(["zu did mine without project:write"]);
});

const seeds = Array.from({ length: runs }, (_each, index) => firstSeed + index);

test.each(seeds)(
  "whatever is asked and followed by whoever while whatever is broken, answers are whole, in time and for who may have them, and nothing is changed by who may not: seed %i",
  { timeout: 600_000 },
  async (seed) => {
    const sett = await startSett({ env: impatient });
    await plant(sett);
    addConsumers(sett);
    const ids = await idsOf(sett);
    const tally: Record<string, number> = {};
    const property = fc.asyncProperty(fc.gen(), async (generate) => {
      const choices = choicesOf(generate);
      const all = roundsOn(sett, choices, ids);
      for (let each = 0; each < rounds; each += 1) {
        if (each % followedEvery === 0) await followRound(sett, choices, `followed-${each}`);
        for (const { operation, observed, isPermitted } of await all.next()) {
          const kind = isPermitted ? "permitted mutation" : operation.kind;
          const outcome = `${kind} ${observed.errors[0]?.extensions.code ?? "ok"}`;
          tally[outcome] = (tally[outcome] ?? 0) + 1;
        }
      }
    });
    await fc.assert(property, { seed, numRuns: 1, endOnFailure: true });
    if (process.env["FUZZ_RUNS"] !== undefined) process.stdout.write(`${seed} ${JSON.stringify(tally)}\n`);
    // A run that is only refused finds nothing.
    expect(tally["query ok"]).toBeGreaterThan(0);
    expect(tally["permitted mutation ok"]).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await running(sett)).toEqual(["sett_http_requests_running 1"]), {
      timeout: 20_000,
      interval: 100,
    });
    expect(sett.log.entries.filter(({ msg }) => msg === "the gateway broke")).toEqual([]);
    expect(await reallyTold(sett, "nobody")).toEqual([]);
  },
);
