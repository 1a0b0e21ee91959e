import { ExportResultCode, type ExportResult } from "@opentelemetry/core";
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { Log } from "../log.ts";
import type { SpanCounts } from "./tracing.metrics.ts";

/** Sends spans in batches, and knows what became of them. */
export interface CountedExporting {
  readonly processor: SpanProcessor;
  readonly counts: () => SpanCounts;
}

const isSampled = (span: ReadableSpan) => (span.spanContext().traceFlags & 1) === 1;

/**
 * The library's queue is bounded and drops what is too much, and its exporter fails; neither tells anybody who asks.
 * So what goes in and out of them is counted here.
 */
export function countedExporting(exporter: SpanExporter, maxQueueSize: number, log: Log): CountedExporting {
  const outcomes = { exported: 0, failed: 0, dropped: 0 };
  let waiting = 0;
  let isFailing = false;

  const learn = (failed: boolean) => {
    if (failed && !isFailing) log.warn("spans of traces are not taken where they are sent");
    if (!failed && isFailing) log.info("spans of traces are taken again");
    isFailing = failed;
  };

  const counted: SpanExporter = {
    export: (spans, done) => {
      waiting -= spans.length;
      exporter.export(spans, (result: ExportResult) => {
        const failed = result.code !== ExportResultCode.SUCCESS;
        outcomes[failed ? "failed" : "exported"] += spans.length;
        learn(failed);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
  const batches = new BatchSpanProcessor(counted, { maxQueueSize });

  return {
    counts: () => ({ outcomes, waiting }),
    processor: {
      onStart: (span, context) => batches.onStart(span, context),
      onEnd: (span) => {
        if (!isSampled(span)) return;
        // It would not be kept there either, and nobody would know.
        if (waiting >= maxQueueSize) {
          outcomes.dropped += 1;
          return;
        }
        waiting += 1;
        batches.onEnd(span);
      },
      forceFlush: () => batches.forceFlush(),
      shutdown: () => batches.shutdown(),
    },
  };
}
