import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { judge, type Verdict } from "./right.answer.ts";
import type { Target } from "./failings.ts";
import type { Operation } from "./operations.ts";

/** One answer as it was judged. */
export interface Judged {
  readonly operation: Operation;
  readonly sentAt: number;
  readonly doneAt: number;
  readonly verdict: Verdict;
}

/** Somebody who asks at a steady rate, whatever becomes of what was asked before. */
export interface SteadyLoad {
  /** What the right answers are: each is asked for until it comes without an error. */
  readonly learn: () => Promise<void>;
  /** Asks for so long; answers what has come by the time everything is answered. */
  readonly run: (forMs: number, target: Target | undefined) => Promise<readonly Judged[]>;
  /** Asks until everything is answered as it should be, or so long; answers after how long it was. */
  readonly untilWhole: (
    withinMs: number,
    target: Target,
  ) => Promise<{ backMs: number | undefined; judged: readonly Judged[] }>;
  /** Leaves the gateway alone: closes what it has open there. */
  readonly rest: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Means {
  readonly port: number;
  readonly operations: readonly Operation[];
  readonly everyMs: number;
}

const connections = 512;
/** Whatever becomes of it, an operation is answered sooner than this. */
const longestMs = 30_000;

/** Opens connections to a gateway over which operations are sent in turn, one each interval. */
export function openSteadyLoad({ port, operations, everyMs }: Means): SteadyLoad {
  const open = () =>
    new Pool(`http://127.0.0.1:${port}`, {
      connections,
      pipelining: 1,
      headersTimeout: longestMs,
      bodyTimeout: longestMs,
    });
  let pool = open();
  const calm = new Map<string, string>();
  let turn = 0;

  async function send({ token, text }: Operation): Promise<string> {
    const { body } = await pool.request({
      method: "POST",
      path: "/graphql",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(token === "" ? {} : { authorization: `token ${token}` }),
      },
      body: JSON.stringify({ query: text(turn) }),
    });
    return body.text();
  }

  async function ask(operation: Operation, target: Target | undefined): Promise<Judged> {
    const sentAt = performance.now();
    const text = await send(operation).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      return JSON.stringify({ errors: [{ extensions: { code: `NOT ANSWERED: ${why}` } }] });
    });
    const doneAt = performance.now();
    return { operation, sentAt, doneAt, verdict: judge(operation, text, calm.get(operation.name), target) };
  }

  /** Sends one operation after the other until it is enough. */
  async function keepAsking(target: Target | undefined, isEnough: (judged: readonly Judged[]) => boolean) {
    const judged: Judged[] = [];
    const pending = new Set<Promise<unknown>>();
    for (let dueAt = performance.now(); !isEnough(judged); dueAt += everyMs) {
      await wait(Math.max(0, dueAt - performance.now()));
      const operation = operations[(turn += 1) % operations.length];
      if (!operation) throw new Error("There is nothing to ask.");
      const asked = ask(operation, target).then((each) => {
        judged.push(each);
        pending.delete(asked);
      });
      pending.add(asked);
    }
    await Promise.all(pending);
    return judged;
  }

  return {
    learn: async () => {
      for (const operation of operations) {
        for (let tries = 0; ; tries += 1) {
          const text = await send(operation);
          calm.set(operation.name, text);
          if (!text.includes('"errors"')) break;
          if (tries > 20) throw new Error(`${operation.name} is answered ${text.slice(0, 400)}`);
          await wait(100);
        }
      }
    },
    run: (forMs, target) => {
      const until = performance.now() + forMs;
      return keepAsking(target, () => performance.now() >= until);
    },
    untilWhole: async (withinMs, target) => {
      const startedAt = performance.now();
      const settled = () => performance.now() > startedAt + withinMs;
      const judged = await keepAsking(target, (sofar) => {
        // As many whole answers in a row as there are operations: each has been answered.
        const last = sofar.slice(-operations.length);
        return (
          settled() || (last.length === operations.length && last.every(({ verdict }) => verdict === "whole"))
        );
      });
      const lacking = judged.filter(({ verdict }) => verdict !== "whole").map(({ sentAt }) => sentAt);
      const backMs = settled() ? undefined : Math.max(0, ...lacking.map((sentAt) => sentAt - startedAt));
      return { backMs, judged };
    },
    rest: async () => {
      await pool.close();
      pool = open();
    },
    stop: () => pool.close(),
  };
}
