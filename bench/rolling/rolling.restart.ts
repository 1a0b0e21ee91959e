import { setTimeout as wait } from "node:timers/promises";
import type { Replica, Stand } from "../../test/redis/replicas/stand.ts";
import { follow, type Follower } from "./follower.ts";
import { startWriter, type Change, type Written } from "./steady.writer.ts";

/** What gateways are told, before which so many listen with so few names. */
export const rollingEnvironment = {
  DRAIN_DELAY: "2s",
  WORKSPACE_WAIT: "1m",
  SOCKET_LIMIT_PER_VIEWER: "1000000",
  SUBSCRIPTION_LIMIT_PER_VIEWER: "1000000",
};

/** How much is done. */
export interface RollingSize {
  readonly subscribers: number;
  readonly mutationsPerSecond: number;
  /** How often each of the replicas is restarted. */
  readonly rounds: number;
}

/** What came of it. */
export interface RollingReport {
  readonly seconds: number;
  readonly restarts: number;
  readonly mutations: readonly number[];
  readonly breaks: number;
  /** How long each break lasted. */
  readonly resumes: readonly number[];
  /** From the first who was let go by a replica to the last. */
  readonly spreads: readonly number[];
  /** How many changes were told, and how many were made while a stream that should have told them was broken. */
  readonly told: number;
  readonly covered: number;
  readonly wrong: readonly string[];
}

const producers = ["demo", "al", "zu", "eve"];
const longestMs = 60_000;
/** An event is on its way for so long at most: what was cut off meanwhile is part of the break. */
const deliveryMs = 5000;

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + longestMs; !isSo(); await wait(50)) {
    if (performance.now() > end) throw new Error(`After ${longestMs} ms ${what} is still to come.`);
  }
}

const isWhole = ({ breaks, failures }: Follower) =>
  failures.length > 0 || breaks.every(({ resumedAt }) => resumedAt !== undefined);

/** Whether whoever follows has been told of a change, or told to look because of it. */
function isTold({ heard, unheardAt, breaks }: Follower, { entity, sentAt, doneAt }: Change) {
  if (heard.has(entity)) return "told";
  const wasBroken = breaks.some(
    ({ brokenAt, resumedAt = 0 }) => brokenAt <= doneAt + deliveryMs && resumedAt >= sentAt,
  );
  return wasBroken || unheardAt.some((at) => at >= sentAt) ? "covered" : undefined;
}

/** Stops a replica as a cluster does, starts it anew, and waits until connections are sent there again. */
async function restart({ balancer }: Stand, replica: Replica): Promise<string | undefined> {
  const code = await replica.stop();
  await replica.start();
  await until("a replica that is ready", () => balancer.trusts(replica));
  return code === 0 ? undefined : `a replica ended with ${String(code)}`;
}

function judge(followers: readonly Follower[], { changes, failures }: Written) {
  const wrong = [...failures, ...followers.flatMap((each) => each.failures)];
  let [told, covered] = [0, 0];
  for (const [index, follower] of followers.entries()) {
    for (const change of changes) {
      if (change.producer !== follower.producer) continue;
      const how = isTold(follower, change);
      if (how === "told") told += 1;
      else if (how === "covered") covered += 1;
      else wrong.push(`subscriber ${index} has not heard of ${change.entity}, and was not told of a gap`);
    }
  }
  return { told, covered, wrong };
}

/** The time from the first of those who were let go by each restart to the last. */
function spreadsOf(followers: readonly Follower[], restartedAt: readonly number[]): readonly number[] {
  const brokenAt = followers.flatMap(({ breaks }) => breaks.map((each) => each.brokenAt));
  return restartedAt.map((from, index) => {
    const to = restartedAt[index + 1] ?? Number.POSITIVE_INFINITY;
    const during = brokenAt.filter((at) => at >= from && at < to);
    return during.length === 0 ? 0 : Math.max(...during) - Math.min(...during);
  });
}

/** Restarts replica after replica while many follow what is changed at a steady rate. */
export async function restartInTurn(stand: Stand, size: RollingSize): Promise<RollingReport> {
  const followers = Array.from({ length: size.subscribers }, (_, index) =>
    follow(stand.url, producers[index % producers.length] ?? ""),
  );
  try {
    await Promise.all(followers.map(({ opened }) => opened));
    const startedAt = performance.now();
    const writer = startWriter({ url: stand.url, producers, perSecond: size.mutationsPerSecond });
    const problems: string[] = [];
    const restartedAt: number[] = [];
    for (let round = 0; round < size.rounds; round += 1) {
      for (const replica of stand.replicas) {
        restartedAt.push(performance.now());
        const problem = await restart(stand, replica);
        if (problem !== undefined) problems.push(problem);
        await until("a stream that is resumed", () => followers.every(isWhole));
      }
    }
    const written = await writer.stop();
    // What was made last is still being told.
    await until(
      "the last event",
      () => judge(followers, written).wrong.length === written.failures.length,
    ).catch(() => undefined);
    const breaks = followers.flatMap((each) => each.breaks);
    const judged = judge(followers, written);
    return {
      ...judged,
      seconds: (performance.now() - startedAt) / 1000,
      restarts: restartedAt.length,
      mutations: written.changes.map(({ sentAt, doneAt }) => doneAt - sentAt),
      breaks: breaks.length,
      resumes: breaks.flatMap(({ brokenAt, resumedAt }) =>
        resumedAt === undefined ? [] : [resumedAt - brokenAt],
      ),
      spreads: spreadsOf(followers, restartedAt),
      wrong: [...problems, ...judged.wrong],
    };
  } finally {
    for (const each of followers) each.leave();
  }
}
