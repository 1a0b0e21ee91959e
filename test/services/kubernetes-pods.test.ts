import { expect, test } from "vitest";
import { readPod } from "../../src/services/kubernetes/pod.reader.ts";
import { projectKey } from "../../src/services/kubernetes/workload.labels.ts";
import type { PodRecord } from "../../src/services/kubernetes/pod.record.ts";
import { wordsFor } from "../../src/services/kubernetes/pod.words.ts";
import recorded from "./kubernetes.recorded.json" with { type: "json" };

function podOf(object: unknown): PodRecord {
  const pod = readPod(object);
  if (!pod) throw new Error("not a pod of the platform");
  return pod;
}

/** What the words are at each step of the recorded life of a pod. */
const life: readonly (string | undefined)[] = [
  "waiting for a place to run",
  "starting",
  "starting",
  undefined,
  "crashed once, exit code 1",
  "crashed 2 times, exit code 1",
  undefined,
  "out of memory",
  "crashed 5 times, exit code 1",
  "being stopped",
  "being stopped",
];

test("the recorded life of a pod, told in words a person understands", () => {
  const pods = recorded.story.filter(({ type }) => type === "ADDED" || type === "MODIFIED");
  expect(pods.map(({ object }) => wordsFor(podOf(object)))).toEqual(life);
});

test("a recorded pod is read as what it is of the platform", () => {
  const [first, , , running] = recorded.story.map(({ object }) => object);
  expect(podOf(first)).toMatchObject({
    phase: "PENDING",
    isPlaced: false,
    ready: false,
    containers: [{ state: "WAITING" }],
  });
  const pod = podOf(running);
  expect(projectKey(pod)).toBe("story/dev");
  expect(pod).toEqual({
    uid: "1a1c16d8-1f97-4bcf-87bb-e16179aaeb81",
    name: "workspace-demo-dev-87c8978b-6bmnw",
    producer: "story",
    env: "dev",
    kind: "WORKSPACE",
    entityId: undefined,
    entityName: undefined,
    phase: "RUNNING",
    reason: undefined,
    isPlaced: true,
    ready: true,
    restarts: 0,
    createdAt: "2026-11-20T09:37:48Z",
    startedAt: "2026-11-20T09:37:48Z",
    deletedAt: undefined,
    containers: [
      {
        name: "workspace",
        isPreparing: false,
        state: "RUNNING",
        reason: undefined,
        ready: true,
        restarts: 0,
        startedAt: "2026-11-20T09:37:48Z",
        ended: undefined,
        lastEnded: undefined,
      },
    ],
  });
});

interface Told {
  readonly phase?: string;
  readonly reason?: string;
  readonly isPlaced?: boolean;
  readonly state?: object;
  readonly lastState?: object;
  readonly restartCount?: number;
  readonly preparing?: object;
}

/** A pod of a function in some state, in the cluster's words. */
function podIn(told: Told, name = "fn-demo-dev-say-hello-7d4b9c6f5d-x2x9k", labels = {}) {
  const { phase = "Pending", reason, isPlaced = true, state, lastState = {}, restartCount = 0 } = told;
  return {
    metadata: {
      uid: "u",
      name,
      labels: { app: "kubeless-fn", producer: "demo", env: "dev", id: "f1", ...labels },
    },
    spec: { initContainers: told.preparing ? [{ name: "fetch" }] : [], containers: [{ name: "main" }] },
    status: {
      phase,
      reason,
      conditions: [{ type: "PodScheduled", status: isPlaced ? "True" : "False" }],
      initContainerStatuses: told.preparing
        ? [{ name: "fetch", ready: false, restartCount, state: told.preparing }]
        : [],
      containerStatuses: state ? [{ name: "main", ready: false, restartCount, state, lastState }] : [],
    },
  };
}

const waiting = (reason: string) => ({ waiting: { reason } });
const terminated = (reason: string, exitCode: number) => ({ terminated: { reason, exitCode } });

const words: readonly [words: string, told: Told][] = [
  ["waiting for a place to run", { isPlaced: false }],
  ["starting", {}],
  ["starting", { state: waiting("ContainerCreating") }],
  ["starting", { state: waiting("PodInitializing"), preparing: { running: {} } }],
  ["image cannot be pulled", { state: waiting("ErrImagePull") }],
  ["image cannot be pulled", { state: waiting("ImagePullBackOff") }],
  ["image cannot be pulled", { state: waiting("InvalidImageName") }],
  ["image cannot be pulled", { state: waiting("PodInitializing"), preparing: waiting("ImagePullBackOff") }],
  [
    "cannot be started: something in its configuration is missing or wrong",
    { state: waiting("CreateContainerConfigError") },
  ],
  ["running, but not answering yet", { phase: "Running", state: { running: {} } }],
  [
    "crashed 4 times, exit code 1",
    { state: waiting("CrashLoopBackOff"), lastState: terminated("Error", 1), restartCount: 4 },
  ],
  ["crashed once, exit code 3", { phase: "Running", state: terminated("Error", 3) }],
  ["crashed 3 times", { state: waiting("CrashLoopBackOff"), restartCount: 3 }],
  ["out of memory", { state: waiting("CrashLoopBackOff"), lastState: terminated("OOMKilled", 137) }],
  [
    "its preparation crashed 2 times, exit code 128",
    { preparing: terminated("Error", 128), restartCount: 2 },
  ],
  ["evicted: there was too little room where it ran", { phase: "Failed", reason: "Evicted" }],
  ["failed", { phase: "Failed" }],
  ["finished", { phase: "Succeeded" }],
  ["where it runs cannot be reached", { phase: "Unknown" }],
];

test.each(words)("%s", (expected, told) => {
  expect(wordsFor(podOf(podIn(told)))).toBe(expected);
});

const named: readonly [name: string, labels: Readonly<Record<string, string>>, entity: string][] = [
  ["fn-demo-dev-say-hello-7d4b9c6f5d-x2x9k", {}, "say-hello"],
  ["gateway-demo-dev-edge-6f5d7d4b9c-abcde", { app: "gateway" }, "edge"],
  ["gateway-demo-dev-x-6f5d7d4b9c-abcde", { app: "gateway", instance: "edge" }, "edge"],
  ["fn-demo-dev-hello-x2x9k", {}, "hello"],
];

test.each(named)(
  "%s is the pod of the gateway or function that it is named after",
  (name, labels, entity) => {
    expect(podOf(podIn({}, name, labels))).toMatchObject({ entityId: "f1", entityName: entity });
  },
);

test("the environment is read from either label", () => {
  const pod = podIn({});
  const { env: _env, ...labels } = pod.metadata.labels;
  const other = { ...pod, metadata: { ...pod.metadata, labels: { ...labels, environment: "stage" } } };
  expect(podOf(other).env).toBe("stage");
});

test("a pod that is not the platform's, or does not say whose it is, is nobody's", () => {
  for (const label of ["app", "producer", "env"])
    expect(readPod(podIn({}, "x", { [label]: "" })), label).toBe(undefined);
  expect(readPod(podIn({}, "x", { app: "redis" }))).toBe(undefined);
  expect(() => readPod({ metadata: {} })).toThrow();
});
