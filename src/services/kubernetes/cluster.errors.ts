/** What the cluster says of a refusal besides its reason. It may quote what was sent. */
export interface RefusalParticulars {
  readonly message: string | undefined;
  /** The object that it is about; undefined where there is not even such a kind of objects. */
  readonly name: string | undefined;
  /** The kind of that object, as it is in addresses or as it is called. */
  readonly kind: string | undefined;
  readonly causes: readonly {
    readonly reason: string;
    readonly field: string | undefined;
    readonly message: string;
  }[];
}

/** The cluster answered, and the answer is no. */
export class ClusterRefusal extends Error {
  readonly status: number;
  /** The cluster's own word for it, such as `Expired`. */
  readonly reason: string | undefined;
  /** How long it asks to be left alone. */
  readonly retryAfterMs: number | undefined;
  /** Hidden from whoever writes down all fields of an error. */
  readonly #particulars: RefusalParticulars | undefined;

  constructor(status: number, reason?: string, retryAfterMs?: number, particulars?: RefusalParticulars) {
    super(`The cluster answered ${status}.`);
    this.name = "ClusterRefusal";
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.#particulars = particulars;
  }

  /** What it says besides, for those who sent what it may quote. */
  get particulars(): RefusalParticulars | undefined {
    return this.#particulars;
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
