import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { FunctionsGrant } from "../../../permissions/grant.ts";
import type { DeploymentKind } from "../../../live/deployment.record.ts";
import type { WatchFunction } from "../../actualizer/function.watching.ts";
import { functionPart, resourceName } from "../../actualizer/joined.names.ts";
import { customKinds, peoplesManager } from "../../actualizer/resource.names.ts";
import { delayAfter } from "../../http/delay.ts";
import type { ClusterConnection } from "../../kubernetes/cluster.connection.ts";
import { ClusterRefusal, ClusterUnreachable } from "../../kubernetes/cluster.errors.ts";
import { createObjectClient, type ObjectClient } from "../../kubernetes/object.client.ts";
import { ObjectRefusal } from "../../kubernetes/object.refusal.ts";
import { noSuchFunction, type DeploymentOutcome, type DeploymentRunner } from "./deployment.runner.ts";

/** What it takes to have the actualizer do something. */
export interface ActualizedMeans {
  readonly connection: Pick<ClusterConnection, "ask">;
  readonly namespace: string;
  readonly watch: WatchFunction;
}

interface Means extends ActualizedMeans {
  /** How long the actualizer may take to begin, and how long then. */
  readonly waitMs: number;
}

const shape = z.object({
  metadata: z.object({ uid: z.string(), deletionTimestamp: z.string().optional() }),
  spec: z.object({ request: z.string().optional() }),
  status: z
    .object({
      request: z.string().optional(),
      revision: z.string().optional(),
      outcome: z
        .object({
          kind: z.enum(["DEPLOY", "UNDEPLOY"]),
          state: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "UNKNOWN", "CANCELLED"]),
          reason: z.string().optional(),
        })
        .optional(),
      conditions: z.array(z.object({ type: z.string(), reason: z.string(), message: z.string() })).optional(),
    })
    .optional(),
});

type Wish = z.output<typeof shape>;

/** How often it is looked how far it is, whatever is heard: thousands may wait for theirs. */
const delays = {
  heard: { firstDelayMs: 1_000, longestDelayMs: 15_000 },
  unheard: { firstDelayMs: 100, longestDelayMs: 2_000 },
};

const failed = (reason: string): DeploymentOutcome => ({ state: "FAILED", reason });
const unknown = (reason: string): DeploymentOutcome => ({ state: "UNKNOWN", reason });

/** The name of the resource that is a function. */
export const wishName = (place: Pick<FunctionsGrant, "producer" | "env">, name: string) =>
  resourceName(place, functionPart(name));

/** Why it is not taken up, as far as the actualizer says. */
function notTakenUp(now: Wish | undefined): DeploymentOutcome {
  const applied = now?.status?.conditions?.find(({ type }) => type === "Applied");
  if (now?.status?.outcome?.state === "RUNNING") return unknown("It has not come to an end in time.");
  return unknown(
    applied?.reason === "Waiting"
      ? `It is asked for, and not done yet. ${applied.message}`
      : "It is asked for, and the actualizer has not taken it up yet.",
  );
}

/** What has come of what was asked for; undefined while nothing has. */
function outcomeIn(now: Wish | undefined, uid: string, key: string, kind: DeploymentKind) {
  const isGone = now?.metadata.uid !== uid;
  // It goes only after what ran of it was taken back.
  if (!now || isGone) return kind === "UNDEPLOY" ? ({ state: "SUCCEEDED" } as const) : noSuchFunction;
  if (now.spec.request !== key) return unknown("Something else was asked for before it was done.");
  const { request, outcome, revision } = now.status ?? {};
  if (request !== key || !outcome || outcome.state === "RUNNING") return undefined;
  const { state, reason } = outcome;
  return { state, reason, revision: kind === "DEPLOY" && state === "SUCCEEDED" ? revision : undefined };
}

const untold = failed("The cluster could not be told of it.");

/** Why the cluster does not take it. */
function refusedWish({ kind }: ObjectRefusal): DeploymentOutcome {
  if (kind === "MISSING") return failed("The cluster knows no functions: the actualizer is not installed.");
  if (kind === "FORBIDDEN") return failed("The gateway may not say in the cluster what is to run.");
  return failed("The cluster does not take what is asked for.");
}

/** What is to be tried again: nothing has been answered that would be another time's answer, too. */
const isPassing = (error: unknown) => error instanceof ClusterUnreachable || error instanceof ClusterRefusal;

/** Writes down what people want of a function, for the actualizer to do, and follows how far it is. */
export function createActualizedRunner({ connection, namespace, watch, waitMs }: Means): DeploymentRunner {
  const client: ObjectClient = createObjectClient({ connection, namespace, manager: peoplesManager });
  const kindOf = customKinds.FUNCTION;
  const find = async (name: string) => {
    const found = await client.get(kindOf, name);
    return found && shape.parse(found);
  };

  /** The uid of what it was written on; undefined while what has its name is still to go. */
  async function write(grant: FunctionsGrant, name: string, running: boolean, request: string) {
    const { producer, env } = grant;
    const object = wishName(grant, name);
    if ((await find(object))?.metadata.deletionTimestamp !== undefined) return undefined;
    const metadata = { name: object, labels: { producer, environment: env, env } };
    const wish = { metadata, spec: { producer, env, name, running, request } };
    // Nobody else's wish counts against what somebody asks for now.
    return (await client.apply(kindOf, wish, { isForced: true })).metadata.uid;
  }

  return async (grant, name, kind, ending, key) => {
    const object = wishName(grant, name);
    let uid: string | undefined;
    let now: Wish | undefined;
    let untilMs = performance.now() + waitMs;
    let isBegun = false;
    let news = new AbortController();
    const watched = watch(grant, object, () => news.abort());

    /** Writes it, or looks what has come of it. */
    async function look(): Promise<DeploymentOutcome | undefined> {
      if (uid === undefined) {
        uid = await write(grant, name, kind === "DEPLOY", key);
        return undefined;
      }
      now = await find(object);
      const outcome = outcomeIn(now, uid, key, kind);
      if (!outcome && !isBegun && now?.status?.outcome?.state === "RUNNING") {
        isBegun = true;
        untilMs = performance.now() + 1.5 * waitMs;
      }
      return outcome;
    }

    /** Until something is heard of it, or for a while. */
    async function pause(looks: number): Promise<void> {
      const isHeard = uid !== undefined && watched.isLive();
      const delayMs = delayAfter(looks, isHeard ? delays.heard : delays.unheard);
      const signal = AbortSignal.any([ending, news.signal]);
      await wait(Math.min(delayMs, Math.max(0, untilMs - performance.now())), undefined, {
        ref: false,
        signal,
      }).catch(() => ending.throwIfAborted());
    }

    try {
      for (let looks = 1; performance.now() < untilMs; looks += 1) {
        news = new AbortController();
        try {
          const outcome = await look();
          if (outcome) return outcome;
        } catch (error) {
          if (error instanceof ObjectRefusal && uid === undefined) return refusedWish(error);
          if (!isPassing(error) && !(error instanceof ObjectRefusal)) throw error;
        }
        await pause(looks);
      }
      return uid === undefined ? untold : notTakenUp(now);
    } finally {
      watched.leave();
    }
  };
}
