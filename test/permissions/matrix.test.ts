import { getDirective } from "@graphql-tools/utils";
import { isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import { resolvers } from "../../src/resolvers/resolvers.ts";
import { buildSchema } from "../../src/schema/build-schema.ts";
import { everybody, startSett } from "../support/sett.ts";
import { demosKey, rows } from "./matrix.data.ts";
import { absent, hidden, type Outcome, type Row } from "./matrix.outcomes.ts";

/** Nothing is remembered between requests, so that each question is seen to be asked. */
async function startWithKey() {
  const sett = await startSett({ env: { PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" } });
  sett.sandbox.gitea.platform.addKey("customer-demo", "desk", demosKey);
  return sett;
}

/** The only variables that a query declares may be sent with it. */
function variablesOf({ query }: Row, all: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(all).filter(([name]) => query.includes(`$${name}:`)));
}

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
    for (const person of everybody) {
      const outcome = row.outcomes[person];
      test(`${person} ${said[outcome]} it`, async () => {
        const sett = await startWithKey();
        const answer = await sett.as(person).askText(row.query, variablesOf(row, hidden));
        expect(answer.codes).toEqual(outcome === "yes" ? [] : [outcome]);
        const calls = sett.upstreamCalls();
        if (outcome === "UNAUTHENTICATED") expect(calls).toEqual([]);
        if (outcome !== "yes") expect(calls.filter((call) => !call.startsWith("gitea GET "))).toEqual([]);
      });
    }

    test("a stranger is told the same, to the letter and after the same questions, of what is not there", async () => {
      const sett = await startWithKey();
      const eve = sett.as("eve");
      const ofHidden = await eve.askText(row.query, variablesOf(row, hidden));
      const askedOfHidden = sett.upstreamCalls();
      const ofAbsent = await eve.askText(row.query, variablesOf(row, absent));
      if (row.outcomes.eve === "yes") return expect(ofAbsent.codes).toEqual([]);
      expect(ofHidden.text).toBe(ofAbsent.text);
      expect(ofHidden.status).toBe(ofAbsent.status);
      const shape = (calls: readonly string[]) =>
        calls.map((call) => call.replace(/customer-[a-z]+/g, "…")).sort();
      return expect(shape(sett.upstreamCalls())).toEqual(shape(askedOfHidden));
    });
  });
}
