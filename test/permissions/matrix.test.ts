import { getDirective } from "@graphql-tools/utils";
import { isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import { resolvers } from "../../src/resolvers/resolvers.ts";
import { buildSchema } from "../../src/schema/build-schema.ts";
import { everybody, startSett } from "../support/sett.ts";
import { absent, demosKey, hidden, rows, type Outcome, type Row } from "./matrix.data.ts";

async function startWithKey() {
  const sett = await startSett();
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
  expect(rows.map(({ field }) => field).sort()).toEqual(guarded.sort());
});

for (const row of rows) {
  describe(`${row.field} about what demo owns`, () => {
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
      // Who eve is has been found out before, so that only the questions about the thing itself are counted.
      await eve.askText("{ viewer { login } }");
      sett.upstreamCalls();
      const ofHidden = await eve.askText(row.query, variablesOf(row, hidden));
      const askedOfHidden = sett.upstreamCalls();
      const ofAbsent = await eve.askText(row.query, variablesOf(row, absent));
      if (row.outcomes.eve === "yes") return expect(ofAbsent.codes).toEqual([]);
      expect(ofHidden.text).toBe(ofAbsent.text);
      expect(ofHidden.status).toBe(ofAbsent.status);
      const shape = (calls: readonly string[]) => calls.map((call) => call.replace(/customer-[a-z]+/g, "…"));
      // Lists of eve's own repositories may still be at hand the second time.
      const counted = (calls: readonly string[]) =>
        shape(calls).filter((call) => !call.includes("/user/repos"));
      return expect(counted(sett.upstreamCalls())).toEqual(counted(askedOfHidden));
    });
  });
}
