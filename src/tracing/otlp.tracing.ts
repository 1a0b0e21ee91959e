import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import {
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  trace,
  type Context,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { getNumberFromEnv, getStringFromEnv, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import type { Registry } from "prom-client";
import type { Log } from "../log.ts";
import { version } from "../version.ts";
import { countedExporting } from "./counted.exporting.ts";
import { entrySampler } from "./entry.sampler.ts";
import { OpenedSpan } from "./opened.span.ts";
import { measureSpans } from "./tracing.metrics.ts";
import type { SpanWanted, Tracing } from "./tracing.ts";

interface Options {
  /** What this process is, unless OTEL_SERVICE_NAME says. */
  readonly service: string;
  readonly log: Log;
  readonly registry: Registry;
  readonly url: string;
}

/** What the library would take, too. */
const usualQueue = 2048;

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

const openSpan = createContextKey("sett.span");

/** In one word why something failed: the code of its error, if it has one of ours or the system's. */
function whyOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]*$|^\d{3}$/.test(code) ? code : "error";
}

const resourceOf = (service: string) =>
  defaultResource()
    .merge(
      resourceFromAttributes({
        "service.name": service,
        "service.version": version.version,
        "service.instance.id": randomUUID(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }));

/** The library's own sampler where one is named; otherwise one that callers have no say in. */
const samplerOf = () =>
  getStringFromEnv("OTEL_TRACES_SAMPLER") === undefined
    ? { sampler: entrySampler(getNumberFromEnv("OTEL_TRACES_SAMPLER_ARG") ?? 1) }
    : {};

/** Sends traces by OTLP over HTTP, as the variables of OpenTelemetry say. */
export function openOtlpTracing({ service, log, registry, url }: Options): Tracing {
  const contexts = new AsyncLocalStorageContextManager().enable();
  const propagator = new W3CTraceContextPropagator();
  const { processor, counts } = countedExporting(
    new OTLPTraceExporter({ url }),
    getNumberFromEnv("OTEL_BSP_MAX_QUEUE_SIZE") ?? usualQueue,
    log,
  );
  measureSpans(registry, counts);
  const resource = resourceOf(service);
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor], ...samplerOf() });
  const tracer = provider.getTracer("sett", version.version);

  const currentIn = (context: Context): OpenedSpan | undefined => {
    const span = context.getValue(openSpan);
    return span instanceof OpenedSpan && !span.isOver ? span : undefined;
  };

  /** The trace that a caller names, without whatever else it says of it: that is nobody's to pass on. */
  const named = ({ headers = {} }: NonNullable<SpanWanted["entry"]>): Context => {
    const { traceparent } = headers;
    return propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
  };

  const parentOf = ({ entry }: SpanWanted): Context | undefined => {
    const active = contexts.active();
    if (currentIn(active)) return active;
    return entry && named(entry);
  };

  return {
    within: async (wanted, work) => {
      const parent = parentOf(wanted);
      if (!parent) return work(undefined);
      const { name, kind, facts } = wanted;
      const started = tracer.startSpan(name, kind ? { kind: kinds[kind] } : {}, parent);
      const span = new OpenedSpan(started);
      if (facts) span.tell(facts);
      try {
        const context = trace.setSpan(parent, started).setValue(openSpan, span);
        return await contexts.with(context, () => work(span));
      } catch (error) {
        span.fail(whyOf(error));
        throw error;
      } finally {
        span.end();
      }
    },
    current: () => currentIn(contexts.active()),
    outside: (work) => contexts.with(ROOT_CONTEXT, work),
    bind: (work) => contexts.bind(contexts.active(), work),
    headers: () => {
      const active = contexts.active();
      const carrier: Record<string, string> = {};
      if (currentIn(active)) propagator.inject(active, carrier, defaultTextMapSetter);
      return carrier;
    },
    stop: async (deadlineMs) => {
      const sent = provider.shutdown().then(
        () => true,
        () => false,
      );
      const isWhole = await Promise.race([sent, wait(Math.max(deadlineMs, 0), false, { ref: false })]);
      contexts.disable();
      return isWhole;
    },
  };
}
