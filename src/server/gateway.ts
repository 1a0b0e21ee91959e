import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import type { Config, UpstreamAddresses } from "../config.ts";
import type { ExampleGroup } from "../examples/example.ts";
import type { Hub } from "../live/hub.ts";
import type { LiveEvents } from "../live/live-events.ts";
import { createMemory } from "../loaders/memory.ts";
import type { Log } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { createPlatformNames } from "../permissions/platform-names.ts";
import { createServices } from "../services/services.ts";
import { startTracing } from "../tracing/start.tracing.ts";
import { versionReport } from "../version.ts";
import { createAdmission } from "./admission/admission.ts";
import { measureAdmission } from "./admission/admission.metrics.ts";
import { createAllowances } from "./admission/allowances.ts";
import { createApollo } from "./apollo.ts";
import { openAudit } from "./audit/open.audit.ts";
import { createDocumentCheck } from "./document-limits.ts";
import { graph } from "./graph.ts";
import { createGraphqlHandler } from "./graphql.handler.ts";
import { identityStrategies } from "./identity.strategies.ts";
import type { IdentityStrategy } from "./identity.ts";
import { startListener, type ListenerOptions } from "./listener.ts";
import { createLive } from "./live/live.ts";
import type { PagePerson } from "./pages.configuration.ts";
import { pagesOptions } from "./pages.options.ts";
import { createPages } from "./pages.ts";
import type { Shared } from "./request-context.ts";
import { createRequestHandler } from "./request.handler.ts";
import { plainRoutes, type Route } from "./routes.ts";
import { createWebhookHandler } from "./webhook.handler.ts";
import { createSignIn } from "./sign-in/sign-in.ts";
import { createOperations } from "./operations/operations.ts";
import { noteLookups } from "./tracing/lookup.notes.ts";
import { traceRoute } from "./tracing/traced.route.ts";
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

/** How long traces have to be sent at the end: a little also where the deadline is over, and never all of a long one. */
const flushMs = { least: 500, most: 2000 };

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
  const tracing = await startTracing(config, { service: "sett", log, registry: metrics.registry });
  const services = createServices({ config, addresses, names, log, metrics, tracing });
  const admission = createAdmission(config, services.vouched);
  const allowances = createAllowances(config, services.vouched);
  measureAdmission(metrics.registry, admission.counts);
  const operations = createOperations(schema, config, { log, metrics, allowances, tracing });
  const apollo = createApollo(schema, config, { log, allowances, operations });
  await apollo.start();

  const audit = openAudit(services, { names, tracing });
  let stopping = false;
  const memory = createMemory(config, services, noteLookups(metrics, tracing));
  const client = addresses.oauth;
  const signIn = client && createSignIn({ config, client, services, memory, log, metrics, audit });
  const given = options.strategies ?? identityStrategies({ config, addresses, services, log });
  // Behind the others: what is shown in words stands over a cookie.
  const strategies = signIn ? [...given, signIn.identity] : given;
  const shared: Shared = {
    ...{ services, memory, names, strategies, log, metrics, tracing },
    ...{ operations, admission, allowances, answerLimit: config.ANSWER_LIMIT, audit },
    operationTimeoutMs: config.OPERATION_TIMEOUT,
  };
  const checkDocument = createDocumentCheck(config);
  const bodyLimit = config.BODY_LIMIT;
  const graphql: Route = createGraphqlHandler({ apollo, shared, bodyLimit, documents, checkDocument });
  const live = createLive({ config, schema, apollo, shared, documents, checkDocument });
  const plain = plainRoutes({
    sdl: config.INTROSPECTION ? sdl : undefined,
    version: versionReport(sdl),
    metrics,
    readiness: services.readiness,
    isStopping: () => stopping,
  });
  const { hooks } = services;
  const traced = (route: Route) => traceRoute(route, tracing);
  const webhooks = createWebhookHandler({ hooks, bodyLimit: config.WEBHOOK_BODY_LIMIT, log, metrics, audit });
  const pages = createPages(pagesOptions(config, { examples, people, signsIn: signIn !== undefined }));
  const handle = createRequestHandler({
    doors: {
      ...{ plain, pages, signIn },
      graphql: traced(graphql),
      eventStream: traced(live.eventStream),
      webhooks: hooks.isOpen ? traced(webhooks) : undefined,
    },
    origins: config.CORS_ORIGINS,
    isStopping: () => stopping,
    ...{ log, metrics },
  });

  const listener = await startListener(listenerOptions(config), handle, live.upgrade);
  services.cluster.start();
  const host = config.HOST.includes(":") ? `[${config.HOST}]` : config.HOST;
  return {
    port: listener.port,
    url: `http://${host}:${listener.port}`,
    hub: services.hub,
    stop: async () => {
      stopping = true;
      listener.drain();
      // Whoever sends connections here learns of it meanwhile, and all is as before for those that still come.
      if (config.DRAIN_DELAY > 0) await wait(config.DRAIN_DELAY);
      // What has come meanwhile and is not read yet is still answered.
      await nextTurn();
      const deadlineMs = config.SHUTDOWN_DEADLINE;
      const stops = [listener.stop(deadlineMs), live.stop(deadlineMs), services.finish(deadlineMs)];
      const startedAt = performance.now();
      const parts = await Promise.all(stops);
      parts.push(await services.settle(deadlineMs - (performance.now() - startedAt)));
      admission.stop();
      await apollo.stop();
      audit.close();
      await services.close();
      const leftMs = deadlineMs - (performance.now() - startedAt);
      await tracing?.stop(Math.min(Math.max(leftMs, flushMs.least), flushMs.most));
      return parts.every(Boolean);
    },
  };
}
