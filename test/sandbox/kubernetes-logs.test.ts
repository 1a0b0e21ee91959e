import { expect, it } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import {
  addPod,
  addRunningPod,
  ask,
  cluster,
  eachTestHasAnApi,
  linesOf,
  podsPath,
} from "./kubernetes.harness.ts";

eachTestHasAnApi();

async function log(name: string, query = ""): Promise<string> {
  return (await ask(`GET ${podsPath}/${name}/log?${query}`)).text();
}

it("a log is what the container wrote: all of it, its last lines, or with the time of each line", async () => {
  addRunningPod("writer");
  cluster.write("writer", "one", "two", "three");
  expect(await log("writer")).toBe("one\ntwo\nthree\n");
  expect(await log("writer", "tailLines=2")).toBe("two\nthree\n");
  expect(await log("writer", "tailLines=0")).toBe("");
  expect(await log("writer", "limitBytes=5")).toBe("one\nt");
  const stamped = (await log("writer", "timestamps=true&container=main")).trimEnd().split("\n");
  expect(stamped).toHaveLength(3);
  for (const line of stamped) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z \w+$/);
  expect(stamped).toEqual([...stamped].sort());
});

it("since a moment means since the whole second of it", async () => {
  addRunningPod("writer");
  cluster.write("writer", "now");
  const { uid } = cluster.get(pods, "writer").metadata;
  const [{ stamp } = { stamp: "" }] = cluster.logs.lines(uid, "main") ?? [];
  expect(await log("writer", `sinceTime=${stamp.slice(0, 19)}.999999999Z`)).toBe("now\n");
  expect(await log("writer", `sinceTime=${new Date(Date.now() + 5000).toISOString()}`)).toBe("");
  expect(await log("writer", "sinceSeconds=60")).toBe("now\n");
});

it("who follows a log is told of each line until the container ends", async () => {
  addRunningPod("writer");
  cluster.write("writer", "before");
  const response = await ask(`GET ${podsPath}/writer/log?follow=true&tailLines=1`);
  const lines = linesOf(response);
  expect((await lines.next()).value).toBe("before");
  cluster.write("writer", "after");
  expect((await lines.next()).value).toBe("after");
  cluster.crash("writer");
  expect((await lines.next()).done).toBe(true);
});

it("what a container wrote before it crashed is the previous log, and where none crashed there is none", async () => {
  addRunningPod("writer");
  cluster.write("writer", "first life");
  const none = await ask(`GET ${podsPath}/writer/log?previous=true`);
  expect([none.status, await none.json()]).toMatchObject([400, { reason: "BadRequest" }]);
  cluster.crash("writer", { exitCode: 3 });
  cluster.recover("writer");
  cluster.write("writer", "second life");
  expect([await log("writer", "previous=true"), await log("writer")]).toEqual([
    "first life\n",
    "second life\n",
  ]);
});

it("a container that waits for its image has no log yet, and a pod without a node an empty one", async () => {
  addPod("nowhere");
  expect((await ask(`GET ${podsPath}/nowhere/log`)).status).toBe(204);
  addRunningPod("imageless");
  cluster.failPull("imageless");
  const waiting = await ask(`GET ${podsPath}/imageless/log`);
  expect([waiting.status, ((await waiting.json()) as { message: string }).message]).toEqual([
    400,
    'container "main" in pod "imageless" is waiting to start: ImagePullBackOff',
  ]);
});

it("following ends when the pod is gone", async () => {
  addRunningPod("writer");
  const lines = linesOf(await ask(`GET ${podsPath}/writer/log?follow=true`));
  await ask(`DELETE ${podsPath}/writer?gracePeriodSeconds=0`);
  expect((await lines.next()).done).toBe(true);
});
