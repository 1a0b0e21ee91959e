import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocket, type ClientOptions } from "ws";

/** A message of the protocol, whatever it is. */
export interface RawMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** How a socket was closed. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket that says what the test says. */
export interface RawSocket {
  readonly socket: WebSocket;
  readonly say: (message: unknown) => void;
  /** The next message; fails when the socket closes before. */
  readonly hear: () => Promise<RawMessage>;
  readonly closed: Promise<Closing>;
  /** Begins, and waits until it is let in. */
  readonly begin: (authorization?: string) => Promise<void>;
}

/** Opens a WebSocket to the gateway; it is cut with the test. */
export async function openSocket(
  url: string,
  { protocol = "graphql-transport-ws", ...options }: ClientOptions & { protocol?: string } = {},
): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, protocol, options);
  onTestFinished(() => socket.terminate());
  const heard: RawMessage[] = [];
  let ended: Closing | undefined;
  const closed = new Promise<Closing>((resolve) => {
    socket.once("close", (code, reason) => {
      ended = { code, reason: reason.toString() };
      resolve(ended);
    });
  });
  socket.on("message", (data: Buffer) => {
    heard.push(JSON.parse(data.toString()) as RawMessage);
    socket.emit("heard");
  });
  await once(socket, "open");
  const say = (message: unknown) =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const hear = async (): Promise<RawMessage> => {
    for (;;) {
      const message = heard.shift();
      if (message) return message;
      if (ended) throw new Error(`The socket was closed with ${ended.code}.`);
      await Promise.race([once(socket, "heard"), closed]);
    }
  };
  return {
    socket,
    say,
    hear,
    closed,
    begin: async (authorization) => {
      say({
        type: "connection_init",
        ...(authorization === undefined ? {} : { payload: { authorization } }),
      });
      const { type } = await hear();
      if (type !== "connection_ack") throw new Error(`Instead of an acknowledgement came ${type}.`);
    },
  };
}
