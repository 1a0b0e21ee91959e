import type { SandboxAddresses } from "./sandbox.addresses.ts";

/** What a gateway has to be told besides where the platform is. */
export interface GatewayWords {
  readonly PRODUCER_PREFIX: string;
  readonly ENVIRONMENTS: readonly string[];
  readonly FUNCTIONS_REPOSITORY: string;
  /** Whether an actualizer is to make everything run. */
  readonly isActualized: boolean;
  readonly publicUrl: string;
  /** What browsers' sessions are sealed with. */
  readonly sessionSecret: string;
}

const plain = /^[\w.:/@,%+-]*$/;

/** As both a shell and Node's `--env-file` read it: what stands in single quotes is left as it is. */
const lineOf = ([name, value]: readonly [string, string]) =>
  plain.test(value) ? `${name}=${value}` : `${name}='${value}'`;

/** The environment of a gateway in front of a sandbox of another process. */
export function environmentLines(addresses: SandboxAddresses, words: GatewayWords): readonly string[] {
  const { oauth, oidc, kubernetes } = addresses;
  const variables = {
    GITEA_URL: addresses.gitea,
    GITEA_TOKEN: addresses.giteaToken,
    GIT_API_URL: addresses.gitApi,
    CONFIGSTORE_URL: addresses.configstore,
    PROJECT_API_URL_TEMPLATE: addresses.projectApi,
    WORKSPACE_API_URL_TEMPLATE: addresses.workspaceApi,
    OPENAPI_URL_TEMPLATE: addresses.openApi,
    SLS_API_URL_TEMPLATE: addresses.slsApi,
    GATEWAY_ADMIN_URL_TEMPLATE: addresses.gatewayAdmin,
    KUBERNETES_URL: kubernetes.url,
    KUBERNETES_TOKEN: kubernetes.token,
    KUBERNETES_NAMESPACE: kubernetes.namespace,
    ACTUALIZER: String(words.isActualized),
    GITEA_OAUTH_CLIENT_ID: oauth.clientId,
    GITEA_OAUTH_CLIENT_SECRET: oauth.clientSecret,
    PUBLIC_URL: words.publicUrl,
    SESSION_SECRET: words.sessionSecret,
    OIDC_ISSUER: oidc.issuer,
    OIDC_AUDIENCE: oidc.audience.join(","),
    PRODUCER_PREFIX: words.PRODUCER_PREFIX,
    ENVIRONMENTS: words.ENVIRONMENTS.join(","),
    FUNCTIONS_REPOSITORY: words.FUNCTIONS_REPOSITORY,
  };
  return Object.entries(variables).map(lineOf);
}
