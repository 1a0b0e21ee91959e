import { ClusterUnreachable } from "./cluster.errors.ts";

/** A signal that ends when somebody else's does, or when a time is over. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** From now on it ends after so long; an earlier time no longer counts. */
  readonly arm: (timeoutMs: number) => void;
  /** It ends no longer by itself. */
  readonly disarm: () => void;
  /** Lets go of the timer and of the other signal. */
  readonly release: () => void;
}

/** A deadline below a signal of longer life, which keeps nothing of it after its release. */
export function createDeadline(above: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const follow = () => controller.abort(above?.reason);
  if (above?.aborted) follow();
  above?.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    arm: (timeoutMs) => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(new ClusterUnreachable("ETIMEDOUT")), timeoutMs);
    },
    disarm: () => clearTimeout(timer),
    release: () => {
      clearTimeout(timer);
      above?.removeEventListener("abort", follow);
    },
  };
}

/** The result, or the signal's reason as soon as it ends: for what cannot be told to stop. */
export async function unlessOver<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const over = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  return Promise.race([result, over]).finally(() => signal.removeEventListener("abort", onAbort));
}
