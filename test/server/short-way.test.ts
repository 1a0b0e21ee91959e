import fc from "fast-check";
import { Kind, parse, print, type DocumentNode } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graph } from "../../src/server/graph.ts";
import * as documents from "../generated/operations.ts";
import { rows } from "../permissions/matrix.data.ts";
import { hidden } from "../permissions/matrix.outcomes.ts";
import { queries, type ArgumentValues } from "../support/operation.arbitrary.ts";
import { startSett, type Sett } from "../support/sett.ts";

interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** What the server takes as well, but never the short way. */
const longType = "application/vnd.sett+json";

const stopped: (() => Promise<void>)[] = [];
let sett: Sett;

beforeAll(async () => {
  const env = { OPERATIONS_PER_MINUTE: "0", COST_PER_MINUTE: "0" };
  sett = await startSett({ env, until: (stop) => void stopped.push(stop) });
});
afterAll(async () => {
  for (const stop of stopped) await stop();
});

const tokens = {
  admin: "token admin-token",
  demo: "token demo-token",
  eve: "token eve-token",
  nobody: undefined,
};
type Name = keyof typeof tokens;

async function send(asked: Asked, name: Name, type: string, accept = "application/graphql-response+json") {
  const authorization = tokens[name];
  const response = await fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { "content-type": type, accept, ...(authorization ? { authorization } : {}) },
    body: JSON.stringify(asked),
  });
  const body = await response.text();
  const { date: _date, "x-request-id": id = "", ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: body.replaceAll(id, "<id>") };
}

const compiled = () => sett.measured('sett_executions_total{by="compiled"}');
const interpreted = () => sett.measured('sett_executions_total{by="interpreted"}');

/** Errors may come in another order: their fields are answered side by side. */
function comparable({ status, headers, body }: Awaited<ReturnType<typeof send>>) {
  const { errors = [], ...rest } = JSON.parse(body) as { errors?: readonly unknown[] };
  const told = errors.map((error) => JSON.stringify(error)).sort();
  return { status, headers, errors: told, rest, body: errors.length > 1 ? body.length : body };
}

/** More than it takes to compile what is asked here. */
const often = 6;

async function expectSame(asked: Asked, name: Name, times = often) {
  const long = comparable(await send(asked, name, longType));
  const short = Array.from({ length: times }, () => send(asked, name, "application/json"));
  for (const answer of await Promise.all(short)) expect(comparable(answer)).toEqual(long);
}

const values: ArgumentValues = {
  ProducerName: ["demo", "al", "nobody-here", "Not a name!"],
  EnvironmentName: ["dev", "staging"],
  Login: ["customer-demo", "customer-al", "x"],
  RepositoryName: ["dev", "functions", "nope"],
  PageSize: [1, 2, 100, 0],
  Cursor: ["junk", null],
  String: ["project:write", "repo:read", "junk \"'` ${}"],
  ID: ["UHJvamVjdDpkZW1vOmRldg", "junk"],
  FilePath: ["README.md", "lunchbadger.json", "../junk"],
  GitReference: ["master", "junk"],
  SearchText: ["demo", "e"],
  ModelName: ["Car", "Junk"],
  FunctionName: ["hello", "junk"],
  Boolean: [true, false],
};
const isReading = (query: string) => !/^\s*(?:mutation|subscription)/.test(query);

/** Hundreds of questions: longer than most tests where the machine is busy. */
const patience = 60_000;

describe("what is answered the short way is what the server answers", { timeout: patience }, () => {
  test("to each row of the permission matrix that reads, whoever asks", async () => {
    const reading = rows.filter(({ query, prepare }) => !prepare && isReading(query));
    expect(reading.length).toBeGreaterThan(50);
    for (const { query } of reading) {
      const asked = { query, variables: hidden };
      await expectSame(asked, "demo");
      await Promise.all([expectSame(asked, "eve", 1), expectSame(asked, "nobody", 1)]);
    }
    expect(await compiled()).toBeGreaterThan(reading.length);
  });

  test("to each query that the canvas and the tests ask, whatever its variables", async () => {
    const texts = Object.values(documents)
      .filter((document) => typeof document === "object" && "definitions" in document)
      .map((document) => print(document as DocumentNode))
      .filter(isReading);
    expect(texts.length).toBeGreaterThan(30);
    for (const query of texts) {
      const { definitions } = parse(query);
      const [operation] = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
      const of = (place: number) =>
        Object.fromEntries(
          (operation?.variableDefinitions ?? []).map(({ variable, type }) => {
            const some = values[print(type).replace(/[[\]!]/g, "")] ?? [];
            return [variable.name.value, some[place % some.length]];
          }),
        );
      await Promise.all([0, 1, 3].map((place) => expectSame({ query, variables: of(place) }, "demo")));
    }
  });

  test("to any valid query", async () => {
    const before = await compiled();
    const anyQuery = queries({ schema: graph().schema, values, isSteady: () => true });
    await fc.assert(
      fc.asyncProperty(anyQuery, async (asked) => expectSame(asked, "demo")),
      { seed: 1, numRuns: 80 },
    );
    expect((await compiled()) - before).toBeGreaterThan(100);
  });
});

test("what somebody writes into a query never gets into the code that is made of it", async () => {
  // The compiler's own word for a moment: what stands behind it in a text would be run.
  const text = "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.isRun=true";
  const query = `{ repo(owner: "${text}", name: "${text}") { __proto__: name } }`;
  await expectSame({ query }, "demo", 10);
  await expectSame({ query: query.replace("__proto__: ", "") }, "demo", 10);
  expect(globalThis).not.toHaveProperty("isRun");
});

test("changes are made one after the other, in the order they are written", async () => {
  const change = (name: string, enabled: boolean) =>
    `${name}: setProducerEnabled(input: { project: { producer: "demo", env: "dev" }, enabled: ${enabled} })
      { project { enabled } }`;
  const query = `mutation Twice { ${change("first", false)} ${change("second", true)} }`;
  const before = await interpreted();
  for (const type of [longType, "application/json", "application/json"]) {
    const { body } = await send({ query }, "admin", type);
    expect(JSON.parse(body)).toEqual({
      data: { first: { project: { enabled: false } }, second: { project: { enabled: true } } },
    });
  }
  expect((await interpreted()) - before).toBe(2);
});

test("an operation leaves the same line in the log, and is counted alike, whichever way it is run", async () => {
  const asked = { query: 'query Told($owner: Login!) { repo(owner: $owner, name: "nope") { name } }' };
  const counted = () => sett.measured('sett_operation_seconds_count{type="query",outcome="NOT_FOUND"}');
  const before = await counted();
  const seen = sett.log.entries.length;
  for (const type of [longType, "application/json"]) {
    await send({ ...asked, variables: { owner: "customer-demo" } }, "demo", type);
  }
  expect((await counted()) - before).toBe(2);
  const lines = sett.log.entries
    .slice(seen)
    .filter(({ msg }) => msg === "operation")
    .map(({ time: _time, requestId, milliseconds, ...line }) => [
      typeof requestId,
      typeof milliseconds,
      line,
    ]);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toEqual(lines[0]);
  expect(lines[0]).toMatchObject(["string", "number", { operation: "Told", codes: ["NOT_FOUND"] }]);
});

test.each([
  undefined,
  "*/*",
  "application/json",
  "text/html",
  "application/graphql-response+json;q=0.1, */*",
])("to a client that accepts %s, the answer is of the same type and status", async (accept) => {
  const query = "{ viewer { login } }";
  const answer = async (type: string) => comparable(await send({ query }, "demo", type, accept ?? ""));
  expect(await answer("application/json")).toEqual(await answer(longType));
});

test.each<[string, object]>([
  ["names none of several operations", { query: "query A { viewer { login } } query B { viewer { id } }" }],
  ["names one that is not there", { query: "query A { viewer { login } }", operationName: "B" }],
  [
    "has variables that do not fit",
    { query: "query A($f: PageSize!) { producers(first: $f) { totalCount } }" },
  ],
  ["has a list for variables", { query: "{ viewer { login } }", variables: [] }],
  ["has text for extensions", { query: "{ viewer { login } }", extensions: "cost" }],
  ["has an empty text", { query: "" }],
  [
    "costs too much",
    {
      query:
        "{ viewer { projects(first: 100) { nodes { repo { branches(first: 100) { nodes { name } commits: totalCount edges { node { name } } } } } } } }",
    },
  ],
  ["asks for its price", { query: "{ viewer { login } }", extensions: { cost: true } }],
  ["is a subscription", { query: 'subscription { projectChanged(producer: "demo") { kind } }' }],
])("a request that %s is answered alike", async (_title, asked) => {
  await expectSame(asked as Asked, "demo", 4);
});

// Last, for services that failed are left alone for a while.
test("what fails is answered the short way as the server answers it", { timeout: patience }, async () => {
  const { gitea, gitApi, workspaces } = sett.sandbox;
  gitea.faults.set({ mode: "answer", status: 500 }, { path: /branches|commits|contents/ });
  gitApi.faults.set({ mode: "answer", status: 500 });
  workspaces.projectApi.faults.set({ mode: "drop" });
  workspaces.workspaceApi.faults.set({ mode: "answer", status: 500 });
  const anyQuery = queries({ schema: graph().schema, values, isSteady: () => true });
  await fc.assert(
    fc.asyncProperty(anyQuery, async (asked) => expectSame(asked, "demo")),
    { seed: 2, numRuns: 30 },
  );
});
