import type { AskedDocument } from "../requests/known.documents.ts";
import type { RawAnswer } from "../requests/answer.ts";
import type { AnsweredError } from "../errors/sett.error.ts";

/** What is asked for on a connection. */
export interface Asked extends AskedDocument {
  readonly operationName: string;
  readonly variables: object;
}

/** How one try at a subscription ended. */
export type Ending =
  /** Nothing more comes of it. */
  | { readonly kind: "complete" }
  /** The gateway ended it, and says why. */
  | { readonly kind: "errors"; readonly errors: readonly AnsweredError[] }
  /** Its connection was closed. */
  | { readonly kind: "closed"; readonly code: number; readonly reason: string }
  /** It was never opened, or broke without a word. */
  | { readonly kind: "broken"; readonly cause: unknown; readonly retryAfterMs?: number };

/** Who is told of one try. */
export interface Listener {
  /** The gateway has been asked. */
  readonly opened: () => void;
  readonly next: (answer: RawAnswer) => void;
  readonly ended: (ending: Ending) => void;
}

/** One try that runs. */
export interface Try {
  /** Leaves it: the listener hears nothing more. */
  readonly leave: () => void;
  /** Closes its connection, if others share it also theirs, so that the next try opens another. */
  readonly drop: () => void;
}

/** What subscriptions run over. It tries once: whether to try again is not its matter. */
export interface Transport {
  readonly name: "websocket" | "sse";
  readonly begin: (asked: Asked, listener: Listener) => Try;
  /** Closes what connections there are; the next try opens its own. */
  readonly reset: () => void;
}
