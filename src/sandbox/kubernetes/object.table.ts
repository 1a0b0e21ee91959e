import { CustomKind } from "./custom.kind.ts";
import { ageOf, cellOf } from "./custom.table.ts";
import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import { deployments, pods, type Resource } from "./resource.kinds.ts";
import type { Deployment, Pod } from "./workload.objects.ts";

interface Column<T extends ClusterObject> {
  readonly name: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
  readonly cell: (object: T) => string | number;
}

const nameColumn: Column<ClusterObject> = {
  name: "Name",
  format: "name",
  cell: ({ metadata }) => metadata.name,
};
const ageColumn: Column<ClusterObject> = {
  name: "Age",
  cell: ({ metadata }) => ageOf(metadata.creationTimestamp),
};

const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  { name: "Ready", cell: ({ spec, status }) => `${readyOf(status)}/${spec.containers.length}` },
  { name: "Status", cell: stateOf },
  {
    name: "Restarts",
    cell: ({ status }) => (status.containerStatuses ?? []).reduce((sum, each) => sum + each.restartCount, 0),
  },
  ageColumn,
  { name: "IP", priority: 1, cell: ({ status }) => status.podIP ?? "<none>" },
  { name: "Node", priority: 1, cell: ({ spec }) => spec.nodeName ?? "<none>" },
  { name: "Nominated Node", priority: 1, cell: () => "<none>" },
  { name: "Readiness Gates", priority: 1, cell: () => "<none>" },
];

const deploymentColumns: readonly Column<Deployment>[] = [
  nameColumn,
  { name: "Ready", cell: ({ spec, status }) => `${Number(status["readyReplicas"] ?? 0)}/${spec.replicas}` },
  { name: "Up-to-date", cell: ({ status }) => Number(status["updatedReplicas"] ?? 0) },
  { name: "Available", cell: ({ status }) => Number(status["availableReplicas"] ?? 0) },
  ageColumn,
];

/** The columns of the table that objects of a kind are printed in. */
export function columnsOf(resource: Resource): readonly Fields[] {
  return columns(resource).map(({ name, type = "string", format = "", description = "", priority = 0 }) => ({
    ...{ name, type, format, description, priority },
  }));
}

/** What stands in the columns for an object. */
export function rowOf(resource: Resource, object: ClusterObject): readonly (string | number)[] {
  return columns(resource).map(({ cell }) => cell(object));
}

function columns(resource: Resource): readonly Column<ClusterObject>[] {
  if (resource instanceof CustomKind && resource.columns !== undefined) {
    const defined = resource.columns.map((each) => ({
      ...each,
      cell: (object: ClusterObject) => cellOf(each, object),
    }));
    return [nameColumn, ...defined];
  }
  const own =
    resource === pods ? podColumns : resource === deployments ? deploymentColumns : [nameColumn, ageColumn];
  return own as readonly Column<ClusterObject>[];
}

function readyOf({ containerStatuses = [] }: Pod["status"]): number {
  return containerStatuses.filter(({ ready }) => ready).length;
}

function stateOf({ metadata, status }: Pod): string {
  if (metadata.deletionTimestamp !== undefined) return "Terminating";
  const reasons = (status.containerStatuses ?? []).map(
    ({ state }) => state.waiting?.reason ?? state.terminated?.reason,
  );
  return reasons.find((reason) => reason !== undefined) ?? status.phase;
}
