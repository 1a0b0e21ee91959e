import { setTimeout as wait } from "node:timers/promises";
import { SettError, UpstreamUnavailable } from "../../../errors.ts";
import type { FunctionsGrant } from "../../../permissions/grant.ts";
import { readFunction } from "../function.reader.ts";
import { pushedProblems } from "../deployed.rule.ts";
import { wordsOf } from "../sls-api.answer.ts";
import type { DeployAnswer, SlsApi } from "../sls-api.client.ts";
import type { Deployment, DeploymentKind } from "../../../live/deployment.record.ts";

/** What came of a deployment. */
export type DeploymentOutcome = Pick<Deployment, "state" | "reason" | "revision">;

/** Does one deployment, and finds out what came of it. */
export type DeploymentRunner = (
  grant: FunctionsGrant<"write">,
  name: string,
  kind: DeploymentKind,
  /** Aborts when nobody waits for the outcome any more. */
  ending: AbortSignal,
  /** What tells this deployment from all others. */
  key: string,
) => Promise<DeploymentOutcome>;

/**
 * The same for whoever can wait until the service is there: throws UpstreamUnavailable while that cannot be asked and
 * nothing has been begun.
 */
export type CarryOut = (
  grant: FunctionsGrant<"write">,
  name: string,
  kind: DeploymentKind,
  ending: AbortSignal,
  /** Told once the service has answered, and before it is asked to change anything. */
  onBegin?: () => Promise<void>,
) => Promise<DeploymentOutcome>;

interface Means {
  readonly slsApi: SlsApi;
  /** For how long it is looked what became of one that was not answered. */
  readonly lookMs: number;
}

/** How often it is looked, at most, what became of a deployment that was not answered. */
const looks = 30;

const failed = (reason: string): DeploymentOutcome => ({ state: "FAILED", reason });
const unknown = (reason: string): DeploymentOutcome => ({ state: "UNKNOWN", reason });
/** Nothing of that name is kept, so nothing can be done with it. */
export const noSuchFunction = failed("There is no such function any more.");
const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** Nothing for a call that was not answered; whatever else went wrong was an answer. */
function unlessAnswered(error: unknown): undefined {
  if (!(error instanceof UpstreamUnavailable)) throw error;
}

function outcomeOf(answer: DeployAnswer, revision?: string): DeploymentOutcome {
  if ("failure" in answer) return failed(sentence(wordsOf(answer.failure)));
  return { state: "SUCCEEDED", revision };
}

/** Deploys and takes back through sls-api. */
export function createCarryOut({ slsApi, lookMs }: Means): CarryOut {
  type Write = FunctionsGrant<"write">;
  type Begin = () => Promise<void>;

  /**
   * Waits until it is likely over, so that the next does not get in its way. What is seen proves nothing: logs are not to
   * be had while the cluster cannot be reached either, and what has them may be what ran before.
   */
  async function lookedInto(grant: Write, name: string, ending: AbortSignal): Promise<DeploymentOutcome> {
    let wasGone = false;
    let runs: boolean | undefined;
    for (const until = performance.now() + lookMs; performance.now() < until;) {
      await wait(lookMs / looks, undefined, { ref: false, signal: ending });
      runs = await slsApi.logs(grant, name).then(
        (logs) => logs !== undefined,
        () => undefined,
      );
      if (runs && wasGone)
        return unknown("It was not answered. The function had no logs and has some again.");
      if (runs === false) wasGone = true;
    }
    if (runs === undefined) return unknown("Neither the deployment nor the question what runs was answered.");
    return unknown(
      runs
        ? "It was not answered. The function runs, but maybe as it was before."
        : "It was not answered. The function has no logs: it does not run, or the cluster does not tell.",
    );
  }

  /** The function as it is kept, or why nothing can be done with it. */
  async function fit(grant: Write, name: string, purpose: "deploy" | "takeBack") {
    const stored = await slsApi.read(grant, name);
    if (!stored) return noSuchFunction;
    const [problem] = pushedProblems(grant, name, stored.serverless, purpose);
    return problem ? failed(sentence(problem.message)) : stored;
  }

  async function deploy(
    grant: Write,
    name: string,
    ending: AbortSignal,
    onBegin: Begin,
  ): Promise<DeploymentOutcome> {
    const stored = await fit(grant, name, "deploy");
    if ("state" in stored) return stored;
    await onBegin();
    const answer = await slsApi.deploy(grant, name).catch(unlessAnswered);
    if (!answer) return lookedInto(grant, name, ending);
    const { revision } = readFunction(grant, name, stored);
    const kept = "kept" in answer ? answer.kept : undefined;
    const isSame = kept !== undefined && readFunction(grant, name, kept).revision === revision;
    return outcomeOf(answer, isSame ? revision : undefined);
  }

  /** Taking back what is not there is no failure, so it is done again when it was not answered. */
  async function undeploy(grant: Write, name: string, onBegin: Begin): Promise<DeploymentOutcome> {
    const stored = await fit(grant, name, "takeBack");
    if ("state" in stored) return stored;
    await onBegin();
    const ask = () => slsApi.undeploy(grant, name).catch(unlessAnswered);
    const answer = (await ask()) ?? (await ask());
    return answer ? outcomeOf(answer) : unknown("It was not answered, and neither was its repetition.");
  }

  return async (grant, name, kind, ending, onBegin = () => Promise.resolve()) =>
    kind === "UNDEPLOY" ? undeploy(grant, name, onBegin) : deploy(grant, name, ending, onBegin);
}

/** Has the gateway deploy by itself. */
export function createDeploymentRunner(means: Means): DeploymentRunner {
  const carryOut = createCarryOut(means);
  return async (grant, name, kind, ending) => {
    try {
      return await carryOut(grant, name, kind, ending);
    } catch (error) {
      if (error instanceof SettError) return failed(error.message);
      throw error;
    }
  };
}
