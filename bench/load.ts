import { Pool } from "undici";

/** One kind of request and the one answer that is right. */
export interface Target {
  readonly port: number;
  readonly path: string;
  readonly body: string;
  /** A caller's credential by the number of the one who asks; undefined for nobody. */
  readonly authorization: (number: number) => string | undefined;
  readonly expected: string;
}

/** What one round of requests came to. */
export interface Round {
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** The answers that were wrong. */
  readonly wrong: readonly string[];
}

/** Somebody who keeps some connections busy. */
export interface Load {
  readonly run: (requests: number) => Promise<Round>;
  readonly close: () => Promise<void>;
}

/** Opens kept connections to a target; in a round each of them asks again as soon as it is answered. */
export function openLoad(target: Target, connections: number): Load {
  const pool = new Pool(`http://127.0.0.1:${target.port}`, { connections, pipelining: 1 });

  async function ask(authorization: string | undefined): Promise<string> {
    const { body } = await pool.request({
      method: "POST",
      path: target.path,
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: target.body,
    });
    return body.text();
  }

  return {
    run: async (requests) => {
      const latenciesMs: number[] = [];
      const wrong: string[] = [];
      let left = requests;
      const keepAsking = async (number: number) => {
        const authorization = target.authorization(number);
        for (; left > 0;) {
          left -= 1;
          const askedAt = performance.now();
          const answer = await ask(authorization);
          latenciesMs.push(performance.now() - askedAt);
          if (answer !== target.expected) wrong.push(answer);
        }
      };
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: connections }, (_, number) => keepAsking(number)));
      return { seconds: (performance.now() - startedAt) / 1000, latenciesMs, wrong };
    },
    close: () => pool.close(),
  };
}
