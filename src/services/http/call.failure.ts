import type { Ending } from "../../budget.ts";

/** Why a call was not answered, in a word for the log and the metrics. */
export class CallFailed extends Error {
  readonly code: string;
  /** Whether it says that the service is down, whatever was asked of it and whoever asked. */
  readonly isDown: boolean;
  /** Whether a connection broke: a read that is sent again may find another. */
  readonly isBroken: boolean;

  constructor(code: string, { isDown = false, isBroken = false } = {}) {
    super(code);
    this.code = code;
    this.isDown = isDown;
    this.isBroken = isBroken;
  }

  /** Whether it says nothing of the service: somebody gave the call up. */
  get tellsNothing(): boolean {
    return !this.isDown && givenUp.has(this.code);
  }
}

/** What is said of a call that somebody gave up. */
const givenUp = new Set(["ETIMEDOUT", "ECANCELED"]);

/** Why an asker who has gone was not answered. */
export function failureAfter(ending: Ending): CallFailed {
  return new CallFailed(ending === "left" ? "ECANCELED" : "ETIMEDOUT");
}

/** What a connection says that was closed by the other side. */
const broken = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** The failure that an error of a client's stands for. */
export function failureOf(error: unknown): CallFailed {
  if (error instanceof CallFailed) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "BROKEN";
  return new CallFailed(code, { isDown: true, isBroken: broken.has(code) });
}
