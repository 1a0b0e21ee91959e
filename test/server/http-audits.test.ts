import { serverAudits, type Audit } from "graphql-http";
import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";

/** What the specification leaves open, and the gateway does not do. */
const declined = [
  "MAY accept application/x-www-form-urlencoded formatted GET requests",
  "MAY use 400 status code on number {query} parameter",
  "MAY use 400 status code on boolean {query} parameter",
  "MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json",
  "MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json",
  "MAY use 4xx or 5xx status codes if parameters are invalid",
  "MAY use 400 status code if parameters are invalid",
];

async function failuresAt(path: string): Promise<string[]> {
  const sett = await startSett();
  const audits: Audit[] = serverAudits({ url: `${sett.url}${path}`, fetchFn: fetch });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  expect(results.length).toBeGreaterThan(50);
  return results.flatMap((result) => (result.status === "ok" ? [] : [result.name]));
}

test.each(["/graphql", "/gql"])(
  "%s speaks GraphQL over HTTP: all that the specification says MUST and SHOULD be, and these MAYs not",
  async (path) => {
    const failures = await failuresAt(path);
    expect(failures.filter((name) => !name.startsWith("MAY"))).toEqual([]);
    expect(failures).toEqual(declined);
  },
);
