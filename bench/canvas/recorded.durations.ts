import type { FaultMatch } from "../../src/sandbox/faults.ts";
import type { Workspaces } from "../../src/sandbox/workspace/workspaces.ts";

interface Duration extends FaultMatch {
  readonly method: string;
  readonly path: RegExp;
  readonly ms: number;
}

/**
 * How long a real workspace took for each kind of call, in the middle, one call at a time on an idle machine. What was
 * not timed takes as long as what is most like it.
 */
const workspaceDurations: readonly Duration[] = [
  { method: "GET", path: /\/models\?/, ms: 13 },
  { method: "GET", path: /\/modelConfigs/, ms: 6 },
  { method: "GET", path: /\/datasources/, ms: 7 },
  { method: "POST", path: /\/ModelDefinitions/, ms: 58 },
  { method: "POST", path: /\/ModelConfigs/, ms: 96 },
  // Of three properties; more may take longer.
  { method: "POST", path: /\/ModelProperties/, ms: 137 },
  { method: "POST", path: /\/ModelRelations/, ms: 137 },
  { method: "POST", path: /\/ModelMethods/, ms: 12 },
  { method: "DELETE", path: /\/methods$/, ms: 12 },
  { method: "DELETE", path: /\/(?:properties|relations)$/, ms: 98 },
  { method: "DELETE", path: /\/ModelConfigs\//, ms: 96 },
  { method: "DELETE", path: /\/ModelDefinitions\//, ms: 58 },
];

const projectDurations: readonly Duration[] = [
  { method: "GET", path: /./, ms: 2 },
  { method: "PUT", path: /\/WorkspaceFiles\//, ms: 67 },
  { method: "PATCH", path: /\/Projects/, ms: 97 },
];

/** How long a real one took to tell 51 models of 8 properties. */
const largeModelsMs = 58;

/** Lets a sandbox's workspaces take as long as real ones; what the sandbox itself needs for al's models is told. */
export function takeRecordedDurations({ projectApi, workspaceApi }: Workspaces, ownMs: number): void {
  const ms = Math.max(1, largeModelsMs - ownMs);
  workspaceApi.faults.set({ mode: "slow", ms }, { method: "GET", path: /\/al-dev\/.*\/models\?/ });
  for (const { ms, ...match } of projectDurations) projectApi.faults.set({ mode: "slow", ms }, match);
  for (const { ms, ...match } of workspaceDurations) workspaceApi.faults.set({ mode: "slow", ms }, match);
}
