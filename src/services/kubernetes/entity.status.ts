import type { PodKind } from "../../live/pod.kind.ts";
import type { DeploymentRecord } from "./deployment.reader.ts";
import type { PodRecord } from "./pod.record.ts";
import { hasFailed, wordsFor } from "./pod.words.ts";

/** How something of a project does on the cluster. */
export interface EntityStatus {
  readonly kind: PodKind;
  readonly name: string | undefined;
  readonly entityId: string | undefined;
  /** Whether any of its pods answers. */
  readonly running: boolean;
  /** Whether it is on its way to what was asked for last. */
  readonly deploying: boolean;
  /** Whether what was asked for last does its work. */
  readonly ready: boolean;
  /** Whether what was asked for last will not come by waiting. */
  readonly failed: boolean;
  /** Why it is not ready, in words a person understands. */
  readonly reason: string | undefined;
  readonly restarts: number;
  readonly startedAt: string | undefined;
  /** The newest first. */
  readonly pods: readonly PodRecord[];
}

/** All that the cluster tells of one thing; undefined is what it has never told of anything. */
export interface EntityParts {
  readonly kind: PodKind;
  readonly pods: readonly PodRecord[] | undefined;
  readonly deployments: readonly DeploymentRecord[] | undefined;
  /** The uids of the pods that answer, whosever they are. */
  readonly serving: ReadonlySet<string> | undefined;
}

const noneWanted = "none of it is to run";
const refused = "the cluster refuses to make its pods: there is no room, or they are not allowed";
const late = "did not become ready in time";
const awaited = "waiting for its pods to be made";

const hasEnded = ({ phase }: PodRecord) => phase === "FAILED" || phase === "SUCCEEDED";
const isAlive = (pod: PodRecord) => pod.deletedAt === undefined && !hasEnded(pod);

/** Times are in whole seconds: of pods of one second the one that is not ready yet is taken for the newer. */
function byAge(one: PodRecord, other: PodRecord): number {
  const byTime = (other.createdAt ?? "").localeCompare(one.createdAt ?? "");
  const byLife = Number(isAlive(other)) - Number(isAlive(one));
  return byLife || byTime || Number(one.ready) - Number(other.ready) || one.uid.localeCompare(other.uid);
}

/** What of it is wrong or not there yet, as far as its deployments and its newest pod tell. */
function findingsOf(
  newest: PodRecord | undefined,
  deployments: readonly DeploymentRecord[],
  arePodsKnown: boolean,
) {
  const isWanted = deployments.some(({ wanted }) => wanted > 0);
  const isRefused = isWanted && deployments.some(({ problem }) => problem === "REFUSED");
  const isLate = isWanted && deployments.some(({ problem }) => problem === "LATE");
  const failed = isRefused || isLate || (newest !== undefined && hasFailed(newest));
  const words = newest && wordsFor(newest);
  if (isRefused) return { failed, reason: refused };
  if (deployments.length > 0 && !isWanted) return { failed: false, reason: noneWanted };
  return { failed, reason: words ?? (isLate ? late : newest || !arePodsKnown ? undefined : awaited) };
}

function isDeploying(
  { isObserved, wanted, replicas, updated, available, problem }: DeploymentRecord,
  failed: boolean,
): boolean {
  // What failed may be what is being replaced: until the cluster has begun with the new, the new is on its way.
  if (!isObserved || (updated < wanted && problem === undefined)) return true;
  return !failed && (replicas > updated || available < wanted);
}

const isComplete = ({ isObserved, wanted, updated, available }: DeploymentRecord) =>
  isObserved && wanted > 0 && updated >= wanted && available >= wanted;

/**
 * How something does, out of all that the cluster tells of it. What it has never told of is guessed from the rest: pods
 * that are ready are taken for running, one that is not yet for being deployed, and numbers for pods.
 */
export function entityStatus({ kind, serving, ...parts }: EntityParts): EntityStatus {
  const { pods = [], deployments = [] } = parts;
  const sorted = [...pods].sort(byAge);
  const alive = sorted.filter(isAlive);
  const newest = sorted[0];
  const { failed, reason } = findingsOf(newest, deployments, parts.pods !== undefined);
  const wanted = deployments.reduce((sum, deployment) => sum + deployment.wanted, 0);
  const isCrowded = deployments.length > 0 && alive.length > wanted;
  const isBeginning = !parts.deployments && alive[0] === newest && newest?.ready === false;
  const known = [...deployments, ...sorted];
  return {
    kind,
    name: known.find(({ entityName }) => entityName !== undefined)?.entityName,
    entityId: known.find(({ entityId }) => entityId !== undefined)?.entityId,
    running: parts.pods
      ? pods.some(({ uid, ready }) => (serving ? serving.has(uid) : ready))
      : deployments.some(({ available }) => available > 0),
    deploying:
      deployments.some((each) => isDeploying(each, failed)) || ((isCrowded || isBeginning) && !failed),
    ready: parts.pods ? (newest?.ready ?? false) : deployments.some(isComplete),
    failed,
    reason,
    restarts: alive.reduce((sum, { restarts }) => sum + restarts, 0),
    startedAt: newest?.startedAt,
    pods: sorted,
  };
}
