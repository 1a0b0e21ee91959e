import type { Deployed, Pod, Project, RunningEntity, Status } from "../project/project.types.ts";

/** A gateway or function: as it is saved, as it runs, and what the actualizer says of it; any of them may be missing. */
export interface EntityRow {
  /** What people call it. */
  readonly name: string;
  /** The canvas' id, by which gateways are acted on. */
  readonly id?: string;
  /** What else is worth a line, as a runtime. */
  readonly about?: string;
  readonly isSaved: boolean;
  readonly running?: RunningEntity;
  readonly deployed?: Deployed;
}

interface Named {
  readonly name: string | null;
  readonly entityId: string | null;
}

const isOf = (row: EntityRow) => (other: Named) =>
  (row.id !== undefined && other.entityId === row.id) || other.name === row.name;

/** What is saved, in its order, and then what runs or is being taken away without being saved. */
function joined(
  saved: readonly EntityRow[],
  running: readonly RunningEntity[],
  deployed: readonly Deployed[],
): EntityRow[] {
  const rows = [...saved];
  for (const other of [...running, ...deployed]) {
    if (rows.some((row) => isOf(row)(other))) continue;
    const id = other.entityId ?? undefined;
    rows.push({
      name: other.name ?? id ?? "unnamed",
      ...(id === undefined ? {} : { id }),
      isSaved: false,
    });
  }
  return rows.map((row) => {
    const itRuns = running.find(isOf(row));
    const itIsDeployed = deployed.find(isOf(row));
    return {
      ...row,
      ...(itRuns ? { running: itRuns } : {}),
      ...(itIsDeployed ? { deployed: itIsDeployed } : {}),
    };
  });
}

export function gatewayRows(
  project: Project,
  status?: Status,
  deployed: readonly Deployed[] = [],
): EntityRow[] {
  const saved = (project.gateways ?? []).map(({ id, name, dnsPrefix, pipelines }) => ({
    id,
    name,
    about: [dnsPrefix, counted(pipelines.length, "pipeline")].filter(Boolean).join(" · "),
    isSaved: true,
  }));
  return joined(
    saved,
    status?.gateways ?? [],
    deployed.filter(({ kind }) => kind === "GATEWAY"),
  );
}

export function functionRows(
  project: Project,
  status?: Status,
  deployed: readonly Deployed[] = [],
): EntityRow[] {
  const saved = (project.functions ?? []).map(({ name, runtime, handler, lunchbadgerId }) => ({
    name,
    ...(lunchbadgerId === null ? {} : { id: lunchbadgerId }),
    about: [runtime, handler].filter(Boolean).join(" · "),
    isSaved: true,
  }));
  return joined(
    saved,
    status?.functions ?? [],
    deployed.filter(({ kind }) => kind === "FUNCTION"),
  );
}

/** Every pod that the status tells of, with what keeps the functions. */
export function podsIn(status: Status | undefined): Pod[] {
  if (status === undefined) return [];
  const { workspace, slsApi, gateways, functions } = status;
  return [workspace, slsApi, ...gateways, ...(functions ?? [])].flatMap((entity) => entity?.pods ?? []);
}

/** What people call the gateways, by the ids that changes name. */
export function namesIn({ gateways }: Project): ReadonlyMap<string, string> {
  return new Map((gateways ?? []).map(({ id, name }) => [id, name]));
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
