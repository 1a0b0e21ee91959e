import { expect, test } from "vitest";
import { readDeployment, type DeploymentRecord } from "../../src/services/kubernetes/deployment.reader.ts";
import { readEndpoints } from "../../src/services/kubernetes/endpoint.reader.ts";
import { entityStatus, type EntityStatus } from "../../src/services/kubernetes/entity.status.ts";
import { readPod } from "../../src/services/kubernetes/pod.reader.ts";
import type { ContainerRecord, PodRecord } from "../../src/services/kubernetes/pod.record.ts";
import { projectStatus } from "../../src/services/kubernetes/project.status.ts";
import recorded from "./kubernetes.recorded.json" with { type: "json" };

const gateway = {
  producer: "demo",
  env: "dev",
  kind: "GATEWAY",
  entityId: "g1",
  entityName: "edge",
} as const;

const works: ContainerRecord = {
  name: "gateway",
  isPreparing: false,
  state: "RUNNING",
  reason: undefined,
  ready: true,
  restarts: 0,
  startedAt: "2026-11-20T09:00:01Z",
  ended: undefined,
  lastEnded: undefined,
};
const waits = (reason: string): ContainerRecord => ({ ...works, state: "WAITING", ready: false, reason });
const crashed: ContainerRecord = {
  ...waits("CrashLoopBackOff"),
  restarts: 4,
  lastEnded: { reason: "Error", exitCode: 1, finishedAt: undefined },
};
const outOfMemory: ContainerRecord = {
  ...crashed,
  lastEnded: { reason: "OOMKilled", exitCode: 137, finishedAt: undefined },
};

/** A pod of a gateway that does its work, but for what is said. */
function pod(
  uid: string,
  { container = works, ...rest }: Partial<PodRecord> & { container?: ContainerRecord } = {},
) {
  const made: PodRecord = {
    ...gateway,
    uid,
    name: `gateway-demo-dev-edge-${uid}`,
    phase: "RUNNING",
    reason: undefined,
    isPlaced: true,
    ready: container.ready,
    restarts: container.restarts,
    containers: [container],
    createdAt: "2026-11-20T09:00:00Z",
    startedAt: "2026-11-20T09:00:00Z",
    deletedAt: undefined,
    ...rest,
  };
  return made;
}

const old = pod("old");
const later = { createdAt: "2026-11-20T10:00:00Z", startedAt: "2026-11-20T10:00:00Z" };
const starting = pod("new", { ...later, phase: "PENDING", container: waits("ContainerCreating") });
const unplaced = pod("new", { ...later, phase: "PENDING", isPlaced: false, container: waits("") });
const unpulled = pod("new", { ...later, phase: "PENDING", container: waits("ImagePullBackOff") });
const stopping = { deletedAt: "2026-11-20T10:01:00Z", ready: false };

/** The deployment of the gateway, done but for what is said. */
const deployment = (rest: Partial<DeploymentRecord> = {}): DeploymentRecord => ({
  ...gateway,
  uid: "d",
  name: "gateway-demo-dev-edge",
  isObserved: true,
  wanted: 1,
  replicas: 1,
  updated: 1,
  available: 1,
  problem: undefined,
  ...rest,
});

type Flags = Partial<Pick<EntityStatus, "running" | "deploying" | "ready" | "failed" | "reason">>;

interface Case {
  readonly pods?: readonly PodRecord[];
  readonly of?: Partial<DeploymentRecord> | "none";
  readonly serving?: readonly string[];
  readonly status: Flags;
}

const cases: Readonly<Record<string, Case>> = {
  "what does its work": {
    pods: [old],
    serving: ["old"],
    status: { running: true, ready: true },
  },
  "what was changed, and the cluster has not looked at yet": {
    pods: [old],
    serving: ["old"],
    of: { isObserved: false },
    status: { running: true, ready: true, deploying: true },
  },
  "what is begun": {
    pods: [unplaced],
    of: { available: 0 },
    status: { deploying: true, reason: "waiting for a place to run" },
  },
  "what starts": { pods: [starting], of: { available: 0 }, status: { deploying: true, reason: "starting" } },
  "what no pod was made for yet": {
    of: { replicas: 0, updated: 0, available: 0 },
    status: { deploying: true, reason: "waiting for its pods to be made" },
  },
  "an old pod that answers while the new one starts": {
    pods: [old, starting],
    serving: ["old"],
    of: { replicas: 2 },
    status: { running: true, deploying: true, reason: "starting" },
  },
  "an old pod that answers while the image of the new one cannot be pulled": {
    pods: [old, unpulled],
    serving: ["old"],
    of: { replicas: 2 },
    status: { running: true, failed: true, reason: "image cannot be pulled" },
  },
  "an old pod that answers while the new one has taken too long": {
    pods: [old, starting],
    serving: ["old"],
    of: { replicas: 2, problem: "LATE" },
    status: { running: true, failed: true, reason: "starting" },
  },
  "one of two that is ready when the other never became so": {
    pods: [old],
    serving: ["old"],
    of: { wanted: 2, available: 1, problem: "LATE" },
    status: { running: true, ready: true, failed: true, reason: "did not become ready in time" },
  },
  "what crashes": {
    pods: [pod("one", { container: crashed })],
    of: { available: 0 },
    status: { failed: true, reason: "crashed 4 times, exit code 1" },
  },
  "what needs more memory than it has": {
    pods: [pod("one", { container: outOfMemory })],
    of: { available: 0 },
    status: { failed: true, reason: "out of memory" },
  },
  "what crashed and is being replaced": {
    pods: [pod("one", { container: crashed })],
    of: { available: 0, isObserved: false },
    status: { failed: true, deploying: true, reason: "crashed 4 times, exit code 1" },
  },
  "what runs, but answers nobody yet": {
    pods: [pod("one", { container: { ...works, ready: false } })],
    of: { available: 0 },
    status: { deploying: true, reason: "running, but not answering yet" },
  },
  "what is ready, but that nobody is led to": { pods: [old], status: { ready: true } },
  "an old pod that is being stopped beside the new one": {
    pods: [pod("gone", stopping), pod("new", later)],
    serving: ["gone", "new"],
    status: { running: true, ready: true },
  },
  "two pods of one second, of which one is not ready": {
    pods: [pod("a"), pod("b", { container: waits("ContainerCreating"), phase: "PENDING" })],
    serving: ["a"],
    of: { replicas: 2 },
    status: { running: true, deploying: true, reason: "starting" },
  },
  "more pods than there are to be": {
    pods: [old, pod("new", later)],
    serving: ["old", "new"],
    status: { running: true, ready: true, deploying: true },
  },
  "a pod that was evicted beside the one that replaced it": {
    pods: [pod("evicted", { ...later, phase: "FAILED", reason: "Evicted", ready: false }), old],
    serving: ["old"],
    status: { running: true, ready: true },
  },
  "a pod that was evicted and not replaced": {
    pods: [pod("evicted", { phase: "FAILED", reason: "Evicted", ready: false })],
    of: { available: 0 },
    status: { failed: true, reason: "evicted: there was too little room where it ran" },
  },
  "what is to run no more": {
    of: { wanted: 0, replicas: 0, updated: 0, available: 0 },
    status: { reason: "none of it is to run" },
  },
  "what is to run no more while its last pod stops": {
    pods: [pod("gone", stopping)],
    serving: ["gone"],
    of: { wanted: 0, replicas: 0, updated: 0, available: 0 },
    status: { running: true, reason: "none of it is to run" },
  },
  "what the cluster makes no pods for": {
    of: { replicas: 0, updated: 0, available: 0, problem: "REFUSED" },
    status: {
      failed: true,
      reason: "the cluster refuses to make its pods: there is no room, or they are not allowed",
    },
  },
  "what was deleted and is being stopped": {
    pods: [pod("gone", stopping)],
    of: "none",
    status: { reason: "being stopped" },
  },
};

const nothing = { running: false, deploying: false, ready: false, failed: false, reason: undefined };

test.each(Object.entries(cases))("%s", (_title, { pods = [], of = {}, serving = [], status }) => {
  const deployments = of === "none" ? [] : [deployment(of)];
  expect(entityStatus({ kind: "GATEWAY", pods, deployments, serving: new Set(serving) })).toMatchObject({
    ...nothing,
    ...status,
    name: "edge",
    entityId: "g1",
  });
});

interface Guess extends Case {
  readonly without: "pods" | "deployments" | "serving";
}

const guesses: Readonly<Record<string, Guess>> = {
  "a pod that is ready is taken for running where nobody says which pods answer": {
    without: "serving",
    pods: [old],
    status: { running: true, ready: true },
  },
  "an old pod that is ready counts as well": {
    without: "serving",
    pods: [old, starting],
    of: { replicas: 2 },
    status: { running: true, deploying: true, reason: "starting" },
  },
  "no pod that is ready is none that runs": {
    without: "serving",
    pods: [pod("one", { container: crashed })],
    of: { available: 0 },
    status: { failed: true, reason: "crashed 4 times, exit code 1" },
  },
  "a pod that is not ready yet is taken for being deployed where deployments are not known": {
    without: "deployments",
    pods: [old, starting],
    serving: ["old"],
    status: { running: true, deploying: true, reason: "starting" },
  },
  "a pod that is ready is taken for all there is to be": {
    without: "deployments",
    pods: [old],
    serving: ["old"],
    status: { running: true, ready: true },
  },
  "a pod that has crashed is not on its way": {
    without: "deployments",
    pods: [pod("one", { container: crashed })],
    status: { failed: true, reason: "crashed 4 times, exit code 1" },
  },
  "a pod that is being stopped is not on its way either": {
    without: "deployments",
    pods: [pod("gone", stopping)],
    serving: ["gone"],
    status: { running: true, reason: "being stopped" },
  },
  "numbers are taken for pods where those are not known": {
    without: "pods",
    status: { running: true, ready: true },
  },
  "numbers that are not complete are taken for pods that come": {
    without: "pods",
    of: { updated: 0 },
    status: { running: true, deploying: true },
  },
  "numbers of none are no pods, and nobody says that they are not made": {
    without: "pods",
    of: { replicas: 0, updated: 0, available: 0 },
    status: { deploying: true },
  },
};

test.each(Object.entries(guesses))("%s", (_title, { without, pods = [], of = {}, serving = [], status }) => {
  const deployments = of === "none" ? [] : [deployment(of)];
  const parts = { kind: "GATEWAY", pods, deployments, serving: new Set(serving) } as const;
  expect(entityStatus({ ...parts, [without]: undefined })).toMatchObject({ ...nothing, ...status });
});

test("the pods of a thing are told the newest first, those that end last, and its restarts are theirs that live", () => {
  const pods = [
    pod("gone", { ...later, ...stopping, restarts: 9 }),
    pod("one", { container: crashed }),
    starting,
  ];
  const status = entityStatus({ kind: "GATEWAY", pods, deployments: [], serving: new Set() });
  expect(status.pods.map(({ uid }) => uid)).toEqual(["new", "one", "gone"]);
  expect(status).toMatchObject({ restarts: 4, startedAt: later.startedAt });
});

test("a gateway that is renamed stays one thing, and functions are told apart by their names", () => {
  const renamed = deployment({ uid: "e", name: "gateway-demo-dev-brim", entityName: "brim" });
  const functions = ["hello", "bye"].map((entityName) =>
    deployment({ uid: entityName, kind: "FUNCTION", entityName, entityId: "f1" }),
  );
  const parts = { pods: [], deployments: [deployment(), renamed, ...functions], endpoints: [] };
  const { gateways, ofFunctions } = projectStatus(parts, "functions");
  expect(gateways.map(({ entityId }) => entityId)).toEqual(["g1"]);
  expect(ofFunctions?.functions.map(({ name }) => name)).toEqual(["bye", "hello"]);
});

const there = <Read>(read: Read | undefined): Read => {
  if (read === undefined) throw new Error("not the platform's");
  return read;
};
const { rollout } = recorded;
const recordedParts = {
  pods: rollout.pods.map((each) => there(readPod(each))),
  deployments: [there(readDeployment(rollout.deployment))],
  endpoints: [there(readEndpoints(rollout.endpointSlice))],
};

test("what was recorded of a cluster is told as it was: one gateway answers, a workspace is restarted, sls-api is replaced", () => {
  expect(projectStatus(recordedParts, "functions")).toMatchObject({
    workspace: { name: undefined, entityId: undefined, deploying: true, ready: true, failed: false },
    gateways: [
      {
        name: "5f1d",
        entityId: "5f1d22ab-7a4e-4c43-9d0e-1f5f0a7c5d3e",
        running: true,
        deploying: false,
        ready: true,
      },
    ],
    ofFunctions: {
      slsApi: { ready: false, failed: false, reason: "waiting for a place to run", pods: { length: 2 } },
      functions: [{ name: undefined, entityId: "0b9a52c0-2d6b-4e0c-8e5a-000000000f01", ready: true }],
    },
  });
});

test("who is not to know of functions is told of neither them nor what deploys them", () => {
  const { ofFunctions, ...rest } = projectStatus(recordedParts, "project");
  expect(ofFunctions).toBe(undefined);
  expect(JSON.stringify(rest)).not.toMatch(/sls-api|FUNCTION|SLS_API/);
});

const labels = { app: "gateway", producer: "demo", env: "dev", id: "default" };

test("a deployment that says little is read with what the cluster means by saying nothing", () => {
  const metadata = { uid: "d", name: "gateway-demo-dev-edge", labels, generation: 1 };
  expect(readDeployment({ metadata, spec: {}, status: {} })).toEqual(
    deployment({ entityId: undefined, isObserved: false, replicas: 0, updated: 0, available: 0 }),
  );
  expect(readDeployment({ metadata: { ...metadata, labels: { ...labels, app: "redis" } } })).toBe(undefined);
});

test.each([
  ["LATE", "Progressing", "False", "ProgressDeadlineExceeded"],
  ["REFUSED", "ReplicaFailure", "True", "FailedCreate"],
  [undefined, "Progressing", "True", "ReplicaSetUpdated"],
  [undefined, "Available", "False", "MinimumReplicasUnavailable"],
])("a deployment is %s by its condition %s", (problem, type, status, reason) => {
  const conditions = [{ type, status, reason }];
  const metadata = { uid: "d", name: "gateway-demo-dev-edge", labels };
  expect(readDeployment({ metadata, status: { conditions } })?.problem).toBe(problem);
});

test.each([
  ["serves", { ready: true, serving: true, terminating: false }, true],
  ["does not serve", { ready: false, serving: false, terminating: false }, false],
  ["still serves while it is being stopped", { ready: false, serving: true, terminating: true }, true],
  ["is taken by anybody, though it does not answer", { ready: true, serving: false }, false],
  ["is ready, of an older cluster", { ready: true }, true],
  ["is not ready, of an older cluster", { ready: false }, false],
  ["says nothing", {}, true],
])("a pod behind a service that %s", (_title, conditions, answers) => {
  const targetRef = { kind: "Pod", uid: "p" };
  const slice = {
    metadata: { uid: "s", name: "x", labels },
    endpoints: [{ conditions, targetRef }, { conditions, targetRef: { kind: "Node", uid: "n" } }, {}],
  };
  expect(readEndpoints(slice)?.serving).toEqual(answers ? ["p"] : []);
});

test("a function cannot be named after another by a label of its owner's", () => {
  const metadata = {
    uid: "d",
    name: "fn-demo-dev-hello",
    labels: { ...labels, app: "kubeless-fn", instance: "bye" },
  };
  expect(readDeployment({ metadata })).toMatchObject({ kind: "FUNCTION", entityName: "hello" });
});
