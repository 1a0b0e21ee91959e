import type { z } from "zod";
import { readCluster } from "./cluster.config.ts";
import { readOidc, type OidcIssuer } from "./oidc.config.ts";
import type { ClusterPlace } from "./services/kubernetes/cluster.source.ts";
import { readOAuth } from "./sign-in.config.ts";
import { variables } from "./variables.ts";

type Values = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name]["type"]> };

/** Where people sign in with a browser, and as what the gateway is known there. */
export interface OAuthClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Addresses and credential of the services behind the gateway. */
export interface UpstreamAddresses {
  readonly gitea: string;
  readonly giteaToken: string;
  readonly gitApi: string;
  readonly configstore: string;
  /** Templates: each producer's environment has such services of its own. */
  readonly projectApi: string;
  readonly workspaceApi: string;
  readonly openApi: string;
  readonly slsApi: string;
  /** With the gateway's own name in it, too. */
  readonly gatewayAdmin: string;
  /** Undefined where nothing can be told of what runs. */
  readonly kubernetes: ClusterPlace | undefined;
  /** Undefined where nobody signs in with a browser. */
  readonly oauth?: OAuthClient | undefined;
  /** Undefined where no identity tokens are taken. */
  readonly oidc?: OidcIssuer | undefined;
}

/** The checked configuration; `upstreams` is undefined when the sandbox is to stand in for the platform. */
export interface Config extends Values {
  readonly upstreams: UpstreamAddresses | undefined;
}

/** Thrown with every problem of the environment at once. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(["The configuration is wrong:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.problems = problems;
  }
}

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);
const platform = ["GITEA_URL", "GITEA_TOKEN", "GIT_API_URL", "CONFIGSTORE_URL"] as const;

function readValues(environment: NodeJS.ProcessEnv, problems: string[]): Values {
  const entries = Object.entries(variables).map(([name, { type, unset }]) => {
    const result = type.safeParse(environment[name] || unset);
    if (!result.success)
      problems.push(`${name}: ${result.error.issues.map((issue) => issue.message).join(", ")}`);
    return [name, result.data];
  });
  return Object.fromEntries(entries) as Values;
}

function readUpstreams(
  environment: NodeJS.ProcessEnv,
  values: Values,
  problems: string[],
): UpstreamAddresses | undefined {
  const missing = platform.filter((name) => !environment[name]);
  if (missing.length === platform.length) return undefined;
  problems.push(...missing.map((name) => `${name}: must be set when any of ${platform.join(", ")} is`));
  return {
    gitea: values.GITEA_URL ?? "",
    giteaToken: values.GITEA_TOKEN ?? "",
    gitApi: values.GIT_API_URL ?? "",
    configstore: values.CONFIGSTORE_URL ?? "",
    projectApi: values.PROJECT_API_URL_TEMPLATE,
    workspaceApi: values.WORKSPACE_API_URL_TEMPLATE,
    openApi: values.OPENAPI_URL_TEMPLATE,
    slsApi: values.SLS_API_URL_TEMPLATE,
    gatewayAdmin: values.GATEWAY_ADMIN_URL_TEMPLATE,
    kubernetes: readCluster(environment, values, problems),
    oauth: readOAuth(values, problems),
    oidc: readOidc(values, problems),
  };
}

const services = ["UPSTREAM_TIMEOUT", "WORKSPACE_TIMEOUT", "FUNCTION_TIMEOUT"] as const;

/** Who is waited for as long as a query lasts is never found to be down by any: the query is over before. */
function checkPatience(values: Values, problems: string[]): void {
  for (const name of services) {
    if (values[name] >= values.OPERATION_TIMEOUT) {
      problems.push(`${name}: must be shorter than OPERATION_TIMEOUT`);
    }
  }
}

/** Reads and checks the environment; throws a ConfigurationError that lists all that is wrong with it. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const values = readValues(environment, problems);
  const upstreams = readUpstreams(environment, values, problems);
  checkPatience(values, problems);
  // A value with a problem of its own is not there.
  const environments = values.ENVIRONMENTS as readonly string[] | undefined;
  if (environments?.includes(values.FUNCTIONS_REPOSITORY)) {
    problems.push("FUNCTIONS_REPOSITORY: must not be an environment's repository as well");
  }
  if (!upstreams && values.GITEA_OAUTH_CLIENT_ID !== undefined) {
    problems.push(
      "GITEA_OAUTH_CLIENT_ID: means nothing without GITEA_URL: the sandbox has a client of its own",
    );
  }
  if (!upstreams && !loopback.has(values.HOST) && !values.SANDBOX_EXPOSED) {
    problems.push(
      `HOST: ${values.HOST} would show the sandbox, whose tokens everybody knows, to other machines; set SANDBOX_EXPOSED=true if that is meant`,
    );
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { ...values, upstreams };
}
