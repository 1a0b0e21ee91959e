import { monitorEventLoopDelay } from "node:perf_hooks";

/** How far behind the process is with what it has to do. */
export interface LoopWatch {
  /** Whether one more request is to be turned away: the likelier, the further behind. */
  readonly isTooBusy: () => boolean;
  readonly stop: () => void;
}

/** How finely delays are told apart; what a timer is late by itself is a part of what is measured. */
const resolutionMs = 10;

const intervalMs = 250;

const nanosecondsPerMs = 1e6;

/**
 * Watches how late timers come. What counts is the mean of an interval, and the lower one of the last two: something that
 * holds the process up once, however long, is no reason to turn anybody away.
 */
export function watchLoop(limitMs: number): LoopWatch {
  if (limitMs === 0) return { isTooBusy: () => false, stop: () => undefined };
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  let last = 0;
  let behindMs = 0;
  const timer = setInterval(() => {
    const mean = delays.count === 0 ? 0 : delays.mean / nanosecondsPerMs - resolutionMs;
    delays.reset();
    behindMs = Math.min(last, mean);
    last = mean;
  }, intervalMs).unref();
  return {
    isTooBusy: () => behindMs > limitMs && Math.random() < (behindMs - limitMs) / limitMs,
    stop: () => {
      clearInterval(timer);
      delays.disable();
    },
  };
}
