import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import cors from "cors";
import type { Config, UpstreamAddresses } from "../config.ts";
import type { ExampleGroup } from "../examples/example.ts";
import type { Hub } from "../live/hub.ts";
import type { LiveEvents } from "../live/live-events.ts";
import { createMemory } from "../loaders/memory.ts";
import type { Log } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { createPlatformNames } from "../permissions/platform-names.ts";
import { createServices } from "../services/services.ts";
import { createAdmission } from "./admission/admission.ts";
import { measureAdmission } from "./admission/admission.metrics.ts";
import { createAllowances } from "./admission/allowances.ts";
import { createApollo } from "./apollo.ts";
import { createDocumentCheck } from "./document-limits.ts";
import { graph } from "./graph.ts";
import { createGraphqlHandler } from "./graphql.handler.ts";
import { identityStrategies } from "./identity.strategies.ts";
import type { IdentityStrategy } from "./identity.ts";
import { startListener, type ListenerOptions } from "./listener.ts";
import { createLive } from "./live/live.ts";
import type { PagePerson } from "./pages.configuration.ts";
import { createPages } from "./pages.ts";
import { requestIdOf, type Shared } from "./request-context.ts";
import { createWebhookHandler, webhookPath } from "./webhook.handler.ts";
import { broken, notAllowed, notFound, plainRoutes, type Route } from "./routes.ts";
import { createSignIn } from "./sign-in/sign-in.ts";
import { createOperations } from "./operations/operations.ts";
import { createTrustedDocuments } from "./trusted/trusted.documents.ts";

/** What a gateway is made of besides its configuration. */
export interface GatewayOptions {
  readonly addresses: UpstreamAddresses;
  readonly log: Log;
  /** What the explorer offers to try. */
  readonly examples: readonly ExampleGroup[];
  /** Whom its pages let everybody become: the sandbox's people. */
  readonly people?: readonly PagePerson[];
  /** In the order in which they are tried. */
  readonly strategies?: readonly IdentityStrategy[];
}

/** A running gateway. */
export interface Gateway {
  readonly port: number;
  readonly url: string;
  /** What tells those who listen, for whoever started it in their own process. */
  readonly hub: Pick<Hub<LiveEvents>, "publish">;
  /** Finishes what is running, within the configured deadline; true when nothing had to be cut off. */
  readonly stop: () => Promise<boolean>;
}

/** Where answers come as streams of events. */
const eventStreamPath = "/graphql/stream";

const graphqlPaths = ["/graphql", "/gql", eventStreamPath];
const otherPaths = [...graphqlPaths, webhookPath, "/", "/board"];

/** Where the built pages are: beside the compiled gateway, whichever way this file was loaded. */
const pagesFolder = fileURLToPath(new URL("../../dist/pages", import.meta.url));

/** Whether a browser asks for a page that is from elsewhere, or asks whether it may. */
const asksAcross = ({ headers, method }: IncomingMessage) =>
  headers.origin !== undefined || method === "OPTIONS";

const listenerOptions = (config: Config): ListenerOptions => ({
  host: config.HOST,
  port: config.PORT,
  connections: config.CONNECTION_LIMIT,
  underway: {
    uploads: config.UPLOAD_LIMIT,
    unreadBytes: config.UNREAD_LIMIT,
    answerTimeoutMs: config.ANSWER_TIMEOUT,
  },
});

export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const { addresses, log, examples, people = [] } = options;
  const { schema, sdl } = graph();
  const documents = createTrustedDocuments(config, schema);
  if (config.DOCUMENTS === "register") {
    log.warn("DOCUMENTS=register keeps what anybody sends: it is for development");
  }
  const metrics = createMetrics();
  const names = createPlatformNames(config, addresses.giteaToken);
  const services = createServices({ config, addresses, names, log, metrics });
  const admission = createAdmission(config, services.vouched);
  const allowances = createAllowances(config, services.vouched);
  measureAdmission(metrics.registry, admission.counts);
  const operations = createOperations(schema, config, { log, metrics, allowances });
  const apollo = createApollo(schema, config, { log, allowances, operations });
  await apollo.start();

  let stopping = false;
  const memory = createMemory(config, services);
  const client = addresses.oauth;
  const signIn = client && createSignIn({ config, client, services, memory, log, metrics });
  const given = options.strategies ?? identityStrategies({ config, addresses, services, log });
  // Behind the others: what is shown in words stands over a cookie.
  const strategies = signIn ? [...given, signIn.identity] : given;
  const shared: Shared = {
    ...{ services, memory, names, strategies, log, metrics },
    ...{ operations, admission, allowances, answerLimit: config.ANSWER_LIMIT },
    operationTimeoutMs: config.OPERATION_TIMEOUT,
  };
  const checkDocument = createDocumentCheck(config);
  const bodyLimit = config.BODY_LIMIT;
  const graphql: Route = createGraphqlHandler({ apollo, shared, bodyLimit, documents, checkDocument });
  const live = createLive({ config, schema, apollo, shared, documents, checkDocument });
  const plain = plainRoutes({
    sdl: config.INTROSPECTION ? sdl : undefined,
    metrics,
    readiness: services.readiness,
    isStopping: () => stopping,
  });
  const { hooks } = services;
  const webhooks = createWebhookHandler({ hooks, bodyLimit: config.WEBHOOK_BODY_LIMIT, log, metrics });
  const pages = createPages({
    folder: pagesFolder,
    ...{ endpoint: "/graphql", examples, people },
    ...(config.INTROSPECTION ? { schema: "/schema.graphql" } : {}),
    // Its editor is for what is not registered yet, and lives on introspection.
    explorer: config.EXPLORER && config.DOCUMENTS !== "trusted",
    board: config.BOARD,
    signIn: { gitea: signIn !== undefined },
  });
  const allowOrigin = cors({
    origin: [...config.CORS_ORIGINS],
    exposedHeaders: ["x-request-id"],
    maxAge: 600,
  });

  const route = (path: string, request: IncomingMessage, response: ServerResponse, requestId: string) => {
    if (path === "/graphql" || path === "/gql") return graphql(request, response, requestId);
    if (path === eventStreamPath) return live.eventStream(request, response, requestId);
    if (path === webhookPath && hooks.isOpen) return webhooks(request, response, requestId);
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

  const known = new Set([...Object.keys(plain), ...Object.keys(signIn?.routes ?? {}), ...otherPaths]);

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const requestId = requestIdOf(request.headers);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    response.setHeader("x-request-id", requestId);
    // Whatever goes wrong with one answer must not end the process.
    response.on("error", (error) => log.info({ requestId, why: error.message }, "an answer broke"));
    if (stopping) response.shouldKeepAlive = false;
    metrics.running.inc();
    response.once("close", () => {
      metrics.running.dec();
      metrics.requests.inc(known.has(path) ? path : "other", String(response.statusCode));
    });
    if (asksAcross(request))
      return allowOrigin(request, response, () => respond(path, request, response, requestId));
    // A cache may not give this answer to a page that asks from elsewhere.
    response.setHeader("vary", "Origin");
    void respond(path, request, response, requestId);
  };

  const listener = await startListener(listenerOptions(config), handle, live.upgrade);
  services.cluster.start();
  const host = config.HOST.includes(":") ? `[${config.HOST}]` : config.HOST;
  return {
    port: listener.port,
    url: `http://${host}:${listener.port}`,
    hub: services.hub,
    stop: async () => {
      stopping = true;
      const deadlineMs = config.SHUTDOWN_DEADLINE;
      const stops = [listener.stop(deadlineMs), live.stop(deadlineMs), services.finish(deadlineMs)];
      const startedAt = performance.now();
      const parts = await Promise.all(stops);
      parts.push(await services.settle(deadlineMs - (performance.now() - startedAt)));
      admission.stop();
      await apollo.stop();
      await services.close();
      return parts.every(Boolean);
    },
  };
}
