import { createClient, type Client } from "graphql-ws/client";
import type { AnsweredError } from "../errors/sett.error.ts";
import { currentAsker, type Endpoints, type SettClientOptions } from "../options.ts";
import type { RawAnswer } from "../requests/answer.ts";
import type { Ending, Transport } from "./transport.ts";

/** How often a socket is seen to be alive, and how long an answer to that may take. */
const keepAliveMs = 15_000;
const pongMs = 10_000;
const acknowledgeMs = 10_000;

/** How a try ended, from what the library says of it: errors of the operation, a close event, or anything else. */
function endingOf(error: unknown): Ending {
  if (Array.isArray(error)) return { kind: "errors", errors: error as readonly AnsweredError[] };
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "number") {
    const reason = "reason" in error && typeof error.reason === "string" ? error.reason : "";
    return { kind: "closed", code: error.code, reason };
  }
  return { kind: "broken", cause: error };
}

/** Whether a gateway closed the socket: its own codes, and those of one that is full or stops. */
const isGatewaysWord = (ending: Ending): boolean =>
  ending.kind === "closed" && (ending.code >= 4400 || ending.code === 1013 || ending.code === 1001);

interface Socket {
  readonly client: Client;
  readonly isConnected: () => boolean;
}

function createSocket(options: SettClientOptions, endpoints: Endpoints, onUnopened: () => void): Socket {
  let state: "opening" | "connected" | "closed" = "closed";
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const close = (error: unknown) => {
    if (state === "opening" && !isGatewaysWord(endingOf(error))) onUnopened();
    state = "closed";
    clearTimeout(unanswered);
  };
  const client = createClient({
    url: endpoints.socket.href,
    webSocketImpl: options.webSocket ?? globalThis.WebSocket,
    connectionParams: async () => ({ ...(await currentAsker(options)) }),
    lazyCloseTimeout: options.idleMs ?? 1_000,
    retryAttempts: 0,
    keepAlive: keepAliveMs,
    connectionAckWaitTimeout: acknowledgeMs,
    on: {
      connecting: () => {
        state = "opening";
      },
      connected: () => {
        state = "connected";
      },
      error: close,
      closed: close,
      ping: (isReceived) => {
        if (!isReceived) unanswered = setTimeout(() => client.terminate(), pongMs);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(unanswered);
      },
    },
  });
  return { client, isConnected: () => state === "connected" };
}

/** One socket for all subscriptions, open while any of them runs and a little longer. */
export function createSocketTransport(
  options: SettClientOptions,
  endpoints: Endpoints,
  onUnopened: () => void,
): Transport {
  let socket: Socket | undefined;
  const drop = (dropped: Socket | undefined) => {
    if (dropped === socket) socket = undefined;
    // One that could not be opened has nothing to close.
    void Promise.resolve(dropped?.client.dispose()).catch(() => undefined);
  };
  return {
    name: "websocket",
    begin: ({ query = "", ...asked }, { opened, next, ended }) => {
      const used = (socket ??= createSocket(options, endpoints, onUnopened));
      let isOver = false;
      const stop = () => {
        isOver = true;
        for (const unlisten of listening) unlisten();
      };
      const end = (ending: Ending) => {
        if (isOver) return;
        stop();
        ended(ending);
      };
      const listening = [
        used.client.on("connected", opened),
        // The library would ask the same again by itself after some closings, and not for what is left of it.
        used.client.on("closed", (event) => {
          leave();
          end(endingOf(event));
        }),
      ];
      const leave = used.client.subscribe(
        { query, ...asked, variables: { ...asked.variables } },
        {
          next: (answer) => {
            if (!isOver) next(answer as RawAnswer);
          },
          error: (error) => end(endingOf(error)),
          complete: () => end({ kind: "complete" }),
        },
      );
      if (used.isConnected()) queueMicrotask(() => !isOver && opened());
      return {
        leave: () => {
          stop();
          leave();
        },
        drop: () => drop(used),
      };
    },
    reset: () => drop(socket),
  };
}
