import { afterEach, beforeEach, vi } from "vitest";
import { endpointSlices } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";

/** The platform of the test that is running; its pods are quick. */
export let sandbox: Sandbox;

/** Gives each test of a file a platform of its own. Files may share this module, so each asks for it. */
export function eachTestHasAPlatform(): void {
  beforeEach(async () => {
    sandbox = await startSandbox({
      PRODUCER_PREFIX: "customer",
      ENVIRONMENTS: ["dev"],
      FUNCTIONS_REPOSITORY: "functions",
      timing: { writeMs: 0, hookDelayMs: 1 },
      functionTiming: { writeMs: 0, deployMs: 0, undeployMs: 0, logsMs: 0 },
      clusterTiming: { scheduleMs: 1, createMs: 1, readyMs: 1, terminateMs: 1 },
    });
  });

  afterEach(() => sandbox.stop());
}

/** What there is to see, once it is as it should be. */
export const until = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 5000, interval: 5 });

/** The pods of a deployment that are not ending. */
export function podsOf(deployment: string): readonly Pod[] {
  return sandbox.kubernetes.cluster.podsOf(deployment);
}

/** The one pod of a deployment; throws while there are more or none. */
export function onlyPod(deployment: string): Pod {
  const [pod, ...others] = podsOf(deployment);
  if (pod === undefined || others.length > 0)
    throw new Error(`${deployment} has ${podsOf(deployment).length} pods`);
  return pod;
}

/** Whether all in a pod is ready. */
export function isReady({ status }: Pod): boolean {
  return status.containerStatuses?.every(({ ready }) => ready) ?? false;
}

/** The pods that serve for a service. */
export function serving(service: string): readonly unknown[] {
  const slice = sandbox.kubernetes.cluster
    .list(endpointSlices)
    .find(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === service);
  return (slice?.endpoints ?? [])
    .filter((each) => (each["conditions"] as { ready: boolean }).ready)
    .map((each) => (each["targetRef"] as { name: string }).name);
}
