import type { ContainerRecord, PodRecord } from "./pod.record.ts";

const imageWords = "image cannot be pulled";
const configurationWords = "cannot be started: something in its configuration is missing or wrong";

/** What the cluster's words for a container that waits mean to a person. */
const waitingWords: Readonly<Record<string, string>> = {
  ErrImagePull: imageWords,
  ImagePullBackOff: imageWords,
  ErrImageNeverPull: imageWords,
  InvalidImageName: imageWords,
  ImageInspectError: imageWords,
  RegistryUnavailable: imageWords,
  CreateContainerConfigError: configurationWords,
  CreateContainerError: configurationWords,
  RunContainerError: configurationWords,
  StartError: configurationWords,
};

const starting = "starting";

/** Of several problems the first of these is told. */
const weights = ["BROKEN", "CRASHED", "UNREADY", "STARTING"] as const;

interface Finding {
  readonly weight: (typeof weights)[number];
  readonly words: string;
}

const times = (count: number) => (count <= 1 ? "once" : `${count} times`);

/** Why one container does not do its work; undefined where it does. */
function findingOf(container: ContainerRecord): Finding | undefined {
  const { state, reason, ended, lastEnded, restarts, ready, isPreparing } = container;
  if (ready || (isPreparing && ended?.exitCode === 0)) return undefined;
  const broken = state === "WAITING" ? waitingWords[reason ?? ""] : undefined;
  if (broken) return { weight: "BROKEN", words: broken };
  if (state === "RUNNING") {
    return isPreparing
      ? { weight: "STARTING", words: starting }
      : { weight: "UNREADY", words: "running, but not answering yet" };
  }
  const crash = ended ?? (reason === "CrashLoopBackOff" || restarts > 0 ? lastEnded : undefined);
  if (!crash) {
    return reason === "CrashLoopBackOff"
      ? { weight: "CRASHED", words: `crashed ${times(restarts)}` }
      : { weight: "STARTING", words: starting };
  }
  if (crash.reason === "OOMKilled") return { weight: "CRASHED", words: "out of memory" };
  if (crash.reason && waitingWords[crash.reason]) return { weight: "BROKEN", words: configurationWords };
  const what = isPreparing ? "its preparation crashed" : "crashed";
  return { weight: "CRASHED", words: `${what} ${times(restarts)}, exit code ${crash.exitCode}` };
}

function worstOf(containers: readonly ContainerRecord[]): Finding | undefined {
  const findings = containers.map(findingOf).filter((finding) => finding !== undefined);
  return weights
    .map((weight) => findings.find((finding) => finding.weight === weight))
    .find((finding) => finding !== undefined);
}

const isBad = (finding: Finding | undefined) => finding?.weight === "BROKEN" || finding?.weight === "CRASHED";

/** Whether a pod will not do its work by waiting: it is broken, has crashed, has ended or cannot be reached. */
export function hasFailed(pod: PodRecord): boolean {
  const { phase, ready, deletedAt, containers } = pod;
  if (ready || deletedAt !== undefined) return false;
  return phase === "FAILED" || phase === "UNKNOWN" || isBad(worstOf(containers));
}

function wordsForPod({ phase, reason, isPlaced, containers }: PodRecord): string {
  if (reason === "Evicted") return "evicted: there was too little room where it ran";
  if (reason === "DeadlineExceeded") return "stopped: it took too long";
  if (phase === "SUCCEEDED") return "finished";
  if (phase === "UNKNOWN" || reason === "NodeLost") return "where it runs cannot be reached";
  if (phase === "PENDING" && !isPlaced) return "waiting for a place to run";
  const worst = worstOf(containers);
  if (phase === "FAILED" && !isBad(worst)) return "failed";
  return worst?.words ?? starting;
}

/** Why a pod is not ready, in words a person understands; undefined for one that is. */
export function wordsFor(pod: PodRecord): string | undefined {
  if (pod.deletedAt !== undefined) return "being stopped";
  return pod.ready ? undefined : wordsForPod(pod);
}
