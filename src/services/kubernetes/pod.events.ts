import { z } from "zod";
import { UpstreamUnavailable } from "../../errors.ts";
import type { PodGrant } from "../../permissions/grant.ts";
import { askCluster } from "./cluster.answers.ts";
import type { ClusterService } from "./cluster.service.ts";

/** Something that the cluster says has happened to a pod; times are ISO texts. */
export interface PodEventRecord {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
}

const text = z.string().nullish();
const number = z.number().nullish();

/** Events have two shapes: an older one with counts and times, and a newer one that says more in a series. */
const eventShape = z.object({
  metadata: z.object({ creationTimestamp: text }),
  type: text,
  reason: text,
  message: text,
  note: text,
  count: number,
  deprecatedCount: number,
  firstTimestamp: text,
  lastTimestamp: text,
  deprecatedFirstTimestamp: text,
  deprecatedLastTimestamp: text,
  eventTime: text,
  series: z.object({ count: number, lastObservedTime: text }).nullish(),
});

const listShape = z.object({ items: z.array(eventShape).nullish() });

const bytesLimit = 8 * 1024 * 1024;
/** Most that are read, in no particular order, and most that are told. */
const [mostRead, mostTold] = [500, 50];
const [longestWord, longestMessage] = [100, 1000];

/** One event in one shape. */
export function readPodEvent(object: z.infer<typeof eventShape>): PodEventRecord {
  const { series, eventTime, metadata } = object;
  const firstSeen =
    object.firstTimestamp ?? object.deprecatedFirstTimestamp ?? eventTime ?? metadata.creationTimestamp;
  const lastSeen =
    series?.lastObservedTime ??
    object.lastTimestamp ??
    object.deprecatedLastTimestamp ??
    eventTime ??
    firstSeen;
  return {
    type: (object.type ?? "Normal").slice(0, longestWord),
    reason: (object.reason ?? "").slice(0, longestWord),
    message: (object.message ?? object.note ?? "").slice(0, longestMessage),
    count: series?.count ?? object.count ?? object.deprecatedCount ?? 1,
    firstSeen: firstSeen ?? undefined,
    lastSeen: lastSeen ?? undefined,
  };
}

function parseList(answer: string): z.infer<typeof listShape> {
  try {
    return listShape.parse(JSON.parse(answer));
  } catch {
    throw new UpstreamUnavailable("kubernetes", "the list of events cannot be read");
  }
}

const timeOf = ({ lastSeen }: PodEventRecord) => Date.parse(lastSeen ?? "") || 0;

/** What the cluster says has happened to a pod, the newest first. */
export type PodEvents = (grant: PodGrant) => Promise<readonly PodEventRecord[]>;

export function createPodEvents(
  { connection, namespace, pod: find }: Pick<ClusterService, "connection" | "namespace" | "pod">,
  patienceMs: number,
): PodEvents {
  return async (grant) => {
    const { uid } = find(grant);
    const answer = await askCluster(
      () =>
        connection.ask({
          path: ["api", "v1", "namespaces", namespace, "events"],
          // By its uid, for an earlier pod may have had its name.
          query: { fieldSelector: `involvedObject.uid=${uid}`, limit: mostRead },
          timeoutMs: Math.max(1, Math.min(patienceMs, grant.caller.budget.remainingMs())),
          bytesLimit,
        }),
      "pod",
    );
    const events = (parseList(answer).items ?? []).map(readPodEvent);
    return events.sort((one, other) => timeOf(other) - timeOf(one)).slice(0, mostTold);
  };
}
