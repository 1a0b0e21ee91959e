import { SettError, StillUnderway, UpstreamUnavailable } from "../../errors.ts";
import { refusedQuestion } from "../../permissions/refusals.ts";
import type { AuditEntry } from "../../services/audit/audit.entry.ts";

/** How something went, as an entry says it. */
export type ToldOutcome = Pick<AuditEntry, "outcome" | "code" | "upstream">;

const isLeft = (step: unknown): boolean =>
  typeof step === "object" && step !== null && "outcome" in step && step.outcome === "LEFT";

/** Whether it is not known what became of something that was begun. */
function isUnfinished(error: SettError): boolean {
  const { steps } = error.extensions;
  return error instanceof StillUnderway || (Array.isArray(steps) && steps.some(isLeft));
}

/** Whether an error says that somebody may not: what only looks the same, as something that is not there, does not. */
export function isRefused(error: SettError): boolean {
  const { code } = error;
  if (code === "UNAUTHENTICATED" || code === "FORBIDDEN") return true;
  return code === "NOT_FOUND" && refusedQuestion(error) !== undefined;
}

/** What became of something that failed. */
export function outcomeOf(error: unknown): ToldOutcome {
  if (!(error instanceof SettError)) return { outcome: "failed", code: "INTERNAL_SERVER_ERROR" };
  const { code } = error;
  const at = error instanceof UpstreamUnavailable ? { upstream: error.upstream } : {};
  if (isRefused(error)) return { outcome: "refused", code };
  return { outcome: isUnfinished(error) ? "unfinished" : "failed", code, ...at };
}
