import type { z } from "zod";
import { ConfigurationError, readConfig, type Config, type UpstreamAddresses } from "../config.ts";
import type { ClusterPlace } from "../services/kubernetes/cluster.source.ts";
import { actualizerVariables } from "./actualizer.variables.ts";
import { processVariables } from "./process.variables.ts";
import { settingsOf, type ActualizerSettings, type ActualizerValues } from "./settings.ts";

/** Every variable that only the actualizer reads. */
export const ownVariables = { ...processVariables, ...actualizerVariables };

type ProcessValues = {
  readonly [Name in keyof typeof processVariables]: z.output<(typeof processVariables)[Name]["type"]>;
};

/** The checked variables that only the actualizer reads. */
export type OwnValues = ActualizerValues & ProcessValues;

/** What the actualizer is configured with: what it shares with the gateway, its own, and what both mean together. */
export interface ActualizerConfig {
  readonly shared: Config;
  readonly own: OwnValues;
  readonly settings: ActualizerSettings;
}

/** The services of a platform that is there, and the cluster that it runs on. */
export interface ActualizedPlatform {
  readonly addresses: UpstreamAddresses;
  readonly place: ClusterPlace;
}

function readOwn(environment: NodeJS.ProcessEnv, problems: string[]): OwnValues {
  const entries = Object.entries(ownVariables).map(([name, { type, unset }]) => {
    const result = type.safeParse(environment[name] || unset);
    if (!result.success)
      problems.push(`${name}: ${result.error.issues.map((issue) => issue.message).join(", ")}`);
    return [name, result.data];
  });
  return Object.fromEntries(entries) as OwnValues;
}

/** What a function throws as problems of the configuration is gathered instead. */
function gathered<Result>(problems: string[], read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** Reads and checks the environment; throws a ConfigurationError that lists all that is wrong with it. */
export function readActualizerConfig(environment: NodeJS.ProcessEnv): ActualizerConfig {
  const problems: string[] = [];
  const shared = gathered(problems, () => readConfig(environment));
  const own = readOwn(environment, problems);
  if (!shared || problems.length > 0) throw new ConfigurationError(problems);
  const settings = settingsOf(own, {
    namespace: shared.upstreams?.kubernetes?.namespace ?? shared.KUBERNETES_NAMESPACE,
    environments: shared.ENVIRONMENTS,
    modelUrl: shared.MODEL_URL_TEMPLATE,
  });
  return { shared, own, settings };
}

/** The platform that a process of its own works for; it needs one, and throws where none is configured. */
export function platformOf({ upstreams }: Config): ActualizedPlatform {
  const problems = [
    ...(upstreams
      ? []
      : ["GITEA_URL, GITEA_TOKEN, GIT_API_URL, CONFIGSTORE_URL: must be set, the actualizer has no sandbox"]),
    ...(upstreams && !upstreams.kubernetes
      ? ["KUBERNETES_URL or KUBECONFIG: one must be set where the actualizer does not run on the cluster"]
      : []),
  ];
  if (!upstreams?.kubernetes) throw new ConfigurationError(problems);
  return { addresses: upstreams, place: upstreams.kubernetes };
}
