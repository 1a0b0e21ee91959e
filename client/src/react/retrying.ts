import { GatewayUnreachable, RateLimited, SettError, UpstreamUnavailable } from "../errors/errors.ts";
import { backoffMs, spread } from "../waiting.ts";

/** Whether a query is asked again after an error: a refusal stays one. */
export function mayPass(failed: number, error: unknown): boolean {
  const isPassing =
    error instanceof RateLimited ||
    error instanceof UpstreamUnavailable ||
    error instanceof GatewayUnreachable;
  return failed < 3 && (isPassing || !(error instanceof SettError));
}

/** How long is waited before that: as the gateway says, where it does. */
export function retryDelayMs(failed: number, error: unknown): number {
  return error instanceof RateLimited ? spread(error.retryAfterMs) : backoffMs(failed, 500, 10_000);
}
