import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { quantile } from "../report/statistics.ts";

const paths = ["/livez", "/readyz", "/metrics"] as const;

/** How a page of the gateway's own was answered. */
export interface HealthFigures {
  readonly path: string;
  readonly asked: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

/** Somebody who asks the gateway how it is, over and over, as a cluster does. */
export interface HealthWatch {
  readonly stop: () => Promise<readonly HealthFigures[]>;
}

/** Asks every page ten times a second, one time after the other; complains where one is answered otherwise than at first. */
export async function watchHealth(port: number, complain: (problem: string) => void): Promise<HealthWatch> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: paths.length });
  const ending = new AbortController();

  async function statusOf(path: string): Promise<number> {
    const { statusCode, body } = await pool.request({ method: "GET", path });
    await body.dump();
    return statusCode;
  }

  async function watch(path: string): Promise<HealthFigures> {
    const usual = await statusOf(path);
    const times: number[] = [];
    while (!ending.signal.aborted) {
      const sentAt = performance.now();
      const status = await statusOf(path).catch((error: unknown) => String(error));
      times.push(performance.now() - sentAt);
      if (status !== usual) complain(`${path} was answered ${status} instead of ${usual}`);
      await wait(100);
    }
    return { path, asked: times.length, p99Ms: quantile(times, 0.99), longestMs: Math.max(...times) };
  }

  const watching = paths.map(watch);
  return Promise.resolve({
    stop: async () => {
      ending.abort();
      const figures = await Promise.all(watching);
      await pool.close();
      return figures;
    },
  });
}
