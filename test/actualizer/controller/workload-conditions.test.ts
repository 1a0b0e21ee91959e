import { expect, test } from "vitest";
import { ownedKinds } from "../../../src/actualizer/controller/owned.kinds.ts";
import { readObject } from "../../../src/actualizer/controller/owned.object.ts";
import { workloadConditions } from "../../../src/actualizer/controller/workload.conditions.ts";
import { desiredOf } from "../../../src/actualizer/desired/desired.ts";
import { fileOf, onCluster, settingsWith } from "../actualizer.source.ts";

const settings = settingsWith();
const workspace = desiredOf(onCluster("Workspace"), settings);

interface Told {
  readonly generation?: number;
  readonly replicas?: number;
  readonly updated?: number;
  readonly available?: number;
  readonly isLate?: boolean;
  readonly isRefused?: boolean;
  readonly isLeaving?: boolean;
}

/** A deployment as the cluster tells of it: all of it runs, but for what is given. */
function seen(name: string, told: Told = {}) {
  const { generation = 3, replicas = 1, updated = 1, available = 1 } = told;
  const app = name.slice(0, name.indexOf("-demo"));
  const conditions = [
    ...(told.isLate ? [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }] : []),
    ...(told.isRefused ? [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate" }] : []),
  ];
  return readObject(ownedKinds.Deployment, {
    metadata: {
      name,
      uid: `uid-of-${name}`,
      resourceVersion: "1",
      generation,
      labels: { app, producer: "demo", environment: "dev" },
      ...(told.isLeaving ? { deletionTimestamp: "2026-11-20T09:32:38Z" } : {}),
    },
    spec: { replicas: 1 },
    status: {
      observedGeneration: 3,
      replicas,
      updatedReplicas: updated,
      availableReplicas: available,
      conditions,
    },
  });
}

const running = seen("sls-api-demo-dev");

test.each<[string, Told | undefined, ready: string, progressing: string]>([
  ["there is none yet", undefined, "False Starting", "False RolledOut"],
  ["its pod is not ready yet", { available: 0 }, "False Starting", "False RolledOut"],
  ["all of it runs", {}, "True Running", "False RolledOut"],
  ["a new pod comes beside the old", { replicas: 2 }, "True Running", "True RollingOut"],
  ["the old pod runs and none is new", { updated: 0 }, "True Running", "True RollingOut"],
  ["it was changed a moment ago", { generation: 4 }, "True Running", "True RollingOut"],
  [
    "it was changed before anything ran",
    { generation: 4, available: 0 },
    "False Starting",
    "False RolledOut",
  ],
  ["the new pod takes too long", { replicas: 2, isLate: true }, "True Running", "False Stuck"],
  ["no new pod may be made", { updated: 0, isRefused: true }, "True Running", "False Stuck"],
  ["the first pod takes too long", { available: 0, isLate: true }, "False Failing", "False RolledOut"],
  [
    "no pod may be made at all",
    { replicas: 0, updated: 0, available: 0, isRefused: true },
    "False Failing",
    "False RolledOut",
  ],
  [
    "it took too long before it was changed",
    { generation: 4, available: 0, isLate: true },
    "False Starting",
    "False RolledOut",
  ],
  ["it is on its way out", { isLeaving: true }, "False Starting", "False RolledOut"],
])("a workspace of whose deployment is known: %s", (_what, told, ready, progressing) => {
  const owned = told === undefined ? [running] : [running, seen("workspace-demo-dev", told)];
  const said = workloadConditions(workspace, owned);
  expect(said.map(({ type, status, reason }) => `${type} ${status} ${reason}`)).toEqual([
    `Ready ${ready}`,
    `Progressing ${progressing}`,
  ]);
});

test("what does not run is named", () => {
  const said = workloadConditions(workspace, [running, seen("workspace-demo-dev", { available: 0 })]);
  expect(said[0]?.message).toBe("It has been started and is not ready yet. (workspace-demo-dev)");
});

test("of a workspace that is disabled nothing runs, and that is as it should be", () => {
  const disabled = desiredOf(onCluster("Workspace", { document: fileOf({ disabled: true }) }), settings);
  expect(workloadConditions(disabled, [])).toMatchObject([
    { type: "Ready", status: "False", reason: "Stopped" },
    { type: "Progressing", status: "False", reason: "RolledOut" },
  ]);
});
