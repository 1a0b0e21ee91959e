import { MessageType, type SubscribeMessage } from "graphql-ws";
import { RateLimited, type SettError } from "../../errors.ts";
import { codesOf } from "./error.presenter.ts";
import type { LiveOperation, Step } from "./operation.runner.ts";
import { socketMessage } from "./prepared.message.ts";
import type { SocketWriter } from "./socket.writer.ts";

/** The operations of one socket. */
export interface SocketOperations {
  readonly has: (id: string) => boolean;
  readonly isIdle: () => boolean;
  readonly start: (message: SubscribeMessage) => void;
  readonly cancel: (id: string) => void;
  readonly cancelAll: () => void;
  /** Tells each of them this error, and ends it. */
  readonly refuseAll: (error: SettError) => void;
  /** Lets subscriptions go without a word, so that clients take them up elsewhere; resolves when all else is answered. */
  readonly finish: () => Promise<void>;
}

interface Means {
  readonly limit: number;
  readonly run: (message: SubscribeMessage) => Promise<LiveOperation>;
  readonly writer: Pick<SocketWriter, "send">;
  /** Somebody's credential was not accepted any more. */
  readonly onUnauthenticated: () => void;
  /** Nothing runs any more. */
  readonly onIdle: () => void;
  readonly onBroken: (error: unknown) => void;
}

interface Entry {
  operation: LiveOperation | undefined;
  isWanted: boolean;
  isOver: boolean;
}

const retryAfterMs = 1000;

function messageOf(id: string, step: Step): string | Buffer {
  if (step.kind === "next") return socketMessage(id, step);
  if (step.kind === "complete") return JSON.stringify({ id, type: MessageType.Complete });
  return JSON.stringify({ id, type: MessageType.Error, payload: step.errors });
}

const codes = (step: Step) =>
  step.kind === "next" ? step.codes : step.kind === "error" ? codesOf(step.errors) : [];

export function createSocketOperations({
  limit,
  run,
  writer,
  onUnauthenticated,
  onIdle,
  onBroken,
}: Means): SocketOperations {
  const wanted = new Map<string, Entry>();
  /** What a client has lost interest in may still be running, and counts as long as it does. */
  let running = 0;
  let whenIdle: (() => void) | undefined;

  const settle = () => {
    if (wanted.size === 0) whenIdle?.();
  };

  const over = (entry: Entry) => {
    if (entry.isOver) return;
    entry.isOver = true;
    running -= 1;
    if (running === 0) onIdle();
    settle();
  };

  const forget = (id: string, entry: Entry, reason?: string) => {
    entry.isWanted = false;
    if (wanted.get(id) === entry) wanted.delete(id);
    if (!entry.operation) return settle();
    entry.operation.cancel(reason);
    over(entry);
  };

  const begin = (id: string, entry: Entry, operation: LiveOperation) => {
    entry.operation = operation;
    // One that was still being opened when the others were let go is no more to be waited for than they are.
    if (!entry.isWanted || (whenIdle && operation.isSubscription)) return forget(id, entry);
    operation.run((step) => {
      if (!entry.isWanted) return undefined;
      // Its id is free for another one as soon as the client learns of its end.
      if (step.kind !== "next") wanted.delete(id);
      const calm = writer.send(messageOf(id, step));
      if (codes(step).includes("UNAUTHENTICATED")) onUnauthenticated();
      if (step.kind !== "next") forget(id, entry);
      return calm;
    });
  };

  return {
    has: (id) => wanted.has(id),
    isIdle: () => running === 0,
    start: (message) => {
      if (whenIdle) return;
      const { id } = message;
      if (running >= limit) {
        const refusal = new RateLimited(retryAfterMs, `At most ${limit} operations run over a connection.`);
        void writer.send(messageOf(id, { kind: "error", errors: [refusal.toJSON()] }));
        return;
      }
      const entry: Entry = { operation: undefined, isWanted: true, isOver: false };
      wanted.set(id, entry);
      running += 1;
      run(message)
        .then((operation) => begin(id, entry, operation))
        .catch((error: unknown) => {
          forget(id, entry);
          over(entry);
          onBroken(error);
        });
    },
    cancel: (id) => {
      const entry = wanted.get(id);
      if (entry) forget(id, entry);
    },
    cancelAll: () => {
      for (const [id, entry] of [...wanted]) forget(id, entry);
    },
    refuseAll: (error) => {
      for (const [id, entry] of [...wanted]) {
        void writer.send(messageOf(id, { kind: "error", errors: [error.toJSON()] }));
        forget(id, entry, error.code);
      }
    },
    finish: () =>
      new Promise((resolve) => {
        whenIdle = resolve;
        for (const [id, entry] of [...wanted]) if (entry.operation?.isSubscription) forget(id, entry);
        settle();
      }),
  };
}
