import { GraphQLSchema } from "graphql";
import { Registry } from "prom-client";
import { measureControllers } from "../src/actualizer/controller/controller.metrics.ts";
import { createProducerStates } from "../src/actualizer/projecting/producer.states.ts";
import { createProjectingMetrics } from "../src/actualizer/projecting/projecting.metrics.ts";
import { createMetrics } from "../src/metrics.ts";
import { measureAdmission } from "../src/server/admission/admission.metrics.ts";
import { measureHub, measureLag, measureSocketLimit } from "../src/server/live/hub.metrics.ts";
import { createDeprecatedCount } from "../src/server/operations/deprecated.fields.ts";
import { measureSignIns } from "../src/server/sign-in/sign-in.metrics.ts";
import { measureDeployments } from "../src/services/functions/deployments/deployment.metrics.ts";
import { measureWatches } from "../src/services/kubernetes/cluster.metrics.ts";
import { measureLogs } from "../src/services/kubernetes/logs/log.metrics.ts";
import { createRedisMetrics, measureRedisStanding } from "../src/services/redis/redis.metrics.ts";
import { measureLockWaits } from "../src/services/workspace/lock/lock.metrics.ts";
import { measureWrites } from "../src/services/write-queue.metrics.ts";
import { measureSpans } from "../src/tracing/tracing.metrics.ts";

/** A metric as it is registered. */
export interface ListedMetric {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** What only somebody who reads a value would ask for: here nobody does. */
const unread = (): never => {
  throw new Error("The list of metrics has no values.");
};

/** All that a gateway with everything configured tells. */
function gatewayRegistry(): Registry {
  const { registry } = createMetrics();
  measureAdmission(registry, unread);
  measureHub(registry, unread, unread);
  measureLag(registry);
  measureSocketLimit(registry, 0);
  measureSignIns(registry);
  measureSpans(registry, unread);
  measureLockWaits(registry);
  measureWrites(registry, unread);
  measureDeployments(registry, { onChange: () => () => undefined });
  createRedisMetrics(registry);
  measureRedisStanding(registry, undefined);
  measureWatches(registry, []);
  measureLogs(registry, unread);
  createDeprecatedCount(new GraphQLSchema({}), registry);
  return registry;
}

/** What an actualizer tells of its own. */
function actualizerRegistry(): Registry {
  const registry = new Registry();
  measureControllers(registry, [], unread);
  createProjectingMetrics(registry, createProducerStates());
  return registry;
}

const listed = (registry: Registry): readonly ListedMetric[] =>
  registry
    .getMetricsAsArray()
    .map((metric) => {
      const { name, type, help } = metric as unknown as ListedMetric;
      const { labelNames = [] } = metric as unknown as { readonly labelNames?: readonly string[] };
      return { name, type, help, labels: [...labelNames] };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));

/** All metrics of both processes: ours, and those that Node.js has of each. */
export const allMetrics = (): readonly ListedMetric[] => [
  ...listed(gatewayRegistry()),
  ...listed(actualizerRegistry()),
];

/** Those that have a meaning of ours, which the docs list. */
export const ownMetrics = (): readonly ListedMetric[] =>
  allMetrics().filter(({ name }) => name.startsWith("sett_"));
