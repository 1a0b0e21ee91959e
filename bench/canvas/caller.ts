import { Pool } from "undici";

type Method = "GET" | "POST" | "DELETE";

/** Somebody who calls servers over kept connections, and counts. */
export interface Caller {
  /** The text of an answer; throws when it says that something went wrong. */
  readonly call: (method: Method, url: string, body?: object) => Promise<string>;
  /** How many calls were made so far. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/** Calls with an Authorization header, or without. */
export function createCaller(authorization?: string): Caller {
  const pools = new Map<string, Pool>();
  let calls = 0;
  const poolOf = (origin: string) => {
    const pool = pools.get(origin) ?? new Pool(origin, { connections: 8, pipelining: 1 });
    pools.set(origin, pool);
    return pool;
  };
  return {
    call: async (method, url, body) => {
      calls += 1;
      const { origin, pathname, search } = new URL(url);
      const answer = await poolOf(origin).request({
        method,
        path: `${pathname}${search}`,
        headers: {
          accept: "application/json",
          ...(body ? { "content-type": "application/json" } : {}),
          ...(authorization === undefined ? {} : { authorization }),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.body.text();
      if (answer.statusCode < 300) return text;
      throw new Error(`${method} ${pathname} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
    },
    calls: () => calls,
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
