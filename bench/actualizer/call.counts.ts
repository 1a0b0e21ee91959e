import type { RecordedRequest, SandboxServer } from "../../src/sandbox/http.ts";

/** How often who was asked what, such as `cluster PATCH deployments`. */
export type CallCounts = Readonly<Record<string, number>>;

const drainEachMs = 50;

function kindOf({ method, path }: RecordedRequest): string {
  const [address = "", query = ""] = path.split("?");
  const verb = query.includes("watch=") ? "WATCH" : method;
  const plural = /\/namespaces\/[^/]+\/([^/]+)/.exec(address)?.[1];
  return plural === undefined ? verb : `${verb} ${plural}`;
}

/** Counts what servers are asked, who keep only the latest requests themselves. */
export function countCalls(servers: Readonly<Record<string, SandboxServer>>): () => CallCounts {
  const counts = new Map<string, number>();
  const drain = () => {
    for (const [name, server] of Object.entries(servers)) {
      for (const request of server.requests) {
        const key = `${name} ${kindOf(request)}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      server.clearRequests();
    }
  };
  setInterval(drain, drainEachMs).unref();
  return () => {
    drain();
    return Object.fromEntries(counts);
  };
}

/** The calls between two counts, of those that are meant. */
export function callsBetween(
  before: CallCounts,
  after: CallCounts,
  isMeant: (key: string) => boolean,
): number {
  return Object.entries(after)
    .filter(([key]) => isMeant(key))
    .reduce((sum, [key, count]) => sum + count - (before[key] ?? 0), 0);
}
