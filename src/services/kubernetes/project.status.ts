import { isOfFunctions, type PodKind } from "../../live/pod.kind.ts";
import type { DeploymentRecord } from "./deployment.reader.ts";
import type { EndpointRecord } from "./endpoint.reader.ts";
import { entityStatus, type EntityStatus } from "./entity.status.ts";
import type { PodRecord } from "./pod.record.ts";
import type { Workload } from "./workload.labels.ts";

/** All that the cluster tells of one project; undefined is what was never listed. */
export interface ProjectParts {
  readonly pods: readonly PodRecord[] | undefined;
  readonly deployments: readonly DeploymentRecord[] | undefined;
  readonly endpoints: readonly EndpointRecord[] | undefined;
}

/** Who is told: everybody who reads the project, or those who read its functions as well. */
export type Audience = "project" | "functions";

/** How all that a project has does on the cluster. */
export interface ProjectStatus {
  readonly workspace: EntityStatus | undefined;
  readonly gateways: readonly EntityStatus[];
  /** What only those are told who read functions. */
  readonly ofFunctions:
    { readonly slsApi: EntityStatus | undefined; readonly functions: readonly EntityStatus[] } | undefined;
}

/** What tells one thing of a kind from others: a gateway keeps its id when it is renamed, a function is its name. */
function entityKey({ kind, entityId, entityName }: Workload): string {
  switch (kind) {
    case "GATEWAY":
      return entityId ?? entityName ?? "";
    case "FUNCTION":
      return entityName ?? entityId ?? "";
    default:
      return "";
  }
}

const nameOf = ({ name, entityId }: EntityStatus) => name ?? entityId ?? "";

/** How a project does; what an audience is not to be told of is not even looked at. */
export function projectStatus(parts: ProjectParts, audience: Audience): ProjectStatus {
  const serving = parts.endpoints && new Set(parts.endpoints.flatMap((each) => each.serving));
  const ofKind = (kind: PodKind): readonly EntityStatus[] => {
    const groups = new Map<string, { pods: PodRecord[]; deployments: DeploymentRecord[] }>();
    const groupOf = (workload: Workload) => {
      const key = entityKey(workload);
      const group = groups.get(key) ?? { pods: [], deployments: [] };
      groups.set(key, group);
      return group;
    };
    for (const each of parts.pods ?? []) if (each.kind === kind) groupOf(each).pods.push(each);
    for (const each of parts.deployments ?? []) if (each.kind === kind) groupOf(each).deployments.push(each);
    return [...groups.values()]
      .map(({ pods, deployments }) =>
        entityStatus({
          kind,
          serving,
          pods: parts.pods && pods,
          deployments: parts.deployments && deployments,
        }),
      )
      .sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
  };
  return {
    workspace: ofKind("WORKSPACE")[0],
    gateways: ofKind("GATEWAY"),
    ofFunctions:
      audience === "functions" ? { slsApi: ofKind("SLS_API")[0], functions: ofKind("FUNCTION") } : undefined,
  };
}

/** Whether something of a kind is anything to an audience. */
export const isFor = (audience: Audience, kind: PodKind) => audience === "functions" || !isOfFunctions(kind);
