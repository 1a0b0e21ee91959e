import { expect, test } from "vitest";
import type { Fault } from "../../src/sandbox/http.ts";
import {
  ServerCreateProducerDocument,
  ServerLetInDocument,
  ServerProducersDocument,
  ServerRepoFileDocument,
  ServerViewerDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const spellings = ["token X", "Token X", "Bearer X", "bearer   X", "Basic X", "X", "token X X", "Bearer X,X"];
const repo = { owner: "customer-demo", name: "dev" };
const troubles = [
  { mode: "drop" },
  { mode: "answer", status: 500 },
  { mode: "answer", status: 200, body: "<html>" },
] as const satisfies readonly Fault[];

/** Everything that the gateway says to anybody, as demo asks it for all kinds of things in all kinds of ways. */
async function everythingSaid(sett: Sett, token: string): Promise<string> {
  const people = spellings.map((form) => sett.showing(form.replaceAll("X", token)));
  const answers = await Promise.all(
    people.flatMap((person) => [
      person.ask(ServerViewerDocument),
      person.ask(ServerRepoFileDocument, { ...repo, path: "lunchbadger.json" }),
      person.ask(ServerProducersDocument),
      person.ask(ServerLetInDocument, { input: { repo, login: "customer-eve", level: "READ" } }),
      person.ask(ServerCreateProducerDocument, { input: { name: "demo" } }),
      person.askText("{ nothing"),
    ]),
  );
  return answers.map(({ text, headers }) => text + JSON.stringify([...headers])).join("\n");
}

function breakAll({ sandbox }: Sett, fault: Fault): void {
  for (const server of [sandbox.gitea, sandbox.gitApi, sandbox.configstore]) server.faults.set(fault);
}

test("no token is ever logged: good or bad, however it is spelt, whatever the services do", async () => {
  const sett = await startSett({ env: { LOG_LEVEL: "trace", VIEWER_TTL: "0s", PERMISSION_TTL: "0s" } });
  const own = sett.sandbox.addresses.giteaToken;
  const secrets = [
    "demo-token",
    "bad-token-5d1c",
    sett.sandbox.gitea.platform.addOauthToken("customer-al"),
    own,
  ];
  for (const token of secrets) await everythingSaid(sett, token);
  for (const trouble of troubles) {
    breakAll(sett, trouble);
    for (const token of secrets) await everythingSaid(sett, token);
    for (const server of [sett.sandbox.gitea, sett.sandbox.gitApi, sett.sandbox.configstore])
      server.faults.clear();
  }
  expect(sett.log.entries.length).toBeGreaterThan(500);
  const log = sett.log.text.join("");
  for (const token of secrets) {
    expect(log.includes(token)).toBe(false);
    expect(log.includes(Buffer.from(token).toString("base64"))).toBe(false);
  }
});

test("no answer tells an address, a body or a token of what stands behind the gateway", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s", PERMISSION_TTL: "0s" } });
  const { addresses } = sett.sandbox;
  const hidden = [
    addresses.giteaToken,
    ...[addresses.gitea, addresses.gitApi, addresses.configstore].map((url) => new URL(url).host),
  ];
  for (const trouble of [
    ...troubles,
    { mode: "answer", status: 404, body: JSON.stringify(hidden) } as const,
  ]) {
    breakAll(sett, trouble);
    for (const token of ["demo-token", "admin-token"]) {
      const said = await everythingSaid(sett, token);
      for (const secret of hidden) expect(said.includes(secret)).toBe(false);
      expect(said).not.toMatch(/api\/v1|ECONN|<html>|stacktrace/);
    }
    for (const server of [sett.sandbox.gitea, sett.sandbox.gitApi, sett.sandbox.configstore])
      server.faults.clear();
  }
});

test("one line is logged for each operation: what it was, how long it took, and how it went", async () => {
  const sett = await startSett();
  await sett.as("demo").ask(ServerViewerDocument);
  await sett.as("nobody").ask(ServerProducersDocument);
  await sett.as("demo").askText("{ nothing }");
  const operations = sett.log.entries.filter(({ audit }) => audit !== true);
  expect(operations).toMatchObject([
    { level: 30, msg: "operation", operation: "ServerViewer", type: "query", codes: [] },
    { level: 30, msg: "operation", operation: "ServerProducers", type: "query", codes: ["UNAUTHENTICATED"] },
    { level: 30, msg: "operation", type: "unknown", codes: ["GRAPHQL_VALIDATION_FAILED"] },
  ]);
  for (const { milliseconds } of operations) expect(milliseconds).toBeTypeOf("number");
});
