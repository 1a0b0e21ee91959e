import type { OpenSpan, Tracing } from "../../tracing/tracing.ts";
import type { ClusterCall } from "./cluster.connection.ts";
import { ClusterRefusal } from "./cluster.errors.ts";

/** Where a call goes, without the names of a namespace or an object: in a path of the API these have places of their own. */
export function clusterRoute(path: readonly string[]): string {
  const start = path[0] === "apis" ? 3 : 2;
  const named = path[start] === "namespaces" ? [start + 1, start + 3] : [start + 1];
  return `/${path.map((part, index) => (named.includes(index) ? "*" : part)).join("/")}`;
}

/** Makes a call to the cluster a span of whoever asks; where nobody traces, or it is nobody's operation, it is none. */
export function traceClusterCall<Answer>(
  tracing: Tracing | undefined,
  { method = "GET", path }: Pick<ClusterCall, "method" | "path">,
  ask: (span?: OpenSpan) => Promise<Answer>,
): Promise<Answer> {
  if (!tracing) return ask();
  const facts = {
    "sett.upstream": "kubernetes",
    "http.request.method": method,
    "url.template": clusterRoute(path),
  };
  return tracing.within({ name: `${method} kubernetes`, kind: "client", facts }, async (span) => {
    try {
      return await ask(span);
    } catch (error) {
      if (error instanceof ClusterRefusal) span?.tell({ "http.response.status_code": error.status });
      throw error;
    }
  });
}
