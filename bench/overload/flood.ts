import { setTimeout as wait } from "node:timers/promises";
import { quantile } from "../report/statistics.ts";
import { openRaw, openUnreading, type RawConnection } from "./raw.connection.ts";
import type { FloodRequest } from "./requests.ts";

/** What a flood came to. */
export interface FloodFigures {
  readonly seconds: number;
  /** How many were to be sent, how many could not be as every connection was taken, and how many were. */
  readonly offered: number;
  readonly unsent: number;
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  /** Those whose asker did not wait for the answer. */
  readonly left: number;
  /** Those whose connection was cut instead of an answer. */
  readonly cut: number;
  /** Undefined where there were none. */
  readonly acceptedP50Ms: number | undefined;
  readonly acceptedP99Ms: number | undefined;
  readonly refusedP99Ms: number | undefined;
  readonly wrong: readonly string[];
  /** How far behind its own plan the generator was at worst. */
  readonly lateMs: number;
}

const tickMs = 5;
const leftAfterMs = 20;
const openedAtOnce = 50;
const shown = 300;

/** A refusal says so in the one way there is, and when to come again. */
const isRefusal = (status: number, body: Buffer) => {
  if (status !== 429 && status !== 200) return false;
  const text = body.toString();
  return text.includes('"code":"RATE_LIMITED"') && /"retryAfterMs":\d+/.test(text);
};

const quantileOf = (values: readonly number[], share: number) =>
  values.length === 0 ? undefined : quantile(values, share);

interface Tally {
  sent: number;
  accepted: number;
  refused: number;
  left: number;
  cut: number;
  readonly wrong: string[];
  readonly acceptedMs: number[];
  readonly refusedMs: number[];
}

/** Clients of one gateway, who ask for what there is to ask in turn. */
export function createFlood(port: number, kinds: readonly FloodRequest[]) {
  let turn = 0;
  const next = () => {
    turn += 1;
    const kind = kinds[turn % kinds.length];
    const bytes = kind?.bytes[turn % kind.bytes.length];
    if (!kind || !bytes) throw new Error("There is nothing to ask.");
    return { kind, bytes };
  };
  const tally = (): Tally => ({
    ...{ sent: 0, accepted: 0, refused: 0, left: 0, cut: 0 },
    ...{ wrong: [], acceptedMs: [], refusedMs: [] },
  });

  const ask = (connection: RawConnection, counts: Tally, then: () => void): void => {
    const { kind, bytes } = next();
    const sentAt = performance.now();
    counts.sent += 1;
    connection.send(bytes, (status, body) => {
      const tookMs = performance.now() - sentAt;
      if (status === 200 && body.equals(kind.right)) {
        counts.accepted += 1;
        counts.acceptedMs.push(tookMs);
      } else if (isRefusal(status, body)) {
        counts.refused += 1;
        counts.refusedMs.push(tookMs);
      } else {
        counts.wrong.push(`${kind.name}: ${status} ${body.toString().slice(0, shown)}`);
      }
      then();
    });
  };

  const figures = (
    counts: Tally,
    startedAt: number,
    plan: Pick<FloodFigures, "offered" | "unsent" | "lateMs">,
  ) => ({
    ...plan,
    seconds: (performance.now() - startedAt) / 1000,
    sent: counts.sent,
    accepted: counts.accepted,
    refused: counts.refused,
    left: counts.left,
    cut: counts.cut,
    acceptedP50Ms: quantileOf(counts.acceptedMs, 0.5),
    acceptedP99Ms: quantileOf(counts.acceptedMs, 0.99),
    refusedP99Ms: quantileOf(counts.refusedMs, 0.99),
    wrong: counts.wrong.slice(0, 3),
  });

  return {
    /** Each of so many connections asks again as soon as it is answered. */
    closed: async (connections: number, forMs: number): Promise<FloodFigures> => {
      const counts = tally();
      const startedAt = performance.now();
      const keepAsking = () =>
        new Promise<void>((resolve) => {
          const connection = openRaw(port, (wasAsked) => {
            if (wasAsked) counts.cut += 1;
            resolve();
          });
          const again = (): void => {
            if (performance.now() - startedAt < forMs) return ask(connection, counts, again);
            connection.leave();
            resolve();
          };
          again();
        });
      await Promise.all(Array.from({ length: connections }, keepAsking));
      return figures(counts, startedAt, { offered: counts.sent, unsent: 0, lateMs: 0 });
    },

    /** Asks so often in a second, whatever becomes of it, over so many connections at most; some go before they are answered, some never read. */
    open: async (rate: number, connections: number, forMs: number): Promise<FloodFigures> => {
      const counts = tally();
      const all = new Set<RawConnection>();
      const free: RawConnection[] = [];
      let [offered, unsent, lateMs] = [0, 0, 0];
      let isOver = false;
      const heavy = kinds.at(-1);
      const unreading = Array.from({ length: 20 }, (_, person) =>
        openUnreading(port, heavy?.bytes[person] ?? Buffer.alloc(0), 20),
      );

      const open = (): RawConnection => {
        const connection: RawConnection = openRaw(port, (wasAsked) => {
          all.delete(connection);
          if (wasAsked && !isOver) counts.cut += 1;
        });
        all.add(connection);
        return connection;
      };
      const send = () => {
        offered += 1;
        let connection = free.pop();
        while (connection && !connection.isFree()) connection = free.pop();
        if (!connection && all.size < connections) connection = open();
        if (!connection) return void (unsent += 1);
        const taken = connection;
        // One in fifty does not wait for long.
        const giveUp =
          offered % 50 === 0
            ? setTimeout(() => {
                if (taken.isFree()) return;
                counts.left += 1;
                all.delete(taken);
                taken.leave();
              }, leftAfterMs)
            : undefined;
        ask(taken, counts, () => {
          clearTimeout(giveUp);
          free.push(taken);
        });
        return undefined;
      };
      // As people have them: what comes over a kept connection waits for no other to be opened.
      while (all.size < connections) {
        const some = Array.from({ length: Math.min(openedAtOnce, connections - all.size) }, open);
        await Promise.all(some.map(({ opened }) => opened));
        free.push(...some);
      }
      const startedAt = performance.now();
      while (performance.now() - startedAt < forMs) {
        const due = Math.floor(((performance.now() - startedAt) / 1000) * rate);
        lateMs = Math.max(lateMs, ((due - offered) / rate) * 1000 - tickMs);
        while (offered < due) send();
        await wait(tickMs);
      }
      // What is under way is waited for, and the rest of it is not counted.
      const result = figures(counts, startedAt, { offered, unsent, lateMs });
      isOver = true;
      for (const connection of all) connection.leave();
      for (const close of unreading) close();
      return result;
    },
  };
}
