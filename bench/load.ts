import { Pool } from "undici";

/** A request and the one answer that is right. */
export interface Asked {
  readonly path: string;
  readonly body: string;
  readonly expected: string;
}

/** One kind of request, by the number of the one who asks. */
export interface Target {
  readonly port: number;
  readonly asks: (number: number) => Asked;
  /** A caller's credential; undefined for nobody. */
  readonly authorization: (number: number) => string | undefined;
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

  async function ask({ path, body: sent }: Asked, authorization: string | undefined): Promise<string> {
    const { body } = await pool.request({
      method: "POST",
      path,
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: sent,
    });
    return body.text();
  }

  return {
    run: async (requests) => {
      const latenciesMs: number[] = [];
      const wrong: string[] = [];
      let left = requests;
      const keepAsking = async (number: number) => {
        const asked = target.asks(number);
        const authorization = target.authorization(number);
        for (; left > 0;) {
          left -= 1;
          const askedAt = performance.now();
          const answer = await ask(asked, authorization);
          latenciesMs.push(performance.now() - askedAt);
          if (answer !== asked.expected) wrong.push(answer);
        }
      };
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: connections }, (_, number) => keepAsking(number)));
      return { seconds: (performance.now() - startedAt) / 1000, latenciesMs, wrong };
    },
    close: () => pool.close(),
  };
}
