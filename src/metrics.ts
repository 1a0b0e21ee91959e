import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { version } from "./version.ts";
import { talliedCounter, talliedGauge, type TalliedCounter, type TalliedGauge } from "./tallied.counter.ts";

const seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the process tells Prometheus about itself. */
export interface Metrics {
  readonly registry: Registry;
  readonly operations: Histogram<"type" | "outcome">;
  readonly executions: Counter<"by">;
  readonly compilations: Counter<"outcome">;
  /** By path and status. */
  readonly requests: TalliedCounter;
  readonly running: TalliedGauge;
  readonly upstreamCalls: Histogram<"upstream" | "method" | "status">;
  readonly upstreamStreams: Gauge<"upstream">;
  readonly upstreamsLeftAlone: Gauge<"upstream">;
  readonly upstreamsTried: Gauge<"upstream">;
  readonly upstreamRetries: Counter<"upstream">;
  readonly upstreamsBusy: Counter<"upstream">;
  readonly webhooks: Counter<"outcome">;
  /** By permission and outcome. */
  readonly decisions: TalliedCounter;
  /** Questions about people and permissions, by what about and where the answer came from. */
  readonly lookups: TalliedCounter;
  readonly sockets: Gauge<"transport">;
  readonly subscriptions: Gauge;
  readonly events: Counter;
  readonly payloads: Counter;
  readonly subscriptionEnds: Counter<"reason">;
}

let ofProcess: Registry | undefined;

/** Adds what Node.js tells of the process. It is measured once: its observers and timers cannot be taken back. */
function addProcess(registry: Registry): void {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  for (const { name } of ofProcess.getMetricsAsArray()) {
    const metric = ofProcess.getSingleMetric(name);
    if (metric) registry.registerMetric(metric);
  }
}

/** Says which build it is. */
function tellBuild(registry: Registry): void {
  const { version: number, commit = "", builtAt = "" } = version;
  const labels = { version: number, commit, built_at: builtAt };
  new Gauge({
    name: "sett_build_info",
    help: "1, by the version, commit and time of the build.",
    labelNames: Object.keys(labels),
    registers: [registry],
  }).set(labels, 1);
}

/** What a gateway measures, in a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  addProcess(registry);
  tellBuild(registry);
  return {
    registry,
    operations: new Histogram({
      name: "sett_operation_seconds",
      help: "GraphQL operations by type and by the code of their first error, or ok.",
      labelNames: ["type", "outcome"],
      buckets: seconds,
      registers,
    }),
    executions: new Counter({
      name: "sett_executions_total",
      help: "Operations run past the server, by compiled code or interpreted.",
      labelNames: ["by"],
      registers,
    }),
    compilations: new Counter({
      name: "sett_compilations_total",
      help: "Queries that came often enough to be compiled, by outcome: compiled, unsuitable, or failed later.",
      labelNames: ["outcome"],
      registers,
    }),
    requests: talliedCounter({
      name: "sett_http_requests_total",
      help: "HTTP requests by known path and status.",
      labelNames: ["path", "status"],
      registers,
    }),
    running: talliedGauge({
      name: "sett_http_requests_running",
      help: "HTTP requests being answered.",
      registers,
    }),
    upstreamCalls: new Histogram({
      name: "sett_upstream_call_seconds",
      help: "Calls to services behind the gateway by service, method, and status or failure.",
      labelNames: ["upstream", "method", "status"],
      buckets: seconds,
      registers,
    }),
    upstreamStreams: new Gauge({
      name: "sett_upstream_streams_wanted",
      help: "Streams of events of services behind the gateway that somebody here listens to, by service.",
      labelNames: ["upstream"],
      registers,
    }),
    upstreamsLeftAlone: new Gauge({
      name: "sett_upstreams_left_alone",
      help: "Services behind the gateway that failed so often that they are not asked for now, by kind.",
      labelNames: ["upstream"],
      registers,
    }),
    upstreamsTried: new Gauge({
      name: "sett_upstreams_tried",
      help: "Of those that are left alone: how many one call is finding out about just now (half open), by kind.",
      labelNames: ["upstream"],
      registers,
    }),
    upstreamRetries: new Counter({
      name: "sett_upstream_retries_total",
      help: "Reads that were sent to a service behind the gateway again, by service.",
      labelNames: ["upstream"],
      registers,
    }),
    upstreamsBusy: new Counter({
      name: "sett_upstream_turned_away_total",
      help: "Reads that were refused because too many waited for their turn at a service, by service.",
      labelNames: ["upstream"],
      registers,
    }),
    webhooks: new Counter({
      name: "sett_webhooks_total",
      help: "Webhooks of Gitea's by what became of them: told, ignored, repeated, refused or unreadable.",
      labelNames: ["outcome"],
      registers,
    }),
    decisions: talliedCounter({
      name: "sett_permission_decisions_total",
      help: "Permission decisions by permission and outcome: granted, lacking or absent.",
      labelNames: ["permission", "outcome"],
      registers,
    }),
    lookups: talliedCounter({
      name: "sett_permission_lookups_total",
      help: "Questions about who somebody is and what they may do, by what about (viewer, repository or repositories) and where the answer came from: asked of Gitea, kept, or shared with one on its way.",
      labelNames: ["about", "source"],
      registers,
    }),
    sockets: new Gauge({
      name: "sett_sockets_open",
      help: "WebSockets and event streams that are open.",
      labelNames: ["transport"],
      registers,
    }),
    subscriptions: new Gauge({
      name: "sett_subscriptions_running",
      help: "Subscriptions that run.",
      registers,
    }),
    events: new Counter({
      name: "sett_subscription_events_total",
      help: "Events sent to subscribers.",
      registers,
    }),
    payloads: new Counter({
      name: "sett_subscription_payloads_total",
      help: "Answers made of events: one for all who are to get the same.",
      registers,
    }),
    subscriptionEnds: new Counter({
      name: "sett_subscription_ends_total",
      help: "Subscriptions that ended, by the code of the error that ended them, or by whoever did: client or source.",
      labelNames: ["reason"],
      registers,
    }),
  };
}
