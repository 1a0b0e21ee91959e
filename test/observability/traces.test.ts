import { print } from "graphql";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { blocksOf, readDocument } from "../docs/markdown.blocks.ts";
import { SaveModelDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { startCollector, treeOf, type SentSpan } from "./span.collector.ts";

/** What nobody may find in a trace, though it was sent along with what is traced. */
const secret = "h1dden-Value";

/** Chosen by who asks, so that each can be found again. */
const traces = {
  save: "a".repeat(32),
  refused: "b".repeat(32),
  outage: "c".repeat(32),
  first: "d".repeat(32),
  second: "e".repeat(32),
  streamed: "f".repeat(32),
  restart: "9".repeat(32),
} as const;

type Traced = keyof typeof traces;

const models = `query Models { project(producer: "demo") { models { name } } }`;
const restart = `mutation Restart { restartGateway(input: { project: { producer: "demo" }, name: "gateway" }) { restartedAt } }`;
const follow = `subscription Follow { projectChanged(producer: "demo") { __typename } }`;

let sett: Sett;
let collector: Awaited<ReturnType<typeof startCollector>>;
let spans: readonly SentSpan[];
const codes: Partial<Record<Traced, readonly string[]>> = {};
const upstreamHeaders: Readonly<Record<string, unknown>>[] = [];

/** Sent by somebody whose trace it is, who says that it is not kept, and more that is nobody's business. */
function send(url: string, trace: string, body: object, { as = "demo", accept = "application/json" } = {}) {
  return fetch(`${url}${accept === "application/json" ? "/graphql" : "/graphql/stream"}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept,
      authorization: `token ${as}-token`,
      traceparent: `00-${trace}-${"1".repeat(16)}-00`,
      tracestate: `stranger=${secret}`,
      baggage: `stranger=${secret}`,
    },
    body: JSON.stringify(body),
  });
}

async function ask(name: Traced, query: string, { variables = {}, as = "demo" } = {}): Promise<void> {
  const response = await send(sett.url, traces[name], { query, variables }, { as });
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  codes[name] = errors.map(({ extensions }) => extensions.code);
}

beforeAll(async () => {
  collector = await startCollector();
  let stop: () => Promise<void> = () => Promise.resolve();
  vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
  vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=badgers");
  sett = await startSett({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, VIEWER_TTL: "10m", PERMISSION_TTL: "10m" },
    until: (given) => (stop = given),
  });
  vi.unstubAllEnvs();
  const { workspaces, gitea, kubernetes } = sett.sandbox;
  const { faults } = workspaces.workspaceApi;
  for (const name of ["demo", "al", "eve"] as const) await sett.as(name).askText("{ viewer { login } }");
  await sett.as("demo").askText(models);

  const input = { project: { producer: "demo" }, name: "Garage", description: secret };
  const properties = [{ name: "street", type: "string" }];
  await ask("save", print(SaveModelDocument), { variables: { input: { ...input, properties } } });
  await ask("restart", restart);
  await ask("refused", models, { as: "eve" });
  faults.set({ mode: "answer", status: 503, body: secret });
  await ask("outage", models);
  faults.clear();
  // Until both have asked: the second finds the first one's reads on their way.
  faults.set({ mode: "freeze" });
  const both = [ask("first", models), ask("second", models, { as: "al" })];
  await vi.waitFor(
    async () =>
      expect(await sett.measured('sett_lock_wait_seconds_count{access="read",outcome="taken"}')).toBe(4),
    { timeout: 10_000 },
  );
  faults.clear();
  await Promise.all(both);
  const stream = await send(sett.url, traces.streamed, { query: follow }, { accept: "text/event-stream" });
  const socket = createClient({
    ...{ url: `${sett.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket },
    connectionParams: { authorization: "token demo-token" },
  });
  socket.subscribe(
    { query: follow },
    { next: () => undefined, error: () => undefined, complete: () => undefined },
  );
  await sett.subscriptionsRun(2);
  upstreamHeaders.push(
    ...[gitea, workspaces.workspaceApi, kubernetes.server].flatMap(({ requests }) =>
      requests.map(({ headers }) => headers as Readonly<Record<string, unknown>>),
    ),
  );
  await stream.body?.cancel();
  await socket.dispose();
  await stop();
  spans = collector.spans();
});

afterAll(() => collector.stop());

const tree = (name: Traced) => treeOf(spans, traces[name]);
const ofTrace = (name: Traced) => spans.filter(({ traceId }) => traceId === traces[name]);

test("a save is one trace, from the request to each call of a service, as the docs show it", () => {
  expect(codes.save).toEqual([]);
  const shown = blocksOf(readDocument("docs/observability.md")).find(({ language }) => language === "text");
  expect(shown?.text).toBe(tree("save"));
});

test("what the cluster is asked for somebody is in their trace, without the names of what it is about", () => {
  expect(codes.restart).toEqual([]);
  expect(tree("restart")).toMatch(
    /^ {4}GET kubernetes \/apis\/apps\/v1\/namespaces\/\*\/deployments 200\n {4}PATCH kubernetes \/apis\/apps\/v1\/namespaces\/\*\/deployments\/\* 200$/m,
  );
  expect(ofTrace("restart").find(({ name }) => name === "PATCH kubernetes")?.facts).toMatchObject({
    "sett.upstream": "kubernetes",
    "sett.tries": 1,
  });
});

test("a refusal is in its trace as what it is, and nobody behind the permission is asked", () => {
  expect(codes.refused).toEqual(["NOT_FOUND"]);
  expect(tree("refused")).toBe(
    [
      "POST /graphql 200",
      "  query Models NOT_FOUND",
      "    permission project:read demo/dev absent asked",
      "      GET gitea /api/v1/repos/*/* 404",
    ].join("\n"),
  );
  expect(ofTrace("refused").filter(({ failed }) => failed)).toEqual([]);
});

test("a service that is down is in the trace of whom that cost something, as the fault of neither", () => {
  expect(codes.outage).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(tree("outage")).toContain("permission project:read demo/dev granted kept");
  expect(tree("outage")).toMatch(/^ {4}GET workspace-api \/Facets\/server\/models 503$/m);
  const failed = ofTrace("outage").filter((span) => span.failed);
  expect(failed.map(({ name }) => name)).toContain("GET workspace-api");
  expect(failed.find(({ name }) => name === "query Models")?.facts).toMatchObject({
    "error.type": "UPSTREAM_UNAVAILABLE",
    "sett.codes": "UPSTREAM_UNAVAILABLE",
  });
});

test("reads that two share are done once, in the trace of the first; the other's leads there", () => {
  expect([codes.first, codes.second]).toEqual([[], []]);
  const named = (name: Traced, start: string) => ofTrace(name).filter((span) => span.name.startsWith(start));
  const [one, other] =
    named("first", "GET workspace-api").length > 0
      ? (["first", "second"] as const)
      : (["second", "first"] as const);
  const reads = named(one, "GET workspace-api");
  expect(reads).toHaveLength(2);
  expect(named(other, "GET workspace-api")).toEqual([]);
  const links = named(other, "shared GET workspace-api").flatMap((span) => span.links);
  expect(links.map(({ spanId }) => spanId).toSorted()).toEqual(reads.map(({ spanId }) => spanId).sort());
});

test("a subscription is in a trace as far as it began: below its request, or by itself where it came over a socket", () => {
  expect(tree("streamed")).toMatch(
    /^POST \/graphql\/stream kept 200\n {2}subscription Follow\n {4}permission /,
  );
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined).map(({ name }) => name);
  expect(roots).toContain("subscription Follow");
});

test("services are told the trace that they are asked in, and nothing else of what strangers said of it", () => {
  const told = upstreamHeaders.flatMap(({ traceparent }) =>
    typeof traceparent === "string" ? [traceparent] : [],
  );
  const sent = new Set(spans.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`));
  expect(told.filter((value) => value.includes(traces.save)).length).toBeGreaterThan(5);
  expect(told.filter((value) => !sent.has(value))).toEqual([]);
  expect(upstreamHeaders.filter(({ tracestate, baggage }) => tracestate ?? baggage)).toEqual([]);
});

test("what is sent holds no credential, no variable and nothing of a body", () => {
  expect(collector.text()).toContain("SaveModel");
  for (const hidden of [
    secret,
    "demo-token",
    "al-token",
    "Garage",
    "street",
    sett.sandbox.addresses.giteaToken,
  ]) {
    expect(collector.text()).not.toContain(hidden);
  }
});

test("a collector is told whose traces they are, and given what it asks for", () => {
  expect(collector.resource()).toMatchObject({
    "service.name": "sett",
    "deployment.environment.name": "test",
  });
  expect(collector.headers[0]).toMatchObject({ "x-tenant": "badgers", "content-type": "application/json" });
});

test("log lines of an operation name its trace", () => {
  const lines = sett.log.entries.filter(({ traceId }) => traceId === traces.outage);
  expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(["operation", "a field failed"]));
});
