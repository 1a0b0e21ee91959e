import { Gauge, Histogram, type Registry } from "prom-client";

/** A command takes well under a millisecond, and is given up after a second. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1];

const lags = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** How the Redis that replicas share is seen from here. */
export interface RedisStanding {
  /** Whether the connection that asks questions is there. */
  readonly isConnected: () => boolean;
  /** Whether other replicas are heard. */
  readonly isHearing: () => boolean;
}

/** What is measured of questions to Redis. */
export interface RedisMetrics {
  readonly observe: (outcome: "answered" | "failed", seconds: number) => void;
  /** How long something that another replica told has been on its way. */
  readonly heardAfter: (seconds: number) => void;
}

/** Lets the metrics say how long Redis takes to answer. */
export function createRedisMetrics(registry: Registry): RedisMetrics {
  const seconds = new Histogram({
    name: "sett_redis_seconds",
    help: "How long questions to Redis take, by whether they were answered or failed; none without REDIS_URL.",
    labelNames: ["outcome"],
    buckets,
    registers: [registry],
  });
  const outcomes = { answered: seconds.labels("answered"), failed: seconds.labels("failed") };
  const lag = new Histogram({
    name: "sett_relay_lag_seconds",
    help: "From when another replica told of something until it was heard here, by both clocks; none without REDIS_URL.",
    buckets: lags,
    registers: [registry],
  });
  return {
    observe: (outcome, took) => outcomes[outcome].observe(took),
    heardAfter: (took) => lag.observe(Math.max(took, 0)),
  };
}

/** Lets the metrics say, when they are read, whether Redis is there; without one they say nothing of it. */
export function measureRedisStanding(registry: Registry, standing: RedisStanding | undefined): void {
  new Gauge({
    name: "sett_redis_connected",
    help: "Whether Redis is there, by use: commands, or events of other replicas; none without REDIS_URL.",
    labelNames: ["use"],
    registers: [registry],
    collect() {
      if (!standing) return;
      this.set({ use: "commands" }, standing.isConnected() ? 1 : 0);
      this.set({ use: "events" }, standing.isHearing() ? 1 : 0);
    },
  });
}
