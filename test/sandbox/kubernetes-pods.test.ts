import { expect, it } from "vitest";
import { deployments, events, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import {
  eachTestHasAPlatform,
  isReady,
  onlyPod,
  podsOf,
  sandbox,
  serving,
  until,
} from "./kubernetes-platform.harness.ts";

eachTestHasAPlatform();

it("a pod that is deleted is followed by another, by another name, that serves in its place", async () => {
  const { metadata } = onlyPod("workspace-demo-dev");
  sandbox.kubernetes.cluster.deletePod(metadata.name);
  const next = await until(() => {
    const pod = onlyPod("workspace-demo-dev");
    expect(serving("workspace-demo-dev")).toEqual([pod.metadata.name]);
    return pod;
  });
  expect(next.metadata.name).not.toBe(metadata.name);
  expect(next.metadata.uid).not.toBe(metadata.uid);
  await until(() => expect(() => sandbox.kubernetes.cluster.get(pods, metadata.name)).toThrow());
});

it("a restart by annotation makes a pod before it takes the old one away, and is told of in the deployment", async () => {
  const { cluster } = sandbox.kubernetes;
  const old = onlyPod("gateway-demo-dev-gateway").metadata.name;
  const { url, token } = sandbox.addresses.kubernetes;
  const annotations = { "kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z" };
  const path = "/apis/apps/v1/namespaces/customer/deployments/gateway-demo-dev-gateway";
  const response = await fetch(url + path, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/strategic-merge-patch+json" },
    body: JSON.stringify({ spec: { template: { metadata: { annotations } } } }),
  });
  expect(response.status).toBe(200);
  await until(() => expect(onlyPod("gateway-demo-dev-gateway").metadata.name).not.toBe(old));
  await until(() => {
    expect(cluster.get(deployments, "gateway-demo-dev-gateway").status).toMatchObject({
      observedGeneration: 2,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
    });
  });
  const changes = cluster.store.since(0).filter(({ resource }) => (resource as unknown) === pods);
  const last = (name: string) => changes.findLast(({ object }) => object.metadata.name === name);
  const next = onlyPod("gateway-demo-dev-gateway");
  const ready = changes.find(
    ({ object }) => object.metadata.name === next.metadata.name && isReady(object as Pod),
  );
  const ended = changes.find(
    ({ object }) => object.metadata.name === old && object.metadata.deletionTimestamp !== undefined,
  );
  expect(ready?.version).toBeLessThan(ended?.version ?? 0);
  expect(last(next.metadata.name)?.type).toBe("MODIFIED");
});

it("a pod can crash again and again, run out of memory, fail to get its image, and recover", () => {
  const { cluster } = sandbox.kubernetes;
  const { name } = onlyPod("workspace-demo-dev").metadata;
  const state = () => cluster.get(pods, name).status.containerStatuses?.[0];
  cluster.crash(name, { exitCode: 2 });
  cluster.crash(name, { exitCode: 3 });
  expect(state()).toMatchObject({
    ready: false,
    restartCount: 2,
    state: { waiting: { reason: "CrashLoopBackOff" } },
    lastState: { terminated: { exitCode: 3, reason: "Error" } },
  });
  cluster.controllers.settle();
  expect(serving("workspace-demo-dev")).toEqual([]);
  cluster.outOfMemory(name);
  expect(state()).toMatchObject({ state: { terminated: { exitCode: 137, reason: "OOMKilled" } } });
  cluster.recover(name);
  expect(state()).toMatchObject({
    ready: true,
    restartCount: 3,
    lastState: { terminated: { exitCode: 137 } },
  });
  cluster.controllers.settle();
  expect(serving("workspace-demo-dev")).toEqual([name]);
  cluster.failPull(name);
  expect(state()).toMatchObject({ ready: false, state: { waiting: { reason: "ImagePullBackOff" } } });
  const told = cluster.list(events).filter((each) => each.involvedObject["name"] === name);
  expect(told.filter(({ type }) => type === "Warning").map(({ reason, count }) => [reason, count])).toEqual([
    ["BackOff", 3],
    ["Failed", 1],
  ]);
});

it("an image that cannot be pulled keeps the new pod waiting and the old one serving", async () => {
  const { cluster } = sandbox.kubernetes;
  const old = onlyPod("sls-api-demo-dev").metadata.name;
  cluster.kubelet.unpullable.add("lunchbadger/sls-api:broken");
  cluster.change(deployments, "sls-api-demo-dev", (deployment) => {
    const { template } = deployment.spec;
    const containers = template.spec.containers.map((each) => ({
      ...each,
      image: "lunchbadger/sls-api:broken",
    }));
    const broken = { ...template, spec: { ...template.spec, containers } };
    return { ...deployment, spec: { ...deployment.spec, template: broken } };
  });
  await until(() => {
    const reasons = podsOf("sls-api-demo-dev").map(
      ({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason,
    );
    expect(reasons).toContain("ImagePullBackOff");
  });
  expect(serving("sls-api-demo-dev")).toEqual([old]);
});
