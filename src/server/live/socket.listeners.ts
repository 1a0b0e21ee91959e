import { CloseCode, MessageType, parseMessage, type Message } from "graphql-ws";
import { WebSocket, type RawData } from "ws";
import { isBottomlessJson } from "../nesting.ts";
import type { SocketSession } from "./socket.session.ts";

/** A socket that knows its session, so that those who listen to thousands are the same few functions. */
export class SessionSocket extends WebSocket {
  session: SocketSession | undefined;
}

const sessionOf = (socket: WebSocket): SocketSession | undefined => (socket as SessionSocket).session;

function read(data: RawData, isBinary: boolean): Message | undefined {
  if (isBinary) return undefined;
  const text = (data as Buffer).toString("utf8");
  try {
    return isBottomlessJson(text) ? undefined : parseMessage(text);
  } catch {
    return undefined;
  }
}

/** Lets a session do what its client says. */
function take(session: SocketSession, message: Message | undefined): Promise<void> | void {
  switch (message?.type) {
    case MessageType.ConnectionInit:
      return session.begin(message);
    case MessageType.Ping:
      return session.pong(message.payload);
    case MessageType.Pong:
      return undefined;
    case MessageType.Subscribe:
      return session.subscribe(message);
    case MessageType.Complete:
      return session.complete(message.id);
    case undefined:
      return session.close(CloseCode.BadRequest, "This is no message of the protocol");
    default:
      return session.close(CloseCode.BadRequest, "Only a server says this");
  }
}

/** Whatever breaks over a message is its socket's: what a listener throws would end the process. */
async function hear(session: SocketSession, data: RawData, isBinary: boolean): Promise<void> {
  try {
    await take(session, read(data, isBinary));
  } catch (error) {
    session.onBroken(error);
  }
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const session = sessionOf(this);
  if (session && this.readyState === WebSocket.OPEN) void hear(session, data, isBinary);
}

function onPong(this: WebSocket, word: Buffer): void {
  sessionOf(this)?.onPong(word.toString());
}

function onError(this: WebSocket, error: Error): void {
  sessionOf(this)?.onError(error);
}

/** Lets a session hear what its socket hears, but for its end. */
export function hearFor(socket: SessionSocket, session: SocketSession): void {
  socket.session = session;
  socket.on("message", onMessage).on("pong", onPong).on("error", onError);
}
