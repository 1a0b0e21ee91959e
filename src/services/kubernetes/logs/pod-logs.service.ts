import { BadUserInput, RateLimited } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import type { PodGrant } from "../../../permissions/grant.ts";
import { askCluster } from "../cluster.answers.ts";
import type { ClusterService } from "../cluster.service.ts";
import { readPod } from "../pod.reader.ts";
import type { PodRecord } from "../pod.record.ts";
import { createLogFollower, type LogFollower } from "./log.follower.ts";
import type { WrittenLine } from "./log.lines.ts";
import { usualLogPatience, type LogPatience } from "./log.patience.ts";
import type { LogQueue } from "./log.queue.ts";
import { readLines } from "./log.read.ts";
import { createLogSource, type LogSource } from "./log.source.ts";
import type { LogStart } from "./log.start.ts";

/** Most of the last lines that can be asked for. */
export const mostLogLines = 2000;

/** What of a log is to be read. */
export interface LogQuestion {
  /** The first that works, unless told otherwise. */
  readonly container?: string | undefined;
  readonly tailLines: number;
  readonly since?: Date | undefined;
  /** Of the run before this one. */
  readonly previous?: boolean;
}

/** What was read of a log. */
export interface ReadLog {
  readonly container: string;
  readonly lines: readonly WrittenLine[];
  readonly truncated: boolean;
}

/** What the containers of pods write. */
export interface PodLogsService {
  readonly read: (grant: PodGrant, question: LogQuestion) => Promise<ReadLog>;
  /** Follows a log from where one wants to begin until the pod is gone: one conversation for all who follow it. */
  readonly follow: (grant: PodGrant, container: string | undefined, start: LogStart) => LogQueue;
  /** How many logs are followed, and how many lines slow readers have lost. */
  readonly counts: () => { readonly followed: number; readonly lost: number };
  readonly close: () => void;
}

interface Means {
  readonly cluster: Pick<ClusterService, "pod" | "pods" | "listenToPods" | "connection" | "namespace">;
  readonly patience?: Partial<LogPatience>;
  /** How many logs are followed at once, in all. */
  readonly limit: number;
  readonly log: Log;
}

const retryAfterMs = 5000;

/** The container that is meant; one that does not exist is the asker's mistake. */
function containerOf({ containers }: PodRecord, wanted: string | undefined): string {
  const working = containers.find(({ isPreparing }) => !isPreparing) ?? containers[0];
  const found = wanted === undefined ? working : containers.find(({ name }) => name === wanted);
  if (found) return found.name;
  const names = containers.map(({ name }) => name).join(", ");
  throw new BadUserInput([{ field: "container", message: `must be one of the pod's: ${names}` }]);
}

const inWholeSeconds = (time: Date | undefined) => time && `${time.toISOString().slice(0, 19)}Z`;

/** The lines of this moment or later; the cluster knows only whole seconds. */
function linesSince(lines: readonly WrittenLine[], since: Date | undefined): readonly WrittenLine[] {
  const stamp = since?.toISOString().slice(0, 23);
  return stamp === undefined ? lines : lines.filter((line) => line.stamp >= stamp);
}

/** A pod as the cluster answers it now. */
async function readFresh(
  { connection, namespace }: Means["cluster"],
  name: string,
  timeoutMs: number,
): Promise<PodRecord | undefined> {
  const path = ["api", "v1", "namespaces", namespace, "pods", name];
  return readPod(JSON.parse(await connection.ask({ path, timeoutMs })));
}

export function createPodLogsService({ cluster, limit, log, ...means }: Means): PodLogsService {
  const patience = { ...usualLogPatience, ...means.patience };
  const followers = new Map<string, LogFollower>();
  let lost = 0;

  const sourceOf = (pod: string, container: string): LogSource =>
    createLogSource(
      {
        connection: cluster.connection,
        namespace: cluster.namespace,
        headersTimeoutMs: patience.headersTimeoutMs,
      },
      { pod, container },
    );

  const followerOf = (key: string, pod: PodRecord, container: string): LogFollower => {
    const known = followers.get(key);
    if (known) return known;
    if (followers.size >= limit) throw new RateLimited(retryAfterMs, "Too many logs are followed at once.");
    const now = () => cluster.pods(pod).find(({ uid }) => uid === pod.uid);
    const follower = createLogFollower({
      source: sourceOf(pod.name, container),
      pod: {
        now,
        ask: async () => {
          const found = await readFresh(cluster, pod.name, patience.headersTimeoutMs);
          return found?.uid === pod.uid ? found : undefined;
        },
        listen: (listener) =>
          cluster.listenToPods(pod, (changes) => {
            if (changes.some(({ item }) => item.uid === pod.uid)) listener();
          }),
      },
      container,
      patience,
      log: log.child({ pod: pod.name, container }),
      onLost: (lines) => {
        lost += lines;
      },
      onOver: () => {
        if (followers.get(key) === follower) followers.delete(key);
      },
    });
    followers.set(key, follower);
    return follower;
  };

  return {
    read: async (grant, { tailLines, since, previous = false, ...question }) => {
      const pod = cluster.pod(grant);
      const container = containerOf(pod, question.container);
      const { bytes } = patience.ring;
      const wanted = { previous, tailLines, sinceTime: inWholeSeconds(since), lines: tailLines, bytes };
      const read = await askCluster(() => readLines(sourceOf(pod.name, container), wanted, patience), "pod");
      const all = [...(read?.lines ?? []), ...(read?.rest ? [read.rest] : [])];
      const lines = linesSince(all, since);
      return { container, lines, truncated: (read?.isShort ?? false) || lines.some(({ isCut }) => isCut) };
    },
    follow: (grant, wanted, start) => {
      const pod = cluster.pod(grant);
      const container = containerOf(pod, wanted);
      return followerOf(`${pod.uid}/${container}`, pod, container).join(start);
    },
    counts: () => ({ followed: followers.size, lost }),
    close: () => {
      for (const follower of [...followers.values()]) follower.stop();
    },
  };
}
