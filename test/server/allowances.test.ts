import { expect, test } from "vitest";
import { createAllowances } from "../../src/server/admission/allowances.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const query = "{ __typename }";

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
  for (const _ of [1, 2]) expect((await sett.as("demo").askText(query)).codes).toEqual([]);
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
    extensions: { cost: { requested: 41, left: 0 } },
  });
  expect(sett.upstreamCalls()).toEqual([]);
});

test("nobody is told of costs who does not ask, nor of an allowance that there is not", async () => {
  const sett = await startSett({ env: { COST_PER_MINUTE: "0", OPERATIONS_PER_MINUTE: "0" } });
  expect((await sett.as("demo").askText(query)).text).toBe('{"data":{"__typename":"Query"}}\n');
  expect((await askWithCost(sett, query)).extensions).toEqual({ cost: { requested: 1 } });
});

test("the allowance is one over HTTP and sockets", async () => {
  const sett = await startSett({ env: { OPERATIONS_PER_MINUTE: "1" } });
  expect((await sett.as("demo").askText(query)).codes).toEqual([]);
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
  await sett.as("demo").askText(query);
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

test("credentials that are made up fill no memory: the oldest are forgotten", async () => {
  const allowances = createAllowances({ OPERATIONS_PER_MINUTE: 1, COST_PER_MINUTE: 0 });
  const isRefused = async (key: string) => (await allowances.spend(key, 1)) !== undefined;
  expect([await isRefused("first"), await isRefused("first")]).toEqual([false, true]);
  for (let index = 0; index < 20_000; index += 1) await allowances.spend(`made up ${index}`, 1);
  expect(await isRefused("first")).toBe(false);
  expect(await isRefused("made up 19999")).toBe(true);
});
