import { MessageType, type SubscribeMessage } from "graphql-ws";
import { RateLimited } from "../../errors.ts";
import { codesOf } from "./error.presenter.ts";
import type { LiveOperation, Step } from "./operation.runner.ts";

/** The operations of one socket. */
export interface SocketOperations {
  readonly has: (id: string) => boolean;
  readonly start: (message: SubscribeMessage) => Promise<void>;
  readonly cancel: (id: string) => void;
  readonly cancelAll: () => void;
  /** Lets subscriptions go without a word, so that clients take them up elsewhere; resolves when all else is answered. */
  readonly finish: () => Promise<void>;
}

interface Means {
  readonly limit: number;
  readonly run: (message: SubscribeMessage) => Promise<LiveOperation>;
  readonly send: (message: string) => Promise<void>;
  /** Somebody's credential was not accepted any more. */
  readonly onUnauthenticated: () => void;
}

interface Entry {
  operation: LiveOperation | undefined;
  isWanted: boolean;
}

const retryAfterMs = 1000;

/** A payload is JSON already, and is not made again for each message that carries it. */
function messageOf(id: string, step: Step): string {
  if (step.kind === "complete") return JSON.stringify({ id, type: MessageType.Complete });
  const payload = step.kind === "next" ? step.json : JSON.stringify(step.errors);
  return `{"id":${JSON.stringify(id)},"type":"${step.kind}","payload":${payload}}`;
}

const codes = (step: Step) =>
  step.kind === "next" ? step.codes : step.kind === "error" ? codesOf(step.errors) : [];

export function createSocketOperations({ limit, run, send, onUnauthenticated }: Means): SocketOperations {
  const wanted = new Map<string, Entry>();
  const running = new Set<Entry>();
  let whenIdle: (() => void) | undefined;

  const forget = (id: string, entry: Entry) => {
    entry.isWanted = false;
    if (wanted.get(id) === entry) wanted.delete(id);
    entry.operation?.cancel();
  };

  const pump = async (id: string, entry: Entry, operation: LiveOperation): Promise<void> => {
    for (;;) {
      const step = await operation.next();
      if (!entry.isWanted) return;
      // Its id is free for another one as soon as the client learns of its end.
      if (step.kind !== "next" && wanted.get(id) === entry) wanted.delete(id);
      await send(messageOf(id, step));
      if (codes(step).includes("UNAUTHENTICATED")) onUnauthenticated();
      if (step.kind !== "next") return;
    }
  };

  const execute = async (message: SubscribeMessage, entry: Entry): Promise<void> => {
    const operation = await run(message);
    entry.operation = operation;
    if (entry.isWanted) await pump(message.id, entry, operation);
    else operation.cancel();
  };

  const settle = () => {
    const isBusy = [...running].some((entry) => entry.isWanted);
    if (!isBusy) whenIdle?.();
  };

  return {
    has: (id) => wanted.has(id),
    start: async (message) => {
      if (whenIdle) return;
      // What a client has lost interest in may still be running, and counts as long as it does.
      if (running.size >= limit) {
        const refusal = new RateLimited(retryAfterMs, `At most ${limit} operations run over a connection.`);
        await send(messageOf(message.id, { kind: "error", errors: [refusal.toJSON()] }));
        return;
      }
      const entry: Entry = { operation: undefined, isWanted: true };
      wanted.set(message.id, entry);
      running.add(entry);
      try {
        await execute(message, entry);
      } finally {
        running.delete(entry);
        forget(message.id, entry);
        settle();
      }
    },
    cancel: (id) => {
      const entry = wanted.get(id);
      if (entry) forget(id, entry);
    },
    cancelAll: () => {
      for (const [id, entry] of [...wanted]) forget(id, entry);
    },
    finish: () =>
      new Promise((resolve) => {
        whenIdle = resolve;
        for (const [id, entry] of [...wanted]) if (entry.operation?.isSubscription) forget(id, entry);
        settle();
      }),
  };
}
