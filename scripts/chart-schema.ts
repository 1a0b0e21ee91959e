import { ownVariables } from "../src/actualizer/actualizer.config.ts";
import { variables } from "../src/variables.ts";

/** The variables that hold secrets: the chart takes them from a Secret, and in no other way. */
export const secretVariables = [
  "GITEA_TOKEN",
  "ENVIRONMENT_SECRET",
  "GITEA_WEBHOOK_SECRET",
  "SESSION_SECRET",
  "GITEA_OAUTH_CLIENT_SECRET",
  "KUBERNETES_TOKEN",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "REDIS_URL",
] as const;

/** The variables that the chart sets itself, from values of its own. */
export const chartVariables = [
  "HOST",
  "PORT",
  "KUBERNETES_NAMESPACE",
  "ACTUALIZER",
  "DRAIN_DELAY",
  "SHUTDOWN_DEADLINE",
  "ACTUALIZER_HOST",
  "ACTUALIZER_PORT",
  "ACTUALIZER_APPLY_CRDS",
] as const;

const setElsewhere = new Set<string>([...secretVariables, ...chartVariables]);
/** The chart is for a platform that is there, so nothing of the sandbox is. */
const isOfSandbox = (name: string) => name.startsWith("SANDBOX_");
const settable = (all: object) =>
  Object.keys(all).filter((name) => !setElsewhere.has(name) && !isOfSandbox(name));

interface Schema {
  readonly definitions: object;
}

/** The schema of the chart's values, with the names of the variables that there are: a misspelt one is refused. */
export function chartSchema(text: string): string {
  const schema = JSON.parse(text) as Schema;
  const definitions = {
    ...schema.definitions,
    gatewayVariable: { enum: settable(variables) },
    actualizerVariable: { enum: settable({ ...variables, ...ownVariables }) },
    secretVariable: { enum: secretVariables },
    chartVariable: { enum: chartVariables },
  };
  return JSON.stringify({ ...schema, definitions });
}
