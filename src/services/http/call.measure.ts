import type { UpstreamName } from "../../errors.ts";
import type { Metrics } from "../../metrics.ts";

/** Measures calls to a service; what Prometheus calls each outcome is worked out once. */
export function callMeasure(upstream: UpstreamName, { upstreamCalls }: Pick<Metrics, "upstreamCalls">) {
  const outcomes = new Map<string, ReturnType<typeof upstreamCalls.labels>>();
  return (method: string, status: string, seconds: number): void => {
    const key = `${method} ${status}`;
    const known = outcomes.get(key) ?? upstreamCalls.labels({ upstream, method, status });
    outcomes.set(key, known);
    known.observe(seconds);
  };
}
