import { z } from "zod";
import { UpstreamUnavailable } from "../../errors.ts";
import type { FunctionsGrant, PodGrant, ProjectGrant } from "../../permissions/grant.ts";
import { clusterName } from "../functions/function.reader.ts";
import { askCluster } from "./cluster.answers.ts";
import { ClusterRefusal } from "./cluster.errors.ts";
import type { ClusterService } from "./cluster.service.ts";
import { readDeployment, type DeploymentRecord } from "./deployment.reader.ts";
import type { PodRecord } from "./pod.record.ts";
import { projectKey } from "./workload.labels.ts";

type Write = ProjectGrant<"write"> | FunctionsGrant<"write">;

/** What of a project is to be started anew. */
export type RestartTarget =
  | { readonly kind: "WORKSPACE" }
  | { readonly kind: "GATEWAY"; readonly id: string }
  | { readonly kind: "GATEWAY"; readonly name: string }
  | { readonly kind: "FUNCTION"; readonly name: string };

/** Starts anew what runs. */
export interface RestartsService {
  /** Deletes a pod, so that another takes its place; answers what it was. */
  readonly pod: (grant: PodGrant<"write">) => Promise<PodRecord>;
  /** Has the pods of something replaced one after the other; when that was asked for, or undefined where it does not run. */
  readonly rollout: (grant: Write, target: RestartTarget) => Promise<Date | undefined>;
}

const timeoutMs = 15_000;
const labels: Readonly<Record<RestartTarget["kind"], string>> = {
  WORKSPACE: "workspace",
  GATEWAY: "gateway",
  FUNCTION: "kubeless-fn",
};
const listShape = z.object({ items: z.array(z.unknown()).nullish() });

function readList(answer: string): readonly DeploymentRecord[] {
  try {
    const { items } = listShape.parse(JSON.parse(answer));
    return (items ?? []).flatMap((item) => readDeployment(item) ?? []);
  } catch {
    throw new UpstreamUnavailable("kubernetes", "the list of deployments cannot be read");
  }
}

/** Whether a deployment is what is meant; labels say whose it is, for names alone could be those of somebody else. */
function isMeant(deployment: DeploymentRecord, grant: Write, target: RestartTarget): boolean {
  const { entityId, entityName, kind } = deployment;
  if (projectKey(deployment) !== projectKey(grant) || kind !== target.kind) return false;
  switch (target.kind) {
    case "WORKSPACE":
      return true;
    case "FUNCTION":
      return deployment.name === clusterName(grant, target.name);
    case "GATEWAY":
      return "id" in target ? entityId === target.id : entityName === target.name;
  }
}

export function createRestarts(
  cluster: Pick<ClusterService, "pod" | "connection" | "namespace">,
): RestartsService {
  const { connection, namespace } = cluster;
  const deployments = ["apis", "apps", "v1", "namespaces", namespace, "deployments"];

  async function find(grant: Write, target: RestartTarget): Promise<DeploymentRecord | undefined> {
    const labelSelector = `app=${labels[target.kind]},producer=${grant.producer}`;
    const answer = await askCluster(
      () => connection.ask({ path: deployments, query: { labelSelector }, timeoutMs }),
      "deployment",
    );
    return readList(answer).find((deployment) => isMeant(deployment, grant, target));
  }

  return {
    pod: async (grant) => {
      const pod = cluster.pod(grant);
      const remove = async () => {
        try {
          await connection.ask({
            method: "DELETE",
            path: ["api", "v1", "namespaces", namespace, "pods", pod.name],
            headers: { "content-type": "application/json" },
            // Another pod that has got its name since is not meant.
            body: JSON.stringify({
              kind: "DeleteOptions",
              apiVersion: "v1",
              preconditions: { uid: pod.uid },
            }),
            timeoutMs,
          });
        } catch (error) {
          const isAnother = error instanceof ClusterRefusal && error.status === 409;
          throw isAnother ? new ClusterRefusal(404) : error;
        }
      };
      await askCluster(remove, "pod");
      return pod;
    },
    rollout: async (grant, target) => {
      const deployment = await find(grant, target);
      if (!deployment) return undefined;
      const restartedAt = new Date();
      const annotations = { "kubectl.kubernetes.io/restartedAt": restartedAt.toISOString() };
      const body = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
      await askCluster(
        () =>
          connection.ask({
            method: "PATCH",
            path: [...deployments, deployment.name],
            query: { fieldManager: "sett" },
            headers: { "content-type": "application/strategic-merge-patch+json" },
            body,
            timeoutMs,
          }),
        target.kind.toLowerCase(),
      );
      return restartedAt;
    },
  };
}
