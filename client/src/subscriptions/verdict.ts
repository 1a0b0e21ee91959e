import { ConnectionClosed, GatewayUnreachable } from "../errors/client.errors.ts";
import { errorOf, errorsOf } from "../errors/error-of.ts";
import { RateLimited, Unauthenticated, UpstreamUnavailable } from "../errors/gateway.errors.ts";
import type { SettError } from "../errors/sett.error.ts";
import { isUnregistered } from "../requests/known.documents.ts";
import { spread } from "../waiting.ts";
import type { Ending } from "./transport.ts";

/** What becomes of a subscription after a try. */
export type Verdict =
  | { readonly kind: "complete" }
  /** It is over for good. */
  | { readonly kind: "over"; readonly error: SettError }
  /** Whoever asks is to say anew who they are. */
  | { readonly kind: "refused"; readonly error: SettError }
  /** It is tried again, after this time at least. */
  | { readonly kind: "again"; readonly error: SettError; readonly afterMs: number };

const refused = () =>
  errorOf({
    message: "The credential is not accepted, or not any more.",
    extensions: { code: "UNAUTHENTICATED" },
  });

/** Codes after which another try would end the same. */
const endsForGood = new Set([1002, 1003, 1007, 1008, 1009, 1010, 4400, 4401, 4406, 4409, 4429, 4500]);

/** Too many connections: those there are do not go at once. */
const fullMs = 5_000;

function verdictOnErrors(error: SettError): Verdict {
  if (error instanceof Unauthenticated) return { kind: "refused", error };
  if (error instanceof RateLimited) return { kind: "again", error, afterMs: spread(error.retryAfterMs) };
  if (error instanceof UpstreamUnavailable) return { kind: "again", error, afterMs: 0 };
  // By a gateway of an older version; the next to be asked may be a newer.
  if (isUnregistered(error)) return { kind: "again", error, afterMs: 0 };
  return { kind: "over", error };
}

/** Whether a subscription is taken up again after a try that ended so, and when. */
export function verdictOn(ending: Ending): Verdict {
  switch (ending.kind) {
    case "complete":
      return ending;
    case "errors": {
      const [error = refused()] = errorsOf(ending.errors);
      return verdictOnErrors(error);
    }
    case "closed": {
      const { code, reason } = ending;
      if (code === 4403) return { kind: "refused", error: refused() };
      const error = new ConnectionClosed(code, reason);
      if (endsForGood.has(code)) return { kind: "over", error };
      return { kind: "again", error, afterMs: code === 1013 ? spread(fullMs) : 0 };
    }
    case "broken": {
      const error = new GatewayUnreachable(ending.cause);
      return { kind: "again", error, afterMs: spread(ending.retryAfterMs ?? 0) };
    }
  }
}
