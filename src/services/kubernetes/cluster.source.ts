import { KubeConfig } from "@kubernetes/client-node";

/** Where the cluster's address and the credential for it come from. */
export type ClusterSource =
  /** As kubectl finds it: KUBECONFIG, the home folder, or the service account of the pod that this runs in. */
  | { readonly from: "environment" }
  | { readonly from: "service-account" }
  | { readonly from: "file"; readonly path: string; readonly context?: string | undefined }
  | {
      readonly from: "address";
      readonly url: string;
      readonly token?: string | undefined;
      /** A file with the token, read again now and then: it may be replaced. */
      readonly tokenFile?: string | undefined;
      readonly caFile?: string | undefined;
    };

/** Reads the configuration anew; nothing in it remembers a credential from an earlier reading. */
export function loadCluster(source: ClusterSource): KubeConfig {
  const config = new KubeConfig();
  switch (source.from) {
    case "environment":
      config.loadFromDefault();
      break;
    case "service-account":
      config.loadFromCluster();
      break;
    case "file":
      config.loadFromFile(source.path);
      if (source.context !== undefined) config.setCurrentContext(source.context);
      break;
    case "address":
      config.loadFromClusterAndUser(
        {
          name: "cluster",
          server: source.url,
          // The library takes plain HTTP only where nothing is to be verified, and then there is nothing.
          skipTLSVerify: source.url.startsWith("http:"),
          ...(source.caFile === undefined ? {} : { caFile: source.caFile }),
        },
        {
          name: "gateway",
          ...(source.token === undefined ? {} : { token: source.token }),
          ...(source.tokenFile === undefined
            ? {}
            : { authProvider: { name: "tokenFile", config: { tokenFile: source.tokenFile } } }),
        },
      );
  }
  if (!config.getCurrentCluster()) throw new Error("The Kubernetes configuration names no cluster.");
  return config;
}
