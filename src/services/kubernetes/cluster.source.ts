import { accessSync, constants } from "node:fs";
import type { KubeConfig } from "@kubernetes/client-node";

/** Where the cluster's address and the credential for it come from. */
export type ClusterSource =
  /** That of the pod that this runs in. */
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

/** The way to a cluster, and where on it the things of producers run. */
export type ClusterPlace = ClusterSource & { readonly namespace: string };

/** An address that is asked as it is. */
export type PlainSource = Pick<Extract<ClusterSource, { from: "address" }>, "url" | "token">;

/** The source as an address that is asked as it is, without files or certificates; undefined where it takes more. */
export function plainSource(source: ClusterSource): PlainSource | undefined {
  if (source.from !== "address" || !source.url.startsWith("http:")) return undefined;
  return source.tokenFile === undefined && source.caFile === undefined ? source : undefined;
}

/**
 * Reads the configuration anew; nothing in it remembers a credential from an earlier reading. The library, which takes
 * longer to load than all the rest, is loaded when it is first needed.
 */
export async function loadCluster(source: ClusterSource): Promise<KubeConfig> {
  const { KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  switch (source.from) {
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

/** What is wrong with a file, in a word; undefined when it can be read. */
function fileProblem(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
  }
}

/** Why a cluster cannot be asked as it is configured; of files only that they cannot be read, never what is in them. */
export async function clusterProblem(source: ClusterSource): Promise<string | undefined> {
  const files =
    source.from === "file"
      ? [["KUBECONFIG", source.path] as const]
      : source.from === "address"
        ? [
            ["KUBERNETES_TOKEN_FILE", source.tokenFile] as const,
            ["KUBERNETES_CA_FILE", source.caFile] as const,
          ]
        : [];
  for (const [variable, path] of files) {
    const problem = path === undefined ? undefined : fileProblem(path);
    if (problem !== undefined) return `${variable}: the file cannot be read (${problem})`;
  }
  if (plainSource(source)) return undefined;
  try {
    await loadCluster(source);
    return undefined;
  } catch {
    // What the library says may quote the file.
    if (source.from !== "file") return "KUBERNETES_URL: is not a cluster's";
    return source.context === undefined
      ? "KUBECONFIG: is no kubeconfig that names a cluster"
      : "KUBERNETES_CONTEXT: KUBECONFIG has no such context with a cluster";
  }
}
