import { NotFound, RateLimited, UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";
import { ClusterRefusal, ClusterUnreachable } from "./cluster.errors.ts";

const busyMs = 1000;

/** What an answer of the cluster that is no yes means to whoever asked for this. */
export function clusterError(error: unknown, noun: string): unknown {
  if (error instanceof ClusterUnreachable) return new UpstreamUnavailable("kubernetes", error.message);
  if (!(error instanceof ClusterRefusal)) return error;
  const { status, reason } = error;
  if (status === 404) return new NotFound(noun);
  if (status === 403)
    return new UpstreamRejected("kubernetes", "The gateway may not do this in the cluster.");
  if (status === 429) return new RateLimited(error.retryAfterMs ?? busyMs, "The cluster is busy.");
  if (status === 401 || status >= 500) return new UpstreamUnavailable("kubernetes", error.message);
  return new UpstreamRejected("kubernetes", `The cluster refused: ${reason ?? status}.`);
}

/** Asks the cluster for something, and makes its refusals those of the graph. */
export async function askCluster<Answer>(ask: () => Promise<Answer>, noun: string): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw clusterError(error, noun);
  }
}
