import { expect, test } from "vitest";
import { createAllowances } from "../../src/server/admission/allowances.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const query = "{ __typename }";

/** Of this Gitea is asked. */
const who = "{ viewer { login } }";

const everybodyKnown = { has: () => true, listen: () => () => undefined };

/** Asks with what it costs. */
async function askWithCost(sett: Sett, text: string) {
  const response = await fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token demo-token" },
    body: JSON.stringify({ query: text, extensions: { cost: true } }),
  });
  return (await response.json()) as { extensions?: { cost: Record<string, number> } };
}

test("one credential has so many operations a minute, is told when to come again, and others are not concerned", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "2" } });
  for (const text of [who, query]) expect((await sett.as("demo").askText(text)).codes).toEqual([]);
  const over = await sett.as("demo").askText(query);
  expect(over).toMatchObject({ status: 429, codes: ["RATE_LIMITED"], data: undefined });
  const retryAfterMs = Number(over.errors[0]?.extensions["retryAfterMs"]);
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  expect(over.headers.get("retry-after")).toBe(String(Math.ceil(retryAfterMs / 1000)));
  expect((await sett.as("al").askText(query)).codes).toEqual([]);
});

test("who shows nothing has one allowance with all who do so", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "1" } });
  expect((await sett.as("nobody").askText(query)).codes).toEqual([]);
  expect((await sett.as("nobody").askText(query)).codes).toEqual(["RATE_LIMITED"]);
  expect((await sett.as("demo").askText(query)).codes).toEqual([]);
});

test("what cannot be read as a credential counts as nobody's, and is told that it cannot, not to come again", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "2", COST_PER_MINUTE: "30" } });
  const dear = "{ producers(first: 20) { nodes { name } } }";
  const unreadable = sett.showing("Basic abc");
  expect((await unreadable.askText(query)).codes).toEqual([]);
  for (const text of [dear, query, query]) {
    const answer = await unreadable.askText(text);
    if (answer.codes.length > 0) expect(answer).toMatchObject({ status: 400, codes: ["UNAUTHENTICATED"] });
  }
  expect((await unreadable.askText(query)).codes).toEqual(["UNAUTHENTICATED"]);
  expect((await sett.as("nobody").askText(query)).codes).toEqual(["RATE_LIMITED"]);
});

test("what operations cost is counted, too, and told to who asks for it", async () => {
  const sett = await startSett({ env: { COST_PER_MINUTE: "100" } });
  const ten = "query ($first: PageSize!) { producers(first: $first) { nodes { name } } }".replace(
    "$first: PageSize!",
    "$first: PageSize! = 20",
  );
  const { extensions } = await askWithCost(sett, ten);
  expect(extensions?.cost).toEqual({
    requested: 41,
    limit: 100,
    left: 59,
    resetMs: expect.any(Number) as number,
  });
  expect((await askWithCost(sett, ten)).extensions?.cost["left"]).toBe(18);
  sett.upstreamCalls();
  const over = await askWithCost(sett, ten);
  expect(over).toMatchObject({
    errors: [{ extensions: { code: "RATE_LIMITED" } }],
    extensions: { cost: { requested: 41, left: 18 } },
  });
  expect(sett.upstreamCalls()).toEqual([]);
});

test("what is refused takes nothing from what is left, neither points nor operations", async () => {
  const { spend } = createAllowances({ OPERATIONS_PER_MINUTE: 2, COST_PER_MINUTE: 10 }, everybodyKnown);
  const isRefused = async (cost: number) => (await spend("one", cost)) !== undefined;
  expect(await isRefused(8)).toBe(false);
  for (const cost of [8, 3, 1000]) expect(await isRefused(cost)).toBe(true);
  expect(await isRefused(2)).toBe(false);
  expect(await isRefused(0)).toBe(true);
});

test("credentials that Gitea has not accepted have one allowance together, however many are made up", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "2" } });
  expect((await sett.as("demo").askText(who)).codes).toEqual([]);
  const codes = [];
  for (const index of [1, 2, 3])
    codes.push((await sett.showing(`token made-up-${index}`).askText(query)).codes);
  expect(codes).toEqual([[], [], ["RATE_LIMITED"]]);
  expect((await sett.as("demo").askText(query)).codes).toEqual([]);
  expect((await sett.as("nobody").askText(query)).codes).toEqual([]);
});

test("what somebody asks before Gitea has accepted them is their own from then on: strangers have it back", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "2" } });
  const codes = [];
  for (const name of ["demo", "al", "zu", "eve"] as const)
    codes.push((await sett.as(name).askText(who)).codes);
  expect(codes).toEqual([[], [], [], []]);
  expect((await sett.as("demo").askText(query)).codes).toEqual([]);
  expect((await sett.as("demo").askText(query)).codes).toEqual(["RATE_LIMITED"]);
});

test("a credential that Gitea accepts no longer is a stranger's again", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "3", VIEWER_TTL: "0ms" } });
  expect((await sett.as("demo").askText(who)).codes).toEqual([]);
  sett.sandbox.gitea.platform.revokeToken("demo-token");
  expect((await sett.as("demo").askText(who)).codes).toEqual(["UNAUTHENTICATED"]);
  for (const index of [1, 2, 3]) await sett.showing(`token made-up-${index}`).askText(query);
  expect((await sett.as("demo").askText(query)).codes).toEqual(["RATE_LIMITED"]);
});

test("what is no query at all is an operation of its credential's, too, over HTTP and over a socket, and looked into no more once none is left", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "5" } });
  for (const name of ["demo", "al"] as const) await sett.as(name).askText(who);
  const deep = `{ ${"a { ".repeat(300)} b ${"} ".repeat(300)} }`;
  const wrong = ["{", "{ nothing }", deep];
  for (const text of wrong) expect((await sett.as("demo").askText(text)).codes).not.toContain("RATE_LIMITED");
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  const subscribe = { type: "subscribe", payload: { query: "{ nothingElse }" } };
  say({ id: "1", ...subscribe });
  expect(await hear()).toMatchObject({ payload: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] });
  for (const text of wrong) {
    const over = await sett.as("demo").askText(text);
    expect(over).toMatchObject({ status: 429, codes: ["RATE_LIMITED"] });
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  say({ id: "2", ...subscribe });
  expect(await hear()).toMatchObject({ payload: [{ extensions: { code: "RATE_LIMITED" } }] });
  expect((await sett.as("al").askText(query)).codes).toEqual([]);
});

test("nobody is told of costs who does not ask, nor of an allowance that there is not", async () => {
  const sett = await startSett({ env: { COST_PER_MINUTE: "0", OPERATIONS_PER_MINUTE: "0" } });
  expect((await sett.as("demo").askText(query)).text).toBe('{"data":{"__typename":"Query"}}\n');
  expect((await askWithCost(sett, query)).extensions).toEqual({ cost: { requested: 1 } });
});

test("the allowance is one over HTTP and sockets", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "1" } });
  expect((await sett.as("demo").askText(who)).codes).toEqual([]);
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  say({ id: "1", type: "subscribe", payload: { query } });
  expect(await hear()).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "RATE_LIMITED" } }],
  });
});

test("to clients that only take plain JSON, what is over the allowance is a 200 like any refused operation", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "1" } });
  await sett.as("demo").askText(who);
  const response = await fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      authorization: "token demo-token",
    },
    body: JSON.stringify({ query }),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
});

test("credentials fill no memory, however many there are: the oldest are forgotten", async () => {
  const allowances = createAllowances({ OPERATIONS_PER_MINUTE: 1, COST_PER_MINUTE: 0 }, everybodyKnown);
  const isRefused = async (key: string) => (await allowances.spend(key, 1)) !== undefined;
  expect([await isRefused("first"), await isRefused("first")]).toEqual([false, true]);
  for (let index = 0; index < 20_000; index += 1) await allowances.spend(`made up ${index}`, 1);
  expect(await isRefused("first")).toBe(false);
  expect(await isRefused("made up 19999")).toBe(true);
});
