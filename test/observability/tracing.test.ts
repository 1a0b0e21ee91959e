import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT_CONTEXT, SpanKind, trace, TraceFlags } from "@opentelemetry/api";
import { ExportResultCode } from "@opentelemetry/core";
import { BasicTracerProvider, SamplingDecision, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { countedExporting } from "../../src/tracing/counted.exporting.ts";
import { entrySampler } from "../../src/tracing/entry.sampler.ts";
import { startSett } from "../support/sett.ts";
import { startCollector } from "./span.collector.ts";

test("without a collector no service is told of a trace, no log line names one, and nothing is measured of spans", async () => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: "token demo-token",
      traceparent: `00-${"a".repeat(32)}-${"1".repeat(16)}-01`,
    },
    body: JSON.stringify({ query: "{ viewer { login } }" }),
  });
  expect(await response.json()).toEqual({ data: { viewer: { login: "customer-demo" } } });
  const asked = sett.sandbox.gitea.requests.filter(({ path }) => path === "/api/v1/user");
  expect(asked).toHaveLength(1);
  expect(asked.filter(({ headers }) => headers["traceparent"] !== undefined)).toEqual([]);
  expect(sett.log.entries.filter((entry) => "traceId" in entry)).toEqual([]);
  expect(await (await fetch(`${sett.url}/metrics`)).text()).not.toContain("sett_spans");
});

test("OpenTelemetry is loaded by one file, and that one where there are traces only", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const reading = (name: string) => readFileSync(join("src", name), "utf8");
  const users = files.filter((name) => reading(name).includes('from "@opentelemetry/'));
  expect(users.length).toBeGreaterThan(1);
  expect(users.filter((name) => !name.startsWith("tracing/"))).toEqual([]);
  const ofUsers = new RegExp(
    `from "[./]+(?:tracing/)?(?:${users.map((name) => name.slice("tracing/".length)).join("|")})"`,
  );
  const loaders = files.filter((name) => !users.includes(name) && ofUsers.test(reading(name)));
  expect(loaders).toEqual([]);
});

test.each(["away", "silent"] as const)(
  "a collector that is %s keeps nobody waiting, nor the end",
  async (how) => {
    const collector = await startCollector({ isSilent: how === "silent" });
    onTestFinished(collector.stop);
    if (how === "away") await collector.stop();
    let stop: () => Promise<void> = () => Promise.resolve();
    const sett = await startSett({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, SHUTDOWN_DEADLINE: "1s" },
      until: (given) => (stop = given),
    });
    const { codes, data } = await sett.as("demo").askText("{ viewer { login } }");
    expect([codes, data]).toEqual([[], { viewer: { login: "customer-demo" } }]);
    expect(await sett.measured("sett_spans_waiting")).toBeGreaterThan(0);
    const startedAt = performance.now();
    await stop();
    // Left to itself, the library would wait for ten seconds, and try again.
    expect(performance.now() - startedAt).toBeLessThan(8000);
  },
);

/** Ends so many spans at once, under an exporter of one's own. */
function endSpans(count: number, exporter: SpanExporter, room: number) {
  const exporting = countedExporting(exporter, room, createLog("silent"));
  const provider = new BasicTracerProvider({ spanProcessors: [exporting.processor] });
  onTestFinished(() => provider.shutdown());
  const tracer = provider.getTracer("test");
  for (let ended = 0; ended < count; ended += 1) tracer.startSpan("span").end();
  return exporting;
}

test("spans that nobody has taken yet are kept up to a bound; those above it are dropped, and counted", async () => {
  const held: (() => void)[] = [];
  const exporting = endSpans(
    7,
    {
      export: (_spans, done) => void held.push(() => done({ code: ExportResultCode.SUCCESS })),
      shutdown: () => Promise.resolve(),
    },
    2,
  );
  // Two are on their way, and two wait.
  expect(exporting.counts()).toEqual({ outcomes: { exported: 0, failed: 0, dropped: 3 }, waiting: 2 });
  const flushed = exporting.processor.forceFlush();
  for (const go of held) go();
  await flushed;
  expect(exporting.counts()).toEqual({ outcomes: { exported: 4, failed: 0, dropped: 3 }, waiting: 0 });
});

test("spans that are not taken are counted, and said once in the log", async () => {
  const code = ExportResultCode.FAILED;
  const exporting = endSpans(
    3,
    { export: (_spans, done) => done({ code }), shutdown: () => Promise.resolve() },
    10,
  );
  await exporting.processor.forceFlush().catch(() => undefined);
  expect(exporting.counts()).toEqual({ outcomes: { exported: 0, failed: 3, dropped: 0 }, waiting: 0 });
});

const chosenId = "0".repeat(31) + "1";

function keptOf(share: number, flag: TraceFlags): number {
  const sampler = entrySampler(share);
  const parent = { traceId: chosenId, spanId: "1".repeat(16), traceFlags: flag, isRemote: true };
  const context = trace.setSpanContext(ROOT_CONTEXT, parent);
  return Array.from({ length: 200 }, () =>
    sampler.shouldSample(context, chosenId, "POST /graphql", SpanKind.SERVER, {}, []),
  ).filter(({ decision }) => decision === SamplingDecision.RECORD_AND_SAMPLED).length;
}

test("whoever picks a trace's id and says that it is to be kept has no more of theirs kept than others", () => {
  expect(keptOf(0, TraceFlags.SAMPLED)).toBe(0);
  expect(keptOf(1, TraceFlags.NONE)).toBe(200);
  // By the usual rule this id would always be kept.
  expect(keptOf(0.5, TraceFlags.SAMPLED)).toBeGreaterThan(0);
  expect(keptOf(0.5, TraceFlags.SAMPLED)).toBeLessThan(200);
});
