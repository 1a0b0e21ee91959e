import {
  BadUserInput,
  Conflict,
  Forbidden,
  GatewayUnreachable,
  InternalServerError,
  NotFound,
  RateLimited,
  Unauthenticated,
  UpstreamRejected,
  UpstreamUnavailable,
} from "@sett/client";

/** What went wrong, in words for the person in front of it: one sentence for each class of error that the client has. */
export function wordsOf(error: unknown): string {
  if (error instanceof Forbidden) return `You may not do this: it needs ${error.permission}.`;
  if (error instanceof NotFound) return "It is not there, or you can no longer see it.";
  if (error instanceof Unauthenticated) return "You are signed out. Sign in again to go on.";
  if (error instanceof Conflict) return `Somebody else changed the same: ${conflictsOf(error)}.`;
  if (error instanceof RateLimited) return `Too much at once. Try again in ${secondsOf(error.retryAfterMs)}.`;
  if (error instanceof UpstreamUnavailable) return `${error.upstream} does not answer just now.`;
  if (error instanceof UpstreamRejected) return `${error.upstream} refused: ${error.message}`;
  if (error instanceof BadUserInput) return error.problems.map(({ message }) => message).join("; ");
  if (error instanceof GatewayUnreachable) return "The gateway cannot be reached.";
  if (error instanceof InternalServerError) {
    return `Something broke in the gateway (request ${error.requestId ?? "unknown"}).`;
  }
  return error instanceof Error ? error.message : "Something went wrong.";
}

function conflictsOf({ entities }: Conflict): string {
  return entities.map(({ entity }) => entity).join(", ") || "read it anew";
}

function secondsOf(milliseconds: number): string {
  return `${Math.max(1, Math.ceil(milliseconds / 1000))} s`;
}
