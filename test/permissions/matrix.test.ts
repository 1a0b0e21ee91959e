import { getDirective } from "@graphql-tools/utils";
import { isObjectType } from "graphql";
import { afterAll, describe, expect, test, vi } from "vitest";
import { resolvers } from "../../src/resolvers/resolvers.ts";
import { buildSchema } from "../../src/schema/build-schema.ts";
import type { Event } from "../support/live-client.ts";
import { everybody, startSett, type PersonName, type Sett, type SettOptions } from "../support/sett.ts";
import { demosKey, rows } from "./matrix.data.ts";
import { absent, hidden, type Outcome, type Row } from "./matrix.outcomes.ts";

/** Nothing is remembered between requests, so that each question is seen to be asked. */
async function startWithKey({ prepare }: Pick<Row, "prepare">, { until }: Pick<SettOptions, "until"> = {}) {
  const sett = await startSett({
    env: { PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" },
    ...(until ? { until } : {}),
  });
  sett.sandbox.gitea.platform.addKey("customer-demo", "desk", demosKey);
  const prepared = (await prepare?.(sett)) ?? {};
  sett.upstreamCalls();
  return { sett, ours: { ...hidden, ...prepared } };
}

/** A gateway that tests share who change nothing behind it; it is stopped after the last of them. */
function shared(row: Pick<Row, "prepare">): () => ReturnType<typeof startWithKey> {
  let started: ReturnType<typeof startWithKey> | undefined;
  const stops: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  return async () => {
    started ??= startWithKey(row, { until: (stop) => stops.push(stop) });
    const known = await started;
    known.sett.upstreamCalls();
    return known;
  };
}

const gatewaysFor = (row: Pick<Row, "prepare">) => ({
  readers: shared(row),
  refused: shared(row),
  strangers: shared(row),
});
const unprepared = gatewaysFor({});

/** The gateways that a row is asked at: one of its own, where something may change or what runs is counted. */
function gatewaysOf(row: Row): (outcome: Outcome, asker?: "strangers") => ReturnType<typeof startWithKey> {
  const known = row.prepare ? gatewaysFor(row) : unprepared;
  const own = () => startWithKey(row);
  if (row.field.startsWith("Subscription.")) return own;
  const isRead = !row.field.startsWith("Mutation.");
  return (outcome, asker) => {
    if (outcome === "yes" && !isRead) return own();
    return known[asker ?? (outcome === "yes" ? "readers" : "refused")]();
  };
}

/** The only variables that a query declares may be sent with it. */
function variablesOf({ query }: Row, all: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(all).filter(([name]) => query.includes(`$${name}:`)));
}

/** Asks over what the row's operation runs over; a subscription is let in when it runs, whether anything happens or not. */
async function ask(sett: Sett, person: PersonName, { field, query }: Row, variables: Record<string, string>) {
  if (!field.startsWith("Subscription.")) return sett.as(person).askText(query, variables);
  const subscribed = sett.as(person).subscribeText(query, variables);
  const told: Event<unknown>[] = [];
  void subscribed.next().then(({ value }) => value && told.push(value));
  await vi.waitFor(
    async () => {
      if (told.length === 0) expect(await sett.measured("sett_subscriptions_running")).toBe(1);
    },
    { timeout: 10_000, interval: 20 },
  );
  await subscribed.return();
  return { codes: told[0]?.codes ?? [], text: JSON.stringify(told), status: 200, headers: undefined };
}

/** The calls that nobody may cause who is refused: all but the questions about permissions. */
const asked = (calls: readonly string[], { around = [] }: Row) =>
  calls.filter((call) => !call.startsWith("gitea GET ") && !around.includes(call));

const said: Record<Outcome, string> = {
  yes: "gets",
  FORBIDDEN: "is forbidden",
  NOT_FOUND: "cannot see",
  UNAUTHENTICATED: "is asked to sign in for",
};

test("the matrix has a row for every root field and every guarded field of the schema, and for nothing else", () => {
  const schema = buildSchema(resolvers);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const guarded = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => roots.includes(type) || getDirective(schema, field, "can"))
        .map((field) => `${type.name}.${field.name}`),
    )
    .filter((field) => !field.startsWith("__"));
  expect([...new Set(rows.map(({ field }) => field))].sort()).toEqual(guarded.sort());
});

for (const row of rows) {
  describe(`${row.title ?? row.field} about what demo owns`, () => {
    const start = gatewaysOf(row);
    for (const person of everybody) {
      const outcome = row.outcomes[person];
      test(`${person} ${said[outcome]} it`, async () => {
        const { sett, ours } = await start(outcome);
        const answer = await ask(sett, person, row, variablesOf(row, ours));
        expect(answer.codes).toEqual(outcome === "yes" ? [] : [outcome]);
        expect(answer.text).toMatch(row.says?.[person] ?? "");
        expect(answer.text).not.toMatch(row.hides?.[person] ?? /^$/);
        const calls = sett.upstreamCalls();
        if (outcome === "UNAUTHENTICATED") expect(calls).toEqual([]);
        if (outcome !== "yes") expect(asked(calls, row)).toEqual([]);
      });
    }

    test("a stranger is told the same, to the letter and after the same questions, of what is not there", async () => {
      const { sett, ours } = await start(row.outcomes.eve, "strangers");
      const ofHidden = await ask(sett, "eve", row, variablesOf(row, ours));
      const askedFor = ({ headers }: typeof ofHidden) => sett.upstreamCalls(headers?.get("x-request-id"));
      const askedOfHidden = askedFor(ofHidden);
      const ofAbsent = await ask(sett, "eve", row, variablesOf(row, { ...absent, ...row.absent }));
      if (row.outcomes.eve === "yes") return expect(ofAbsent.codes).toEqual([]);
      expect(askedOfHidden).not.toEqual([]);
      expect(ofHidden.text).toBe(ofAbsent.text);
      expect(ofHidden.status).toBe(ofAbsent.status);
      // A socket asks now and then who is there, as long as it is open.
      const isOfSocket = (call: string) =>
        row.field.startsWith("Subscription.") && call === "gitea GET /api/v1/user";
      const shape = (calls: readonly string[]) =>
        calls
          .filter((call) => !isOfSocket(call))
          .map((call) => call.replace(/customer-[a-z]+/g, "…"))
          .sort();
      return expect(shape(askedFor(ofAbsent))).toEqual(shape(askedOfHidden));
    });
  });
}
