import { randomUUID } from "node:crypto";
import { once } from "node:events";
import PQueue from "p-queue";
import { RateLimited } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import type { FunctionsGrant } from "../../../permissions/grant.ts";
import type { WorkspaceLock } from "../../workspace/lock/workspace.lock.ts";
import { isFinished, type Deployment, type DeploymentKind } from "../../../live/deployment.record.ts";
import type { DeploymentOutcome, DeploymentRunner } from "./deployment.runner.ts";
import type { DeploymentStore } from "./deployment.store.ts";
import { createFunctionLines } from "./function.lines.ts";

type Write = FunctionsGrant<"write">;

/** Hears of a deployment whenever it has come further. */
export type DeploymentListener = (deployment: Deployment) => void;

/** Deployments of functions: those of one function one after the other, those of several side by side. */
export interface DeploymentsService {
  /** Answers at once; it is done in its turn. */
  readonly start: (grant: Write, name: string, kind: DeploymentKind, by: string) => Promise<Deployment>;
  readonly find: (grant: FunctionsGrant, key: string) => Promise<Deployment | undefined>;
  /** The newest of a function. */
  readonly last: (grant: FunctionsGrant, name: string) => Promise<Deployment | undefined>;
  readonly forgetLast: (grant: Write, name: string) => Promise<void>;
  /** Does something to a function while none of its deployments runs. */
  readonly alone: <Result>(grant: Write, name: string, work: () => Promise<Result>) => Promise<Result>;
  /** Hears of those that run in this process; what it gives back ends it. */
  readonly onChange: (listener: DeploymentListener) => () => void;
  /** Begins nothing more, and waits so long for what runs; true when nothing had to be given up. */
  readonly finish: (deadlineMs: number) => Promise<boolean>;
}

interface Means {
  readonly run: DeploymentRunner;
  readonly store: DeploymentStore;
  readonly lock: WorkspaceLock;
  readonly log: Log;
  /** How many run side by side. */
  readonly limit: number;
  /** After this long one that another replica began, and never ended, is taken for lost with that. */
  readonly lostAfterMs: number;
  /** How many wait for one function. */
  readonly queueLimit: number;
}

const stopped: DeploymentOutcome = { state: "CANCELLED", reason: "The gateway was stopped before it began." };
const cutOff: DeploymentOutcome = {
  state: "UNKNOWN",
  reason: "The gateway was stopped before it was answered.",
};
const lost: DeploymentOutcome = {
  state: "UNKNOWN",
  reason: "The gateway that was at it is gone, and did not say what became of it.",
};
const broken: DeploymentOutcome = { state: "FAILED", reason: "Something broke in the gateway." };

export function createDeployments(means: Means): DeploymentsService {
  const { run, store, lock, log } = means;
  const all = new PQueue({ concurrency: means.limit });
  const lines = createFunctionLines(means.queueLimit);
  const ending = new AbortController();
  const unfinished = new Map<string, Deployment>();
  const listeners = new Set<DeploymentListener>();
  let isStopping = false;

  const keyOf = ({ producer, env }: FunctionsGrant, name: string) => `function ${producer}-${env} ${name}`;

  const tell = async (deployment: Deployment): Promise<Deployment> => {
    if (isFinished(deployment)) unfinished.delete(deployment.key);
    else unfinished.set(deployment.key, deployment);
    await store.save(deployment);
    for (const listener of listeners) listener(deployment);
    return deployment;
  };

  const finished = (deployment: Deployment, outcome: DeploymentOutcome) =>
    tell({ ...deployment, ...outcome, finishedAt: new Date().toISOString() });

  /** The place of this process among the replicas, for as long as it takes to get one. */
  const held = async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      const hold = await lock.write(key).catch((error: unknown) => {
        if (error instanceof RateLimited && !isStopping) return undefined;
        throw error;
      });
      if (!hold) continue;
      try {
        return await work();
      } finally {
        await hold.release();
      }
    }
  };

  const carryOut = async (grant: Write, queued: Deployment): Promise<void> => {
    const { key, functionName: name, kind } = queued;
    // Whoever gives a deployment up says so, and then it is not carried out.
    const isGivenUp = () => !unfinished.has(key);
    let running = queued;
    try {
      if (isGivenUp()) return;
      const outcome = await held(keyOf(grant, name), async () => {
        if (isGivenUp()) return stopped;
        running = await tell({ ...queued, state: "RUNNING", startedAt: new Date().toISOString() });
        return run(grant, name, kind, ending.signal);
      });
      if (!isGivenUp()) await finished(running, outcome);
    } catch (error) {
      if (isGivenUp()) return;
      log.error({ err: error, deployment: key }, "a deployment broke");
      await finished(running, broken);
    }
  };

  /** What was begun by a process that is gone stays as that left it. */
  const asFarAsKnown = (found: Deployment): Deployment => {
    const { state, startedAt = found.queuedAt } = found;
    const isLate = Date.now() - Date.parse(startedAt) > means.lostAfterMs;
    return state === "RUNNING" && isLate && !unfinished.has(found.key) ? { ...found, ...lost } : found;
  };

  const newDeployment = (
    { producer, env }: Write,
    asked: Pick<Deployment, "functionName" | "kind" | "by">,
  ) => {
    const queuedAt = new Date().toISOString();
    return { key: randomUUID(), producer, env, ...asked, state: "QUEUED", queuedAt } satisfies Deployment;
  };

  return {
    start: async (grant, name, kind, by) => {
      const queued = newDeployment(grant, { functionName: name, kind, by });
      if (isStopping) return finished(queued, stopped);
      const key = keyOf(grant, name);
      lines.checkRoom(key);
      const told = tell(queued);
      void lines.lineUp(key, async () => {
        await told;
        await all.add(() => carryOut(grant, queued));
      });
      return told;
    },
    find: async ({ producer, env }, key) => {
      const found = await store.find(key);
      return found?.producer === producer && found.env === env ? asFarAsKnown(found) : undefined;
    },
    last: async ({ producer, env }, name) => {
      const found = await store.last({ producer, env, functionName: name });
      return found && asFarAsKnown(found);
    },
    forgetLast: ({ producer, env }, name) => store.forgetLast({ producer, env, functionName: name }),
    alone: async (grant, name, work) => {
      const key = keyOf(grant, name);
      lines.checkRoom(key);
      return lines.lineUp(key, () => held(key, work));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    finish: async (deadlineMs) => {
      isStopping = true;
      const those = (state: Deployment["state"]) =>
        [...unfinished.values()].filter((each) => each.state === state);
      await Promise.all(those("QUEUED").map((each) => finished(each, stopped)));
      const isWhole = await Promise.race([
        all.onIdle().then(() => true),
        once(AbortSignal.timeout(deadlineMs), "abort").then(() => false),
      ]);
      ending.abort();
      await Promise.all(those("RUNNING").map((each) => finished(each, cutOff)));
      return isWhole;
    },
  };
}
