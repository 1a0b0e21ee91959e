import {
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  type Sampler,
} from "@opentelemetry/sdk-trace-base";

/** Decides by chance alone: whoever calls has chosen the trace's id, and might choose one that is always kept. */
const byChance = (share: number): Sampler => ({
  shouldSample: () => ({
    decision: Math.random() < share ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
  }),
  toString: () => `ByChance{${share}}`,
});

/**
 * Keeps that share of traces, whatever a caller says of its own: what a stranger's header asks for costs nothing. Within
 * the process a span follows the one that it is in.
 */
export function entrySampler(share: number): Sampler {
  const chance = byChance(share);
  return new ParentBasedSampler({
    root: new TraceIdRatioBasedSampler(share),
    remoteParentSampled: chance,
    remoteParentNotSampled: chance,
  });
}
