import type { WebSocket } from "ws";
import { selections } from "../live/live.case.ts";
import { createHearing, openSubscriber } from "../live/subscriber.ts";
import { serveMeasured } from "../process/measured.ts";
import { quantile } from "../report/statistics.ts";

/** What the subscribers' process is told. */
export type SubscribersMessage =
  | { readonly open: number; readonly port: number; readonly tokens: number }
  /** Resolves when so many events were heard by all together since this was last said. */
  | { readonly hear: number; readonly longestMs: number };

/** What was heard. */
export interface Heard {
  readonly deliveries: number;
  readonly wrong: readonly string[];
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const atOnce = 100;

/** Many clients in one process. */
serveMeasured(async () => {
  const hearing = createHearing();
  const sockets: WebSocket[] = [];

  const open = async (count: number, port: number, tokens: number) => {
    for (let from = 0; from < count; from += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => from + index);
      const opened = numbers.map((number) =>
        openSubscriber(
          {
            port,
            authorization: `token live-token-${number % tokens}`,
            selection: selections[number % selections.length] ?? "",
          },
          hearing,
        ),
      );
      sockets.push(...(await Promise.all(opened)));
    }
  };

  const heard = async (count: number, longestMs: number): Promise<Heard> => {
    const until = performance.now() + longestMs;
    while (hearing.deliveries < count && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { deliveries, wrong, latenciesMs } = hearing;
    const result = {
      deliveries,
      wrong: wrong.slice(0, 3),
      p50Ms: quantile(latenciesMs, 0.5),
      p99Ms: quantile(latenciesMs, 0.99),
    };
    Object.assign(hearing, { deliveries: 0, latenciesMs: [], wrong: [] });
    return result;
  };

  return {
    port: 0,
    answer: (message: SubscribersMessage) =>
      "open" in message
        ? open(message.open, message.port, message.tokens)
        : heard(message.hear, message.longestMs),
  };
});
