/** How long to wait between tries. */
export interface Delays {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** How long to wait after so many failures in a row: twice as long each time, at least half of it, the rest by chance. */
export function delayAfter(failures: number, { firstDelayMs, longestDelayMs }: Delays): number {
  const delayMs = Math.min(firstDelayMs * 2 ** Math.min(failures - 1, 30), longestDelayMs);
  return delayMs / 2 + (Math.random() * delayMs) / 2;
}
