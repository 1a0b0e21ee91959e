import { SettError, UpstreamUnavailable } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { CarryOut, DeploymentOutcome } from "../../services/functions/deployments/deployment.runner.ts";
import type { Place } from "../names/object.names.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { FunctionDoing } from "./function.status.ts";
import type { FunctionTurns } from "./function.turns.ts";

/** What came of it; `busy`: another function of the environment has its turn; `away`: sls-api cannot be asked. */
export type Commanded = DeploymentOutcome | "busy" | "away";

/** Has sls-api do something with a function, in its turn. */
export type FunctionCommand = (
  resource: FunctionResource,
  doing: FunctionDoing,
  signal: AbortSignal,
  /** Told once sls-api has answered, and before it is asked to change anything. */
  onBegin?: () => Promise<void>,
) => Promise<Commanded>;

interface Parts {
  readonly turns: FunctionTurns;
  readonly carryOut: CarryOut;
  /** The right to a place's functions, which the platform has. */
  readonly grantFor: (place: Place) => FunctionsGrant<"write">;
}

const failed = (reason: string): DeploymentOutcome => ({ state: "FAILED", reason });

/** Ends as soon as a signal does; what is given goes on by itself. */
async function unlessEnded<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let end: (() => void) | undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    end = () => reject(signal.reason as Error);
    signal.addEventListener("abort", end, { once: true });
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, ended]);
  } finally {
    if (end) signal.removeEventListener("abort", end);
  }
}

export function createFunctionCommand({ turns, carryOut, grantFor }: Parts): FunctionCommand {
  return async (resource, doing, signal, onBegin) => {
    const { producer, env, name } = resource.spec;
    const giveBack = turns.take({ producer, env }, resource.metadata.name);
    if (!giveBack) return "busy";
    // The turn is over when sls-api is done, which it may not be when this process has to end.
    const work = carryOut(grantFor({ producer, env }), name, doing, signal, onBegin).finally(giveBack);
    work.catch(() => undefined);
    try {
      return await unlessEnded(work, signal);
    } catch (error) {
      if (error instanceof UpstreamUnavailable) return "away";
      if (error instanceof SettError) return failed(error.message);
      throw error;
    }
  };
}
