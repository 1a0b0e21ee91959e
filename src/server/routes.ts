import type { IncomingMessage, ServerResponse } from "node:http";
import type { Metrics } from "../metrics.ts";
import type { ReadinessService } from "../services/readiness.service.ts";
import type { VersionReport } from "../version.ts";

/** Answers one request at a known path. */
export type Route = (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
) => Promise<void> | void;

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    })
    .end(body);
}

const json = (response: ServerResponse, status: number, body: object) =>
  send(response, status, "application/json", JSON.stringify(body));

interface Means {
  readonly sdl: string | undefined;
  readonly version: VersionReport;
  readonly metrics: Metrics;
  readonly readiness: ReadinessService;
  readonly isStopping: () => boolean;
}

/** The pages for those who run the gateway, and the schema for those who write against it. */
export function plainRoutes({ sdl, version, metrics, readiness, isStopping }: Means): Record<string, Route> {
  return {
    "/livez": (_request, response) => json(response, 200, { alive: true }),
    "/version": (_request, response) => json(response, 200, version),
    "/readyz": async (_request, response, requestId) => {
      const { needed, helpful } = await readiness.check(requestId);
      const away = (upstreams: object) =>
        Object.entries(upstreams).flatMap(([name, isReady]) => (isReady === true ? [] : [name]));
      const notReady = away(needed);
      const ready = !isStopping() && notReady.length === 0;
      json(response, ready ? 200 : 503, {
        ready,
        stopping: isStopping(),
        notReady,
        degraded: away(helpful),
        upstreams: { ...needed, ...helpful },
      });
    },
    "/metrics": async (_request, response) => {
      response.setHeader("content-type", metrics.registry.contentType);
      response.end(await metrics.registry.metrics());
    },
    ...(sdl === undefined
      ? {}
      : { "/schema.graphql": (_request, response) => send(response, 200, "text/plain", sdl) }),
  };
}

/** For a request that is no GraphQL and cannot be answered well. */
export function plainError(response: ServerResponse, status: number, error: string): void {
  json(response, status, { error });
}

/** For a path at which nothing is. */
export function notFound(response: ServerResponse): void {
  json(response, 404, { error: "There is nothing here. GraphQL is at /graphql." });
}

/** For a method that a page does not take. */
export function notAllowed(response: ServerResponse): void {
  response.setHeader("allow", "GET, HEAD");
  json(response, 405, { error: "Only GET is taken here." });
}

/** For a request during which the gateway broke. */
export function broken(response: ServerResponse, requestId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = "Something broke in the gateway.";
  json(response, 500, { errors: [{ message, extensions: { code: "INTERNAL_SERVER_ERROR", requestId } }] });
}
