import { setTimeout as wait } from "node:timers/promises";
import { createSettClient, SaveFilesDocument } from "@sett/client";
import { Agent, fetch as fetchOver } from "undici";

/** A change that was made. */
export interface Change {
  readonly producer: string;
  /** As those who follow the project are told of it. */
  readonly entity: string;
  readonly sentAt: number;
  readonly doneAt: number;
}

/** What came of what was asked for. */
export interface Written {
  readonly changes: readonly Change[];
  readonly failures: readonly string[];
}

/**
 * Somebody who changes projects in turn at a steady rate, as long as no more are on their way than a second brings: a
 * machine that does not keep up is asked for less.
 */
export interface SteadyWriter {
  readonly stop: () => Promise<Written>;
}

interface Means {
  readonly url: string;
  readonly producers: readonly string[];
  readonly perSecond: number;
}

/** Shorter than the delay of a gateway that stops: what is kept for longer might be written to as it is closed. */
const keptMs = 1000;

/** Starts to write a file each time; nothing is sent a second time. */
export function startWriter({ url, producers, perSecond }: Means): SteadyWriter {
  const changes: Change[] = [];
  const failures: string[] = [];
  const pending = new Set<Promise<void>>();
  const dispatcher = new Agent({ keepAliveTimeout: keptMs, keepAliveMaxTimeout: keptMs });
  const send = ((address: URL, init: Parameters<typeof fetchOver>[1]) =>
    fetchOver(address, { ...init, dispatcher })) as unknown as typeof fetch;
  const clients = producers.map((producer) => ({
    producer,
    client: createSettClient({
      url: `${url}/graphql`,
      authorization: `token ${producer}-token`,
      fetch: send,
    }),
  }));
  const leaving = new AbortController();

  const write = async (number: number) => {
    const { producer, client } = clients[number % clients.length] ?? {};
    if (producer === undefined || !client) throw new Error("There is nobody to write.");
    const path = `change-${number}.txt`;
    const sentAt = performance.now();
    try {
      const files = [{ path, text: String(number) }];
      await client.mutate(SaveFilesDocument, { input: { project: { producer }, files } });
      changes.push({ producer, entity: `files/${path}`, sentAt, doneAt: performance.now() });
    } catch (error) {
      failures.push(`${path} of ${producer}: ${String(error)}`);
    }
  };
  const writing = (async () => {
    const startedAt = performance.now();
    for (let number = 0; !leaving.signal.aborted; number += 1) {
      while (pending.size > perSecond) await Promise.race(pending);
      const asked = write(number).finally(() => pending.delete(asked));
      pending.add(asked);
      await wait(Math.max(0, startedAt + ((number + 1) * 1000) / perSecond - performance.now()));
    }
  })();

  return {
    stop: async () => {
      leaving.abort();
      await writing;
      await Promise.all(pending);
      for (const { client } of clients) client.dispose();
      await dispatcher.close();
      return { changes, failures };
    },
  };
}
