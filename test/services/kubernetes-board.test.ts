import { setImmediate as breathe } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ClusterWatches, Known } from "../../src/services/kubernetes/cluster.watches.ts";
import type { DeploymentRecord } from "../../src/services/kubernetes/deployment.reader.ts";
import type { EndpointRecord } from "../../src/services/kubernetes/endpoint.reader.ts";
import { createObjectIndex, type ObjectIndex } from "../../src/services/kubernetes/object.index.ts";
import type { PodRecord } from "../../src/services/kubernetes/pod.record.ts";
import { createStatusBoard } from "../../src/services/kubernetes/status.board.ts";
import { createStanding } from "../../src/services/kubernetes/watch.standing.ts";
import { projectKey } from "../../src/services/kubernetes/workload.labels.ts";

const fail = (error: unknown) => {
  throw error;
};

/** A board over what a test puts there, which counts who listens to a project. */
function board() {
  const thrown: unknown[] = [];
  let listeners = 0;
  const known = <Item extends { readonly producer: string; readonly env: string }>() => {
    const index: ObjectIndex<Item> = createObjectIndex<Item>({ keyOf: projectKey, onListenerError: fail });
    const standing = createStanding(fail);
    standing.live();
    const counting: ObjectIndex<Item> = {
      ...index,
      listen: (key, listener) => {
        const stop = index.listen(key, listener);
        listeners += 1;
        return () => {
          listeners -= 1;
          stop();
        };
      },
    };
    const watch = { ...standing, lists: () => 1, start: () => undefined, stop: () => Promise.resolve() };
    return { index: counting, watch, standing } satisfies Known<Item> & { standing: typeof standing };
  };
  const pods = known<PodRecord>();
  const watches: ClusterWatches & { pods: typeof pods } = {
    pods,
    deployments: known<DeploymentRecord>(),
    endpoints: known<EndpointRecord>(),
  };
  const made = createStatusBoard({ watches, onListenerError: (error) => thrown.push(error) });
  const put = (kind: PodRecord["kind"], rest: Partial<PodRecord> = {}) => {
    const uid = `${kind}-${rest.producer ?? "demo"}`;
    pods.index.put(uid, { ...pod, uid, name: uid, kind, ...rest });
  };
  return { board: made, put, pods, thrown, listeners: () => listeners };
}

const pod: PodRecord = {
  uid: "",
  name: "",
  producer: "demo",
  env: "dev",
  kind: "WORKSPACE",
  entityId: undefined,
  entityName: undefined,
  phase: "RUNNING",
  reason: undefined,
  isPlaced: true,
  ready: true,
  restarts: 0,
  containers: [],
  createdAt: undefined,
  startedAt: undefined,
  deletedAt: undefined,
};

test("thousands who follow one project listen once, are called once a moment, and are told one object", async () => {
  const { board: told, put, listeners } = board();
  let calls = 0;
  const followers = Array.from({ length: 5000 }, () => told.follow("demo/dev", () => (calls += 1)));
  expect(listeners()).toBe(3);
  for (let restarts = 1; restarts < 10; restarts += 1) put("WORKSPACE", { restarts });
  await breathe();
  expect(calls).toBe(5000);
  const read = followers.map((each) => each.read("project"));
  expect(new Set(read).size).toBe(1);
  expect(read[0]?.event.status.workspace).toMatchObject({ restarts: 9 });
  for (const each of followers) each.leave();
  expect(listeners()).toBe(0);
});

test("what a project does not show, and what happens to another, is told as the same object", async () => {
  const { board: told, put } = board();
  const followed = told.follow("demo/dev", () => undefined);
  const [before, whole] = [followed.read("project"), followed.read("functions")];
  put("FUNCTION");
  put("WORKSPACE", { producer: "eve" });
  await breathe();
  expect(followed.read("project")).toBe(before);
  expect(followed.read("functions")).not.toBe(whole);
});

test("who sleeps through a change and its undoing is told nothing; who has read the change is told that it is undone", async () => {
  const { board: told, put } = board();
  const [slept, awake] = [told.follow("demo/dev", () => undefined), told.follow("demo/dev", () => undefined)];
  put("WORKSPACE");
  const [before, whole] = [slept.read("project"), slept.read("functions")];
  put("WORKSPACE", { restarts: 1 });
  const change = awake.read("project");
  expect(change).not.toBe(before);
  expect(change.event.status.workspace).toMatchObject({ restarts: 1 });
  put("WORKSPACE");
  expect([awake.read("project"), slept.read("project")]).toEqual([before, before]);
  expect(slept.read("project")).toBe(before);
  expect(slept.read("functions")).toBe(whole);
});

test("nothing is taken for what was told before that differs from it in anything, and what was told long ago is forgotten", async () => {
  const { board: told, put, pods } = board();
  const followed = told.follow("demo/dev", () => undefined);
  const states = [0, 1, 2, 3, 4].map((restarts) => {
    put("WORKSPACE", { restarts });
    return followed.read("project");
  });
  expect(new Set(states).size).toBe(5);
  put("WORKSPACE", { restarts: 1 });
  expect(followed.read("project")).toBe(states[1]);
  pods.standing.failed("BUSY");
  expect(followed.read("project")).not.toBe(states[1]);
  pods.standing.live();
  expect(followed.read("project")).toBe(states[1]);
  put("WORKSPACE", { restarts: 0 });
  const again = followed.read("project");
  expect(again).toEqual(states[0]);
  expect(again).not.toBe(states[0]);
});

test("one who fails does no harm to the others, and one who has gone is called no more", async () => {
  const { board: told, put, thrown } = board();
  let calls = 0;
  const gone = told.follow("demo/dev", () => fail(new Error("called after it has gone")));
  told.follow("demo/dev", () => fail(new Error("cannot")));
  told.follow("demo/dev", () => (calls += 1));
  gone.leave();
  put("WORKSPACE");
  await breathe();
  expect(calls).toBe(1);
  expect(thrown).toEqual([new Error("cannot")]);
});

test("all who follow are called when a watch can be believed no more, and what is told says since when", async () => {
  const { board: told, pods } = board();
  let calls = 0;
  const followed = [told.follow("demo/dev", () => (calls += 1)), told.follow("eve/dev", () => (calls += 1))];
  expect(followed[0]?.read("project").event.stale).toBe(undefined);
  pods.standing.failed("BUSY");
  await breathe();
  expect(calls).toBe(2);
  expect(followed[0]?.read("project").event.stale).toMatchObject({ reason: "BUSY" });
  pods.standing.live();
  expect(followed[1]?.read("project").event.stale).toBe(undefined);
});
