import { setTimeout as wait } from "node:timers/promises";
import { comeAndGo, type Way } from "../live/comer.ts";
import { selections } from "../live/live.case.ts";
import { createHearing } from "../live/subscriber.ts";
import { serveMeasured } from "../process/measured.ts";

/** What the process of those who come and go is told: how long, where, as how many people, and how many at once. */
export interface ComersMessage {
  readonly comeForMs: number;
  readonly port: number;
  readonly tokens: number;
  readonly atOnce: number;
  /** How long one that has fallen silent is there before it is gone altogether. */
  readonly silentMs: number;
}

/** How many came, by how they went, and what they heard. */
export interface Came {
  readonly ways: Readonly<Partial<Record<Way, number>>>;
  readonly deliveries: number;
  readonly wrong: readonly string[];
}

/** Clients that come and go until the time is up, and then go all. */
serveMeasured(async () => ({
  port: 0,
  answer: async ({ comeForMs, port, tokens, atOnce, silentMs }: ComersMessage): Promise<Came> => {
    const hearing = createHearing();
    const ways: Partial<Record<Way, number>> = {};
    const until = performance.now() + comeForMs;
    let next = 0;
    const comeAgain = async (lane: number) => {
      await wait((lane / atOnce) * 2000);
      while (performance.now() < until) {
        const number = (next += 1);
        const place = {
          port,
          authorization: `token live-token-${number % tokens}`,
          selection: selections[number % selections.length] ?? "",
        };
        const way = await comeAndGo(place, { number, silentMs, hearing });
        ways[way] = (ways[way] ?? 0) + 1;
        hearing.latenciesMs.length = 0;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, (_, lane) => comeAgain(lane)));
    return { ways, deliveries: hearing.deliveries, wrong: hearing.wrong.slice(0, 3) };
  },
}));
