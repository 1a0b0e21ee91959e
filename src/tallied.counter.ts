import { Counter, Gauge, type Registry } from "prom-client";

/** What is to be counted, by two labels. */
interface Counted<First extends string, Second extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly [First, Second];
  readonly registers: Registry[];
}

/** Counts by two labels. */
export interface TalliedCounter {
  readonly inc: (first: string, second: string) => void;
}

/** Counts what goes on. */
export interface TalliedGauge {
  readonly inc: () => void;
  readonly dec: () => void;
}

/** A counter that is told what was counted when somebody reads it: until then, counting is an addition. */
export function talliedCounter<First extends string, Second extends string>(
  counted: Counted<First, Second>,
): TalliedCounter {
  const tallies = new Map<string, Map<string, { count: number }>>();
  const [firstName, secondName] = counted.labelNames;
  const counter = new Counter<string>({
    ...counted,
    labelNames: [firstName, secondName],
    collect: () => {
      counter.reset();
      for (const [first, seconds] of tallies) {
        for (const [second, { count }] of seconds) {
          counter.inc({ [firstName]: first, [secondName]: second }, count);
        }
      }
    },
  });

  const tallyOf = (first: string, second: string) => {
    const seconds = tallies.get(first) ?? new Map<string, { count: number }>();
    tallies.set(first, seconds);
    const tally = { count: 0 };
    seconds.set(second, tally);
    return tally;
  };

  return {
    inc: (first, second) => {
      const tally = tallies.get(first)?.get(second) ?? tallyOf(first, second);
      tally.count += 1;
    },
  };
}

/** The same for what goes on and ends. */
export function talliedGauge(
  measured: Pick<Counted<string, string>, "name" | "help" | "registers">,
): TalliedGauge {
  let running = 0;
  const gauge: Gauge = new Gauge({ ...measured, collect: () => gauge.set(running) });
  return {
    inc: () => void (running += 1),
    dec: () => void (running -= 1),
  };
}
