import type { Registry } from "prom-client";
import type { Log } from "../log.ts";
import type { Tracing } from "./tracing.ts";
import type { TracingSettings } from "../tracing.variables.ts";

/** Who sends traces, and where what becomes of them is told. */
interface Means {
  readonly service: string;
  readonly log: Log;
  readonly registry: Registry;
}

/** Where traces are sent; undefined where nobody collects any. */
function addressOf(settings: TracingSettings): string | undefined {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole, OTEL_EXPORTER_OTLP_ENDPOINT: base } = settings;
  if (settings.OTEL_SDK_DISABLED) return undefined;
  return whole ?? (base === undefined ? undefined : `${base}/v1/traces`);
}

/** Begins to trace, if anybody collects that; otherwise nothing of it is loaded. */
export async function startTracing(settings: TracingSettings, means: Means): Promise<Tracing | undefined> {
  const url = addressOf(settings);
  if (url === undefined) return undefined;
  const { openOtlpTracing } = await import("./otlp.tracing.ts");
  return openOtlpTracing({ ...means, url });
}
