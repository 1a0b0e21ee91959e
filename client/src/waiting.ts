/** How long to wait before the next try: twice as long each time, and up to a third more, so that not all come at once. */
export function backoffMs(tried: number, firstDelayMs: number, longestDelayMs: number): number {
  return spread(Math.min(firstDelayMs * 2 ** tried, longestDelayMs));
}

/** A time to wait, and up to a third more by chance. */
export const spread = (milliseconds: number): number => milliseconds * (1 + Math.random() / 3);

/** What comes of something, for as long as somebody waits for it. */
export function unlessLeft<Value>(coming: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    void coming.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}

/** Resolves after a time; rejects as soon as nobody waits any more. */
export function waited(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    }, milliseconds);
    if (signal?.aborted) giveUp();
    else signal?.addEventListener("abort", giveUp, { once: true });
  });
}
