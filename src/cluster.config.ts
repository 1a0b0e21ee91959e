import type { Config } from "./config.ts";
import type { ClusterPlace } from "./services/kubernetes/cluster.source.ts";

type Values = Pick<
  Config,
  | "KUBERNETES_URL"
  | "KUBERNETES_TOKEN"
  | "KUBERNETES_TOKEN_FILE"
  | "KUBERNETES_CA_FILE"
  | "KUBECONFIG"
  | "KUBERNETES_CONTEXT"
  | "KUBERNETES_NAMESPACE"
>;

/** The cluster sets it in each of its pods. */
const inPod = "KUBERNETES_SERVICE_HOST";

/** Which cluster is meant; undefined when none is. The configuration in somebody's home folder never is. */
export function readCluster(
  environment: NodeJS.ProcessEnv,
  values: Values,
  problems: string[],
): ClusterPlace | undefined {
  const {
    KUBERNETES_URL: url,
    KUBERNETES_TOKEN: token,
    KUBERNETES_TOKEN_FILE: tokenFile,
    KUBERNETES_CA_FILE: caFile,
    KUBECONFIG: path,
    KUBERNETES_CONTEXT: context,
    KUBERNETES_NAMESPACE: namespace,
  } = values;
  const needs = (part: unknown, name: string, whole: unknown, wholeName: string) => {
    if (part !== undefined && whole === undefined)
      problems.push(`${name}: means nothing without ${wholeName}`);
  };
  needs(token, "KUBERNETES_TOKEN", url, "KUBERNETES_URL");
  needs(tokenFile, "KUBERNETES_TOKEN_FILE", url, "KUBERNETES_URL");
  needs(caFile, "KUBERNETES_CA_FILE", url, "KUBERNETES_URL");
  needs(context, "KUBERNETES_CONTEXT", path, "KUBECONFIG");
  if (token !== undefined && tokenFile !== undefined) {
    problems.push("KUBERNETES_TOKEN_FILE: must not be set when KUBERNETES_TOKEN is");
  }
  if (url !== undefined) return { from: "address", url, token, tokenFile, caFile, namespace };
  if (path !== undefined) return { from: "file", path, context, namespace };
  return environment[inPod] ? { from: "service-account", namespace } : undefined;
}
