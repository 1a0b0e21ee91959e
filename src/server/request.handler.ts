import type { IncomingMessage, ServerResponse } from "node:http";
import cors from "cors";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { requestIdOf } from "./request-context.ts";
import { broken, notAllowed, notFound, type Route } from "./routes.ts";
import type { SignIn } from "./sign-in/sign-in.ts";
import { webhookPath } from "./webhook.handler.ts";

/** Where answers come as streams of events. */
const eventStreamPath = "/graphql/stream";

const graphqlPaths = ["/graphql", "/gql", eventStreamPath];
const otherPaths = [...graphqlPaths, webhookPath, "/", "/board"];

/** What answers where. */
export interface Doors {
  readonly graphql: Route;
  readonly eventStream: Route;
  /** Undefined where nobody takes any. */
  readonly webhooks: Route | undefined;
  readonly signIn: SignIn | undefined;
  /** By their paths; only read. */
  readonly plain: Readonly<Record<string, Route>>;
  readonly pages: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
}

interface Means {
  readonly doors: Doors;
  /** Whose pages may ask from elsewhere. */
  readonly origins: readonly string[];
  readonly isStopping: () => boolean;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Whether a browser asks for a page that is from elsewhere, or asks whether it may. */
const asksAcross = ({ headers, method }: IncomingMessage) =>
  headers.origin !== undefined || method === "OPTIONS";

/** Hands each request to what answers at its path, and keeps count. */
export function createRequestHandler({ doors, origins, isStopping, log, metrics }: Means) {
  const { graphql, eventStream, webhooks, signIn, plain, pages } = doors;
  const allowOrigin = cors({ origin: [...origins], exposedHeaders: ["x-request-id"], maxAge: 600 });
  const known = new Set([...Object.keys(plain), ...Object.keys(signIn?.routes ?? {}), ...otherPaths]);

  const route = (path: string, request: IncomingMessage, response: ServerResponse, requestId: string) => {
    if (path === "/graphql" || path === "/gql") return graphql(request, response, requestId);
    if (path === eventStreamPath) return eventStream(request, response, requestId);
    if (path === webhookPath && webhooks) return webhooks(request, response, requestId);
    const signingIn = signIn?.routes[path];
    if (signingIn) return signingIn(request, response, requestId);
    const page = plain[path];
    if (page && !["GET", "HEAD"].includes(request.method ?? "")) return notAllowed(response);
    if (page) return page(request, response, requestId);
    return pages(request, response, () => notFound(response));
  };

  const respond = async (...asked: Parameters<typeof route>) => {
    const [path, request, response, requestId] = asked;
    try {
      const attending = graphqlPaths.includes(path) ? signIn?.attend(request, response) : undefined;
      if (attending) await attending;
      await route(...asked);
    } catch (error) {
      log.error({ err: error, requestId }, "the gateway broke");
      broken(response, requestId);
    }
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const requestId = requestIdOf(request.headers);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    response.setHeader("x-request-id", requestId);
    // Whatever goes wrong with one answer must not end the process.
    response.on("error", (error) => log.info({ requestId, why: error.message }, "an answer broke"));
    if (isStopping()) response.shouldKeepAlive = false;
    metrics.running.inc();
    response.once("close", () => {
      metrics.running.dec();
      metrics.requests.inc(known.has(path) ? path : "other", String(response.statusCode));
    });
    if (asksAcross(request)) {
      return allowOrigin(request, response, () => respond(path, request, response, requestId));
    }
    // A cache may not give this answer to a page that asks from elsewhere.
    response.setHeader("vary", "Origin");
    void respond(path, request, response, requestId);
  };
}
