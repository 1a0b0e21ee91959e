/**
 * Where the platform's services are; in the addresses of what a producer has, $PRODUCER and $ENV say whose is meant,
 * and $GATEWAY which gateway.
 */
export interface SandboxAddresses {
  readonly gitea: string;
  readonly giteaToken: string;
  readonly gitApi: string;
  readonly configstore: string;
  readonly projectApi: string;
  readonly workspaceApi: string;
  readonly openApi: string;
  readonly gatewayAdmin: string;
  readonly slsApi: string;
  /** Where people sign in, and as which application they are asked to. */
  readonly oauth: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  /** Who says in identity tokens who people are, and for whom those are. */
  readonly oidc: { readonly issuer: string; readonly audience: readonly string[] };
  /** The cluster's API, a token for it, and the namespace that what producers have runs in. */
  readonly kubernetes: {
    readonly from: "address";
    readonly url: string;
    readonly token: string;
    readonly namespace: string;
  };
}
