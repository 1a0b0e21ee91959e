import type { IncomingHttpHeaders } from "node:http";
import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  MessageType,
  parseMessage,
  type ConnectionInitMessage,
  type Message,
  type SubscribeMessage,
} from "graphql-ws";
import type { RawData, WebSocket } from "ws";
import type { Log } from "../../log.ts";
import { isBottomlessJson } from "../nesting.ts";
import type { Beats } from "./beats.ts";
import type { HeldIdentity, Revoked } from "./credential.watch.ts";
import type { LiveOperation } from "./operation.runner.ts";
import type { Place } from "./places.ts";
import { createSocketOperations } from "./socket.operations.ts";
import { keepAlive, SocketWriter } from "./socket.writer.ts";

/** One client's WebSocket. */
export interface SocketSession {
  /** Answers what is running, lets subscriptions go, and closes; resolves when all is done. */
  readonly finish: () => Promise<void>;
}

export interface SessionMeans {
  /** This socket's own: what it shows when it begins is added. */
  readonly headers: IncomingHttpHeaders;
  /** Made when there is something to say: most sockets never have. */
  readonly log: () => Log;
  readonly limits: {
    readonly operations: number;
    readonly bufferedBytes: number;
    readonly initTimeoutMs: number;
  };
  readonly beats: Beats;
  /** Finds out who is there, and tells when what they show is not accepted any more. */
  readonly identify: (onRevoked: Revoked) => Promise<HeldIdentity>;
  readonly place: Pick<Place, "keep" | "claim">;
  readonly onClosed: () => void;
  readonly run: (message: SubscribeMessage, viewer: string) => Promise<LiveOperation>;
}

/** WebSocket's own codes: the gateway stops; it takes no more for now. Clients try again after both. */
const goingAway = 1001;
const tryAgainLater = 1013;

/** What a client shows: what came with the request, unless it says another thing when it begins, as browsers must. */
function showAlso(headers: IncomingHttpHeaders, { payload }: ConnectionInitMessage): void {
  const said: unknown = payload?.["authorization"] ?? payload?.["Authorization"];
  // What is no text cannot be read as a credential, and is not taken for none either.
  if (said !== undefined) headers.authorization = typeof said === "string" ? said : "";
}

/** Speaks `graphql-transport-ws` with one client. */
export function openSession(socket: WebSocket, means: SessionMeans): SocketSession {
  const { limits } = means;
  let state: "silent" | "beginning" | "acknowledged" = "silent";
  let isSignedIn = false;
  let viewer = "";
  let leaveIdentity: (() => void) | undefined;

  const cut = (why: string) => () => means.log().info({ why }, "socket cut");
  const writer = new SocketWriter(socket, {
    limit: limits.bufferedBytes,
    onCut: cut("too much waits for its reader"),
  });
  const close = (code: number, reason: string) => writer.close(code, reason);
  const refuse = () => close(CloseCode.Forbidden, "The credential is not accepted");
  const broke = (error: unknown) => {
    means.log().error({ err: error }, "the gateway broke");
    close(CloseCode.InternalServerError, "Something broke in the gateway");
  };

  let nobodyTimer: NodeJS.Timeout | undefined;
  /** Closes after a while, unless somebody is there or something runs by then. */
  const expectSomebody = () => {
    clearTimeout(nobodyTimer);
    if (socket.readyState !== socket.OPEN) return;
    nobodyTimer = setTimeout(() => {
      if (!operations.isIdle()) return;
      // What was answered is still being read.
      if (socket.bufferedAmount > 0) return expectSomebody();
      close(CloseCode.ConnectionInitialisationTimeout, "Nobody said who they are");
    }, limits.initTimeoutMs).unref();
  };

  const operations = createSocketOperations({
    limit: limits.operations,
    run: (message) => means.run(message, viewer),
    writer,
    onUnauthenticated: () => {
      if (isSignedIn) refuse();
    },
    onIdle: () => {
      if (!isSignedIn) expectSomebody();
    },
    onBroken: broke,
  });

  expectSomebody();

  const begin = async (message: ConnectionInitMessage): Promise<void> => {
    if (state !== "silent") return close(CloseCode.TooManyInitialisationRequests, "Begun already");
    state = "beginning";
    means.place.keep();
    clearTimeout(nobodyTimer);
    nobodyTimer = undefined;
    showAlso(means.headers, message);
    const { identity, leave } = await means.identify((error) => {
      operations.refuseAll(error);
      refuse();
    });
    leaveIdentity = leave;
    if (socket.readyState !== socket.OPEN) return leave();
    if (identity.kind === "refused") return refuse();
    if (!means.place.claim(identity)) return close(tryAgainLater, "Too many connections");
    ({ viewer, isSignedIn } = identity);
    state = "acknowledged";
    if (!isSignedIn) expectSomebody();
    return writer.send(JSON.stringify({ type: MessageType.ConnectionAck }));
  };

  const take = (message: Message): Promise<void> | void => {
    switch (message.type) {
      case MessageType.ConnectionInit:
        return begin(message);
      case MessageType.Ping: {
        const { payload } = message;
        return writer.send(JSON.stringify({ type: MessageType.Pong, ...(payload ? { payload } : {}) }));
      }
      case MessageType.Pong:
        return undefined;
      case MessageType.Subscribe:
        if (state !== "acknowledged") return close(CloseCode.Unauthorized, "Unauthorized");
        if (operations.has(message.id)) {
          return close(CloseCode.SubscriberAlreadyExists, "There is such an operation already");
        }
        return operations.start(message);
      case MessageType.Complete:
        return operations.cancel(message.id);
      default:
        return close(CloseCode.BadRequest, "Only a server says this");
    }
  };

  const read = (data: RawData, isBinary: boolean): Message | undefined => {
    if (isBinary) return undefined;
    const text = (data as Buffer).toString("utf8");
    try {
      return isBottomlessJson(text) ? undefined : parseMessage(text);
    } catch {
      return undefined;
    }
  };

  /** Whatever breaks over a message is this socket's: what a listener throws would end the process. */
  const hear = async (data: RawData, isBinary: boolean): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return;
    const message = read(data, isBinary);
    if (!message) return close(CloseCode.BadRequest, "This is no message of the protocol");
    await take(message);
  };

  const leaveBeats = keepAlive(socket, means.beats, cut("its client does not answer"));
  socket.on("message", (data, isBinary) => void hear(data, isBinary).catch(broke));
  socket.on("error", (error) => means.log().info({ why: error.message }, "socket broke"));
  socket.on("close", () => {
    means.onClosed();
    clearTimeout(nobodyTimer);
    leaveBeats();
    leaveIdentity?.();
    operations.cancelAll();
  });
  if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
    close(CloseCode.SubprotocolNotAcceptable, `Speak ${GRAPHQL_TRANSPORT_WS_PROTOCOL}`);
  }

  return {
    finish: async () => {
      await operations.finish();
      close(goingAway, "The gateway stops");
    },
  };
}
