import { stamp } from "./kubernetes.object.ts";
import type {
  Condition,
  ContainerState,
  ContainerStatus,
  Pod,
  PodSpec,
  PodStatus,
} from "./workload.objects.ts";

const bestEffort = { qosClass: "BestEffort" };

/** A pod that no node has been found for yet. */
export function pendingStatus(): PodStatus {
  return { phase: "Pending", ...bestEffort };
}

/** A pod that has a node, which has not looked at it yet. */
export function scheduledStatus(): PodStatus {
  return { phase: "Pending", conditions: [condition("PodScheduled", true, [])], ...bestEffort };
}

/** A pod whose containers wait for something: to be made, or for their image. */
export function waitingStatus(pod: Pod, reason: string, message?: string): PodStatus {
  const waiting = { reason, ...(message === undefined ? {} : { message }) };
  const containers = pod.spec.containers.map(({ name, image }) => ({
    name,
    state: { waiting },
    lastState: {},
    ready: false,
    restartCount: 0,
    image,
    imageID: "",
    started: false,
  }));
  return { ...stands(pod, "Pending"), containerStatuses: containers, ...bestEffort };
}

/** A pod whose containers all run; those that are not ready do not serve yet. */
export function runningStatus(pod: Pod, podIP: string, isReady: boolean): PodStatus {
  const known = new Map(pod.status.containerStatuses?.map((each) => [each.name, each]));
  const containers = pod.spec.containers.map(({ name, image }): ContainerStatus => {
    const before = known.get(name);
    const running = before?.state.running ?? { startedAt: stamp() };
    return {
      name,
      state: { running },
      lastState: before?.state.terminated === undefined ? (before?.lastState ?? {}) : before.state,
      ready: isReady,
      restartCount: before?.restartCount ?? 0,
      image,
      imageID: `sha256:${image.length.toString(16).padStart(64, "0")}`,
      containerID: `containerd://${pod.metadata.uid.replaceAll("-", "")}`,
      started: true,
    };
  });
  return withContainers(pod, "Running", podIP, containers);
}

/** How a container ended. */
export interface ContainerEnd {
  /** The only one there is, unless told otherwise. */
  readonly container?: string;
  readonly exitCode?: number;
  readonly reason?: string;
}

/** A pod one of whose containers ended and is kept from starting again for a while. */
export function crashedStatus(pod: Pod, end: ContainerEnd = {}): PodStatus {
  return ended(pod, end, (status, terminated) => ({
    ...withoutId(status),
    state: {
      waiting: {
        reason: "CrashLoopBackOff",
        message: `back-off 40s restarting failed container=${status.name}`,
      },
    },
    lastState: terminated,
    started: false,
  }));
}

/** A pod one of whose containers has just ended. */
export function terminatedStatus(pod: Pod, end: ContainerEnd): PodStatus {
  return ended(pod, end, ({ started: _started, ...status }, state) => ({ ...withoutId(status), state }));
}

function ended(
  pod: Pod,
  { container, exitCode = 1, reason = "Error" }: ContainerEnd,
  change: (status: ContainerStatus, terminated: ContainerState) => ContainerStatus,
): PodStatus {
  const statuses = pod.status.containerStatuses ?? [];
  const meant = container ?? statuses[0]?.name;
  const containers = statuses.map((status) => {
    if (status.name !== meant) return status;
    const startedAt = status.state.running?.startedAt ?? stamp();
    const terminated = { terminated: { exitCode, reason, startedAt, finishedAt: stamp() } };
    return { ...change(status, terminated), ready: false, restartCount: status.restartCount + 1 };
  });
  return withContainers(pod, "Running", pod.status.podIP ?? "", containers);
}

function withContainers(
  pod: Pod,
  phase: string,
  podIP: string,
  containers: readonly ContainerStatus[],
): PodStatus {
  const unready = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const { conditions, hostIP, startTime } = stands(pod, phase, unready);
  const addresses = { podIP, podIPs: [{ ip: podIP }] };
  const { initContainers } = pod.spec as { readonly initContainers?: PodSpec["containers"] };
  const first = pod.status.initContainerStatuses ?? initContainers?.map(completedStatus);
  const initial = first === undefined ? {} : { initContainerStatuses: first };
  return {
    ...{ phase, conditions, hostIP, ...addresses, startTime },
    ...{ ...initial, containerStatuses: containers, ...bestEffort },
  };
}

/** A container that had to end before the others began, and has. */
function completedStatus({
  name,
  image,
}: {
  readonly name: string;
  readonly image: string;
}): ContainerStatus {
  const [startedAt, finishedAt] = [stamp(), stamp()];
  return {
    name,
    state: { terminated: { exitCode: 0, reason: "Completed", startedAt, finishedAt } },
    lastState: {},
    ready: true,
    restartCount: 0,
    image,
    imageID: `sha256:${image.length.toString(16).padStart(64, "0")}`,
    started: false,
  };
}

function stands(pod: Pod, phase: string, unready = pod.spec.containers.map(({ name }) => name)) {
  const known = new Map(pod.status.conditions?.map((each) => [each.type, each]));
  const conditions = [
    condition("Initialized", true, []),
    condition("Ready", unready.length === 0, unready),
    condition("ContainersReady", unready.length === 0, unready),
    condition("PodScheduled", true, []),
  ].map((each) => {
    const before = known.get(each.type);
    return before?.status === each.status ? { ...each, lastTransitionTime: before.lastTransitionTime } : each;
  });
  return { phase, conditions, hostIP: "10.0.0.1", startTime: pod.status.startTime ?? stamp() };
}

function condition(type: string, holds: boolean, unready: readonly string[]): Condition {
  const why = {
    reason: "ContainersNotReady",
    message: `containers with unready status: [${unready.join(" ")}]`,
  };
  const status = holds ? ("True" as const) : ("False" as const);
  return { type, status, lastProbeTime: null, lastTransitionTime: stamp(), ...(holds ? {} : why) };
}

function withoutId({ containerID: _id, ...status }: ContainerStatus): ContainerStatus {
  return status;
}
