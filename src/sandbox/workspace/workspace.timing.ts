/** How long things take in a pod; about a tenth of what the real one takes, unless told otherwise. */
export interface WorkspaceTiming {
  readMs: number;
  /** Between what a write sees of the project and its writing all of that back: who writes meanwhile is lost. */
  overlapMs: number;
  /** How long files are half written; below 1, for a turn of the event loop. */
  tornMs: number;
  /** What is left of a write when its files are written. */
  writeMs: number;
  /** How long git holds up both APIs after a write; 0 does not. */
  gitMs: number;
  installMs: number;
  testConnectionMs: number;
  /** To clear one model. */
  clearMs: number;
}

/** The timing nobody has changed. */
export const defaultTiming: WorkspaceTiming = {
  readMs: 1,
  overlapMs: 1,
  tornMs: 0.1,
  writeMs: 6,
  gitMs: 0,
  installMs: 500,
  testConnectionMs: 350,
  clearMs: 12,
};

/** Lets time go by; none of it is not even a turn of the event loop. */
export async function pass(ms: number): Promise<void> {
  if (ms <= 0) return;
  await new Promise<void>((done) => {
    if (ms < 1) setImmediate(done);
    else setTimeout(done, ms);
  });
}
