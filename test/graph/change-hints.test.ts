import { createHmac } from "node:crypto";
import { expect, onTestFinished, test, vi } from "vitest";
import { createChangeHints } from "../../src/services/actualizer/change.hints.ts";
import { resourceAnnotations } from "../../src/services/actualizer/resource.names.ts";
import { openCluster } from "../../src/services/kubernetes/cluster.connection.ts";
import { silent } from "../actualizer/controller/cluster.harness.ts";
import { SaveFileDocument, SetEnabledDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { resourcesOf } from "./deployments.asking.ts";

const told = { ACTUALIZER: "true" };
const repo = { owner: "customer-demo", name: "dev" };

const changedOf = (sett: Sett, producer = "demo") =>
  resourcesOf(sett).annotation("PRODUCER", producer, resourceAnnotations.changed);

const hintsOf = (sett: Sett) =>
  sett.sandbox.kubernetes.server.requests.filter(
    ({ method, path }) => method === "PATCH" && path.includes("/producers/"),
  ).length;

const untilTold = (sett: Sett, before?: string, producer = "demo") =>
  vi.waitFor(
    async () => {
      const now = await changedOf(sett, producer);
      expect(now).toBeDefined();
      expect(now).not.toBe(before);
      return now;
    },
    { timeout: 10_000, interval: 20 },
  );

const save = (sett: Sett, content: string) =>
  sett.as("demo").ask(SaveFileDocument, { input: { repo, path: `${content}.md`, content } });

test("a change through the gateway is a word to the actualizer, though nobody watches the project", async () => {
  const sett = await startSett({ env: told });
  const { codes } = await sett
    .as("demo")
    .askText(
      'mutation { saveServiceEndpoint(input: { project: { producer: "demo" }, serviceEndpoint: { name: "x", urls: ["http://x.example"] } }) { revision } }',
    );
  expect(codes).toEqual([]);
  const first = await untilTold(sett);
  await sett
    .as("admin")
    .ask(SetEnabledDocument, { input: { project: { producer: "demo" }, enabled: false } });
  await untilTold(sett, first);
});

test("a commit, a signed push and a new producer are each a word to the actualizer", async () => {
  const secret = "a secret of some length";
  const sett = await startSett({ env: { ...told, GITEA_WEBHOOK_SECRET: secret } });
  await save(sett, "one");
  const first = await untilTold(sett);
  const body = JSON.stringify({
    ref: "refs/heads/master",
    before: "0".repeat(40),
    after: "1".repeat(40),
    commits: [],
    repository: { name: "dev", full_name: "customer-demo/dev", owner: { login: "customer-demo" } },
    pusher: { login: "customer-demo" },
  });
  const { status } = await fetch(`${sett.url}/webhooks/gitea`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-gitea-event": "push",
      "x-gitea-signature": createHmac("sha256", secret).update(body).digest("hex"),
    },
    body,
  });
  expect(status).toBe(204);
  await untilTold(sett, first);
  const { codes } = await sett
    .as("admin")
    .askText('mutation { createProducer(input: { name: "fresh" }) { createdRepos } }');
  expect(codes).toEqual([]);
  await untilTold(sett, undefined, "fresh");
  const made = await resourcesOf(sett).get("PRODUCER", "fresh");
  expect(made?.["spec"]).toEqual({ login: "customer-fresh" });
});

test("many changes at once are one word, and one more when they are over", async () => {
  const sett = await startSett();
  const { server, token, namespace } = sett.sandbox.kubernetes;
  const connection = openCluster({ from: "address", url: server.url, token });
  const loginOf = (producer: string) => `customer-${producer}`;
  const hints = createChangeHints({ connection, namespace, loginOf, log: silent, spanMs: 100 });
  onTestFinished(async () => {
    hints.close();
    await connection.close();
  });
  for (let count = 0; count < 50; count += 1) hints.hint("demo");
  const first = await untilTold(sett);
  const second = await untilTold(sett, first);
  await hints.tell("demo");
  await untilTold(sett, second);
  expect(hintsOf(sett)).toBe(3);
});

test("a cluster that cannot be told keeps no change from being made, and is logged", async () => {
  const sett = await startSett({ env: told });
  sett.sandbox.kubernetes.server.faults.set(
    { mode: "answer", status: 500, body: "no" },
    { method: "PATCH", path: /producers/ },
  );
  expect((await save(sett, "saved")).codes).toEqual([]);
  await vi.waitFor(
    () => expect(sett.log.text.join("")).toContain("telling the actualizer of changes broke"),
    { timeout: 10_000 },
  );
  sett.sandbox.kubernetes.server.faults.clear();
  await save(sett, "again");
  await untilTold(sett);
});

test("where no actualizer runs nobody is told", async () => {
  const sett = await startSett();
  expect((await save(sett, "saved")).codes).toEqual([]);
  const { codes } = await sett
    .as("admin")
    .ask(SetEnabledDocument, { input: { project: { producer: "demo" }, enabled: true } });
  expect(codes).toEqual([]);
  expect(hintsOf(sett)).toBe(0);
});
