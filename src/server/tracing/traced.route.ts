import type { Tracing } from "../../tracing/tracing.ts";
import type { Route } from "../routes.ts";

/** The same route, each request to it a span: of the trace that its header names, or the first of one. */
export function traceRoute(route: Route, tracing: Tracing | undefined): Route {
  if (!tracing) return route;
  return (request, response, requestId) => {
    const { headers, method = "", url = "/" } = request;
    const [path = "/"] = url.split("?", 1);
    const facts = { "http.request.method": method, "url.path": path, "sett.request_id": requestId };
    const wanted = { name: `${method} ${path}`, kind: "server", entry: { headers }, facts } as const;
    return tracing.within(wanted, async (span) => {
      await route(request, response, requestId);
      const status = response.statusCode;
      span?.tell({ "http.response.status_code": status });
      if (status >= 500) span?.fail(String(status));
    });
  };
}
