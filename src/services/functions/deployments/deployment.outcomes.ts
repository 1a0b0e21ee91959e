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
export const lost: DeploymentOutcome = {
  state: "UNKNOWN",
  reason: "The gateway that was at it is gone, and did not say what became of it.",
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
