import { isFinished, type Deployment } from "../../../live/deployment.record.ts";
import type { DeploymentOutcome } from "./deployment.runner.ts";

/** Nothing was begun, since the gateway goes. */
export const stopped: DeploymentOutcome = {
  state: "CANCELLED",
  reason: "The gateway was stopped before it began.",
};

/** The gateway goes, and cannot wait. */
export const cutOff: DeploymentOutcome = {
  state: "UNKNOWN",
  reason: "The gateway was stopped before it was answered.",
};

/** The gateway that was at it went without a word. */
const lost: DeploymentOutcome = {
  state: "UNKNOWN",
  reason: "The gateway that was at it is gone, and did not say what became of it.",
};

/** The gateway in whose line it waited went without a word. */
const lostInLine: DeploymentOutcome = {
  state: "UNKNOWN",
  reason: "The gateway in whose line it waited is gone, and did not say whether it was begun.",
};

/** The function is to go. */
export const deleted: DeploymentOutcome = {
  state: "CANCELLED",
  reason: "The function was to be deleted before it began.",
};

/** Its asker has lost the right while it waited. */
export const notAllowed: DeploymentOutcome = {
  state: "CANCELLED",
  reason: "Who asked for it may not deploy the function any more, or nobody could tell.",
};

/** The gateway itself is at fault. */
export const broken: DeploymentOutcome = { state: "FAILED", reason: "Something broke in the gateway." };

/** A deployment of another gateway as far as is known: one that is gone leaves it as it was, and it is lost after a while. */
export function asLeft(found: Deployment, lostAfterMs: number): Deployment {
  if (isFinished(found)) return found;
  const { state, queuedAt, startedAt = queuedAt, seenAt = queuedAt } = found;
  const heardAt = Date.parse(state === "RUNNING" ? startedAt : seenAt);
  if (Date.now() - heardAt <= lostAfterMs) return found;
  return { ...found, ...(state === "RUNNING" ? lost : lostInLine) };
}
