import type { SettError } from "../errors/sett.error.ts";

/**
 * How a subscription stands. `resumed` is `open` after a break: what happened meanwhile is not repeated, but for logs,
 * which go on after their last line, and what is told whole each time; read the rest anew.
 */
export type SubscriptionState = "connecting" | "open" | "reconnecting" | "resumed" | "ended";

/** Who is told of a subscription. */
export interface Subscriber<Data> {
  /** An event; `errors` say why something in it is null. */
  readonly next: (data: Data, errors: readonly SettError[]) => void;
  /** One event could not be told; the subscription goes on. */
  readonly problem?: (error: SettError) => void;
  /** It is over, and not as it should be. */
  readonly error?: (error: SettError) => void;
  /** It is over: there is nothing more to tell. */
  readonly complete?: () => void;
  /** How it stands now, and why it is not open. */
  readonly state?: (state: SubscriptionState, why?: SettError) => void;
}
