/** The cluster answered, and the answer is no. */
export class ClusterRefusal extends Error {
  readonly status: number;
  /** The cluster's own word for it, such as `Expired`. */
  readonly reason: string | undefined;
  /** How long it asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, reason?: string, retryAfterMs?: number) {
    super(`The cluster answered ${status}.`);
    this.name = "ClusterRefusal";
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The cluster did not answer, not in time, or not in a way that can be read. */
export class ClusterUnreachable extends Error {
  /** What went wrong in a word, for logs: it holds no address and no credential. */
  readonly code: string;

  constructor(code: string) {
    super(`The cluster cannot be reached: ${code}.`);
    this.name = "ClusterUnreachable";
    this.code = code;
  }
}

const longestRetryAfterMs = 300_000;

/** The milliseconds of a Retry-After header in seconds, up to five minutes; clusters send no dates. */
export function retryAfterMs(header: string | string[] | undefined): number | undefined {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, longestRetryAfterMs) : undefined;
}
