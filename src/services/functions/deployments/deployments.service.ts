import { once } from "node:events";
import type { Log } from "../../../log.ts";
import type { FunctionsGrant } from "../../../permissions/grant.ts";
import type { WorkspaceLock } from "../../workspace/lock/workspace.lock.ts";
import {
  isFinished,
  newDeployment,
  type Deployment,
  type DeploymentKind,
} from "../../../live/deployment.record.ts";
import { asLeft, broken, cutOff, deleted, notAllowed, stopped } from "./deployment.outcomes.ts";
import type { DeploymentOutcome, DeploymentRunner } from "./deployment.runner.ts";
import type { DeploymentStore } from "./deployment.store.ts";
import { createDeploymentTurns } from "./deployment.turns.ts";
import { createFunctionLines } from "./function.lines.ts";
import { createLoneTurn } from "./lone.turn.ts";

type Write = FunctionsGrant<"write">;

/** Who asks for a deployment. */
export interface Asker {
  readonly login: string;
  /** Whether that one may still have it, asked when its turn has come. */
  readonly mayStill: () => Promise<boolean>;
}

/** Hears of a deployment whenever it has come further. */
export type DeploymentListener = (deployment: Deployment) => void;

/** Deployments of functions: those of one function one after the other, those of several side by side. */
export interface DeploymentsService {
  /** Answers at once; it is done in its turn. */
  readonly start: (grant: Write, name: string, kind: DeploymentKind, asker: Asker) => Promise<Deployment>;
  readonly find: (grant: FunctionsGrant, key: string) => Promise<Deployment | undefined>;
  /** What has become of one that was found earlier, as far as is known. */
  readonly look: (found: Deployment) => Promise<Deployment>;
  /** The newest of a function. */
  readonly last: (grant: FunctionsGrant, name: string) => Promise<Deployment | undefined>;
  readonly forgetLast: (grant: Write, name: string) => Promise<void>;
  /**
   * Does something that ends a function, while none of its deployments runs: those that wait are given up, and who
   * would wait too long for the one that runs is turned away.
   */
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
  /** How many run side by side; undefined where this process only asks for them and waits. */
  readonly limit: number | undefined;
  /** After this long one that another replica began and never ended, or left in its line, is taken for lost with that. */
  readonly lostAfterMs: number;
  /** How many wait for one function. */
  readonly queueLimit: number;
  /** How long somebody who wants a function alone waits for it. */
  readonly aloneWaitMs?: number;
}

export function createDeployments(means: Means): DeploymentsService {
  const { run, store, log, aloneWaitMs = 15_000 } = means;
  const turns = createDeploymentTurns(means.lock, means.limit);
  const lines = createFunctionLines(means.queueLimit);
  const alone = createLoneTurn({ lines, turns, waitMs: aloneWaitMs });
  const ending = new AbortController();
  const unfinished = new Map<string, Deployment>();
  /** Lets those that wait for a place out of the line when they are given up. */
  const leaving = new Map<string, () => void>();
  const listeners = new Set<DeploymentListener>();
  let isStopping = false;

  const keyOf = ({ producer, env }: FunctionsGrant, name: string) => `function ${producer}-${env} ${name}`;

  const tell = async (deployment: Deployment): Promise<Deployment> => {
    const isLeft = isFinished(deployment) && unfinished.get(deployment.key)?.state === "QUEUED";
    if (isFinished(deployment)) unfinished.delete(deployment.key);
    else unfinished.set(deployment.key, deployment);
    if (isLeft) leaving.get(deployment.key)?.();
    await store.save(deployment);
    for (const listener of listeners) listener(deployment);
    return deployment;
  };

  const finished = (deployment: Deployment, outcome: DeploymentOutcome) =>
    tell({ ...deployment, ...outcome, finishedAt: new Date().toISOString() });

  /** Does it, unless it has been given up, or is given up because its asker has lost the right meanwhile. */
  const begin = async (grant: Write, queued: Deployment, mayStill: Asker["mayStill"]): Promise<void> => {
    // Whoever gives a deployment up says so, and then it is not carried out.
    const isGivenUp = () => !unfinished.has(queued.key);
    if (isGivenUp()) return;
    const isAllowed = await mayStill();
    if (isGivenUp()) return;
    if (!isAllowed) {
      await finished(queued, notAllowed);
      return;
    }
    const running = await tell({ ...queued, state: "RUNNING", startedAt: new Date().toISOString() });
    const { functionName: name, kind, key } = queued;
    const outcome = await run(grant, name, kind, ending.signal, key).catch((error: unknown) => {
      if (!isGivenUp()) log.error({ err: error, deployment: key }, "a deployment broke");
      return broken;
    });
    if (!isGivenUp()) await finished(running, outcome);
  };

  const carryOut = async (grant: Write, queued: Deployment, mayStill: Asker["mayStill"]): Promise<void> => {
    const { key, functionName: name } = queued;
    const isGivenUp = () => isStopping || !unfinished.has(key);
    if (isGivenUp()) return;
    const left = new Promise<void>((resolve) => leaving.set(key, resolve));
    try {
      // First the function, then a place among all: who waits for a function keeps nobody else waiting.
      await turns.held(keyOf(grant, name), isGivenUp, () =>
        Promise.race([left, turns.placed(grant.producer, () => begin(grant, queued, mayStill))]),
      );
    } catch (error) {
      const last = unfinished.get(key);
      if (!last) return;
      log.error({ err: error, deployment: key }, "a deployment broke");
      await finished(last, broken);
    } finally {
      leaving.delete(key);
    }
  };

  const waiting = (isMeant: (deployment: Deployment) => boolean) =>
    [...unfinished.values()].filter((each) => each.state === "QUEUED" && isMeant(each));

  const asFarAsKnown = (found: Deployment): Deployment =>
    unfinished.has(found.key) ? found : asLeft(found, means.lostAfterMs);

  /** Lets other replicas know that those which wait here still do. */
  const renewing = setInterval(() => {
    const seenAt = new Date().toISOString();
    for (const each of waiting(() => true)) void store.renew({ ...each, seenAt });
  }, means.lostAfterMs / 4).unref();

  return {
    start: async (grant, name, kind, { login, mayStill }) => {
      const { producer, env } = grant;
      const queued = newDeployment({ producer, env, functionName: name, kind, by: login });
      if (isStopping) return finished(queued, stopped);
      const key = keyOf(grant, name);
      lines.checkRoom(key);
      const told = tell(queued);
      void lines.lineUp(key, async () => {
        await told;
        await carryOut(grant, queued, mayStill);
      });
      return told;
    },
    find: async ({ producer, env }, key) => {
      const found = await store.find(key);
      return found?.producer === producer && found.env === env ? asFarAsKnown(found) : undefined;
    },
    look: async (found) => asFarAsKnown((await store.find(found.key)) ?? found),
    last: async ({ producer, env }, name) => {
      const found = await store.last({ producer, env, functionName: name });
      return found && asFarAsKnown(found);
    },
    forgetLast: ({ producer, env }, name) => store.forgetLast({ producer, env, functionName: name }),
    alone: async (grant, name, work) => {
      const key = keyOf(grant, name);
      const { producer, env } = grant;
      const givenUp = waiting(
        (each) => each.functionName === name && each.producer === producer && each.env === env,
      );
      // Those who are given up leave the line by themselves, and make room.
      if (givenUp.length === 0) lines.checkRoom(key);
      await Promise.all(givenUp.map((each) => finished(each, deleted)));
      return alone(key, work);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    finish: async (deadlineMs) => {
      isStopping = true;
      clearInterval(renewing);
      await Promise.all(waiting(() => true).map((each) => finished(each, stopped)));
      const isWhole = await Promise.race([
        turns.idle().then(() => true),
        once(AbortSignal.timeout(deadlineMs), "abort").then(() => false),
      ]);
      ending.abort();
      await Promise.all([...unfinished.values()].map((each) => finished(each, cutOff)));
      return isWhole;
    },
  };
}
