import { createClient } from "graphql-ws";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { AnsweredError } from "./sett.ts";

/** What comes of a subscription: an event, or the errors that end it. */
export interface Event<Data> {
  readonly data: Data | null | undefined;
  readonly errors: readonly AnsweredError[];
  readonly codes: readonly string[];
}

/** A subscription that runs; it ends with the test. */
export interface Subscribed<Data> extends AsyncIterableIterator<Event<Data>, undefined> {
  /** The next event; fails when there is none to come. */
  readonly event: () => Promise<Event<Data>>;
  readonly return: () => Promise<IteratorReturnResult<undefined>>;
}

/** A socket that was closed, by the gateway or on the way. */
export class SocketClosed extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`The socket was closed with ${code}.`);
    this.code = code;
  }
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

const eventOf = <Data>(
  data: Data | null | undefined,
  errors: readonly AnsweredError[] = [],
): Event<Data> => ({
  data,
  errors,
  codes: errors.map(({ extensions }) => extensions.code),
});

function ending<Data>(error: unknown): Event<Data> | SocketClosed {
  if (Array.isArray(error)) return eventOf<Data>(undefined, error as AnsweredError[]);
  const code: unknown =
    typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (typeof code === "number") return new SocketClosed(code);
  throw error;
}

/** Subscribes over a socket of its own, with the client that people use. */
export function subscribeAt<Data>(
  url: string,
  authorization: string | undefined,
  query: string,
  variables: Record<string, unknown> = {},
): Subscribed<Data> {
  const client = createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(authorization === undefined ? {} : { connectionParams: { authorization } }),
  });
  onTestFinished(() => client.dispose());
  const come: (Event<Data> | SocketClosed)[] = [];
  let isOver = false;
  let wake: (() => void) | undefined;
  const take = (each: Event<Data> | SocketClosed | undefined) => {
    if (each) come.push(each);
    wake?.();
  };
  const leave = client.subscribe<Data>(
    { query, variables },
    {
      next: ({ data, errors }) => take(eventOf(data, errors as readonly AnsweredError[] | undefined)),
      error: (error) => {
        isOver = true;
        take(ending(error));
      },
      complete: () => {
        isOver = true;
        take(undefined);
      },
    },
  );
  const next = async (): Promise<IteratorResult<Event<Data>, undefined>> => {
    while (come.length === 0 && !isOver) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const value = come.shift();
    if (value instanceof SocketClosed) throw value;
    return value ? { done: false, value } : done;
  };
  const subscribed: Subscribed<Data> = {
    next,
    event: async () => {
      const { done: isDone, value } = await next();
      if (isDone) throw new Error("The subscription is complete.");
      return value;
    },
    return: () => {
      leave();
      return Promise.resolve(done);
    },
    [Symbol.asyncIterator]: () => subscribed,
  };
  return subscribed;
}
