import { randomUUID } from "node:crypto";
import { startConfigstore } from "./configstore/configstore.server.ts";
import type { GatewayTiming } from "./express-gateway/gateway.timing.ts";
import { startGateways, type Gateways } from "./express-gateway/gateways.ts";
import { startGitApi, type GitApi } from "./git-api/git-api.server.ts";
import type { GiteaTiming } from "./gitea/gitea.state.ts";
import { startGitea, type GiteaSandbox } from "./gitea/gitea.server.ts";
import type { SandboxServer } from "./http.ts";
import type { ExampleGroup } from "../examples/example.ts";
import { sandboxExamples } from "./examples.ts";
import type { ClusterTiming } from "./kubernetes/cluster.timing.ts";
import { startKubernetes, type Kubernetes } from "./kubernetes/kubernetes.server.ts";
import type { ListenAt } from "./listening.ts";
import { deployments } from "./kubernetes/resource.kinds.ts";
import { startIssuer, type IssuerSandbox } from "./oidc/issuer.server.ts";
import type { SandboxAddresses } from "./sandbox.addresses.ts";
import { addHooks, sandboxPeople, seed, type SandboxPerson } from "./seed.ts";
import { deployedFunctions } from "./seed/function.files.ts";
import { startFunctionServices, type FunctionServices } from "./sls/function.services.ts";
import type { FunctionTiming } from "./sls/function.timing.ts";
import type { WorkspaceTiming } from "./workspace/workspace.timing.ts";
import { startWorkspaces, type Workspaces } from "./workspace/workspaces.ts";

/** A whole platform in this process, on loopback ports of its own. */
export interface Sandbox {
  readonly addresses: SandboxAddresses;
  readonly gitea: GiteaSandbox;
  readonly gitApi: GitApi;
  readonly configstore: SandboxServer;
  readonly workspaces: Workspaces;
  readonly gateways: Gateways;
  readonly functions: FunctionServices;
  readonly kubernetes: Kubernetes;
  readonly oidc: IssuerSandbox;
  /** What to try on it, for the explorer. */
  readonly examples: readonly ExampleGroup[];
  /** Who is on it, with the tokens that everybody knows. */
  readonly people: readonly SandboxPerson[];
  /** What to tell somebody who has just started it. */
  readonly banner: readonly string[];
  readonly stop: () => Promise<void>;
}

interface SandboxOptions {
  readonly PRODUCER_PREFIX: string;
  readonly ENVIRONMENTS: readonly string[];
  readonly FUNCTIONS_REPOSITORY: string;
  readonly timing?: Partial<GiteaTiming>;
  readonly workspaceTiming?: Partial<WorkspaceTiming>;
  readonly gatewayTiming?: Partial<GatewayTiming>;
  readonly functionTiming?: Partial<FunctionTiming>;
  readonly clusterTiming?: Partial<ClusterTiming>;
  /** What runs at first: all that the producers have, unless told otherwise, or nothing but functions. */
  readonly cluster?: "running" | "empty";
  /** Whether calls to a workspace or gateway that overlap do damage, as in reality and unless told otherwise. */
  readonly damage?: boolean;
  /** Where each of its services listens; on loopback and free ports unless told otherwise. */
  readonly listenAt?: ListenAt;
}

/** Where the gateway will listen is not known yet, so any port of this machine will do. */
const gatewayApplication = {
  name: "Sett",
  redirectUris: ["127.0.0.1", "[::1]", "localhost"].map((host) => `http://${host}/login/callback`),
  anyLoopbackPort: true,
};

/** Starts all services of the platform, with people, projects and tokens in them. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const prefix = options.PRODUCER_PREFIX;
  const ownToken = randomUUID();
  const listenAt: ListenAt = options.listenAt ?? (() => ({}));
  const gitea = await startGitea({ timing: options.timing ?? {}, listening: listenAt("gitea") });
  const wanted = {
    prefix,
    environments: options.ENVIRONMENTS,
    functionsRepository: options.FUNCTIONS_REPOSITORY,
  };
  seed(gitea.platform, { ...wanted, ownToken });
  const gitApi = await startGitApi({
    giteaUrl: gitea.url,
    adminToken: ownToken,
    listening: listenAt("gitApi"),
  });
  const configstore = await startConfigstore({
    gitApiUrl: gitApi.url,
    prefix,
    listening: listenAt("configstore"),
  });
  const hookUrl = `${configstore.url}/hook`;
  gitApi.setHookUrl(hookUrl);
  addHooks(gitea.platform, { ...wanted, url: hookUrl });
  const workspaces = await startWorkspaces({
    platform: gitea.platform,
    prefix,
    environments: options.ENVIRONMENTS,
    timing: options.workspaceTiming ?? {},
    damage: options.damage ?? true,
    listenAt,
  });
  const functions = await startFunctionServices({
    platform: gitea.platform,
    ...wanted,
    timing: options.functionTiming ?? {},
    listening: listenAt("functions"),
  });
  const gateways = await startGateways({
    workspaces,
    environments: options.ENVIRONMENTS,
    cluster: functions.cluster,
    timing: options.gatewayTiming ?? {},
    damage: options.damage ?? true,
    listening: listenAt("gateways"),
  });
  for (const { producer, name } of deployedFunctions) {
    functions.of(producer, options.ENVIRONMENTS[0] ?? "").commands.deployAtOnce(name);
  }
  const people = sandboxPeople(prefix);
  gitea.oauth.letIn(people);
  const { clientId, clientSecret } = gitea.oauth.addApplication(gatewayApplication);
  const kubernetes = await startKubernetes({
    platform: gitea.platform,
    functions: functions.cluster,
    ...wanted,
    contents: options.cluster ?? "running",
    timing: options.clusterTiming ?? {},
    listening: listenAt("kubernetes"),
  });
  if (options.cluster === "empty") {
    // Somebody has to run them; where everything runs from the start, nothing of it ever stops.
    functions.follow((host) => {
      const { store, namespace } = kubernetes.cluster;
      return Number(store.get(deployments, namespace, `sls-api-${host}`)?.status["readyReplicas"] ?? 0) > 0;
    });
  }
  const oidc = await startIssuer(people, listenAt("issuer"));
  return {
    addresses: {
      gitea: gitea.url,
      giteaToken: ownToken,
      gitApi: gitApi.url,
      configstore: configstore.url,
      projectApi: `${workspaces.projectApi.url}/$PRODUCER-$ENV/api`,
      workspaceApi: `${workspaces.workspaceApi.url}/$PRODUCER-$ENV/api`,
      openApi: `${workspaces.runningProjects.url}/$PRODUCER-$ENV/explorer/swagger.json`,
      gatewayAdmin: `${gateways.server.url}/$GATEWAY-$PRODUCER-$ENV`,
      slsApi: `${functions.server.url}/$PRODUCER-$ENV`,
      oauth: { issuer: gitea.url, clientId, clientSecret },
      oidc: { issuer: oidc.issuer, audience: [oidc.audience] },
      kubernetes: {
        from: "address",
        url: kubernetes.server.url,
        token: kubernetes.token,
        namespace: kubernetes.namespace,
      },
    },
    gitea,
    gitApi,
    configstore,
    workspaces,
    gateways,
    functions,
    kubernetes,
    oidc,
    examples: sandboxExamples(options),
    people,
    banner: [
      "",
      "On a sandbox platform in this process, gone when it stops. Send `Authorization: token <token>` as",
      ...people.map(({ name, token, about }) => `  ${name.padEnd(6)} ${token.padEnd(12)} ${about}`),
      `or with an identity token: curl -s ${oidc.issuer}/token -d grant_type=password -d username=demo`,
      "",
    ],
    stop: async () => {
      const all = [gitea, gitApi, configstore, workspaces, gateways, functions, kubernetes, oidc];
      await Promise.all(all.map((each) => each.stop()));
    },
  };
}
