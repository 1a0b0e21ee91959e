import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import type { Sett } from "../support/sett.ts";

const starts = {
  WORKSPACE: "workspace-demo-dev-",
  GATEWAY: "gateway-demo-dev-gateway-",
  FUNCTION: "fn-demo-dev-hello-",
  SLS_API: "sls-api-demo-dev-",
} as const;

/** A pod of demo's that runs from the start, and its id in the graph. */
export function podOf(
  { sandbox }: Sett,
  kind: keyof typeof starts = "WORKSPACE",
): { readonly id: string; readonly name: string; readonly uid: string; readonly pod: Pod } {
  const all = sandbox.kubernetes.cluster.list(pods);
  const pod = all.find(({ metadata }) => metadata.name.startsWith(starts[kind]));
  if (!pod) throw new Error(`no pod of kind ${kind}`);
  const { name, uid } = pod.metadata;
  return { id: Buffer.from(`Pod:demo:dev:${kind}:${name}`).toString("base64url"), name, uid, pod };
}

/** Everything that has been asked of the cluster since the last time but for what is watched: method and path. */
export function clusterCalls({ sandbox }: Sett, pattern: RegExp): readonly string[] {
  return sandbox.kubernetes.server.requests
    .filter(({ path }) => pattern.test(path) && !path.includes("watch="))
    .map(({ method, path }) => `${method} ${path}`);
}
