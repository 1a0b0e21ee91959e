import { STATUS_CODES, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { Config } from "../../config.ts";
import type { PermissionWatches } from "../../permissions/permission.watches.ts";
import { requestIdOf, type Shared } from "../request-context.ts";
import type { Beats } from "./beats.ts";
import { leavingMs, letGo } from "./leaving.ts";
import type { RunOperation } from "./operation.runner.ts";
import { allowedOrigins, isAllowedOrigin } from "./origin.rule.ts";
import type { Place, Places } from "./places.ts";
import { hearFor, SessionSocket } from "./socket.listeners.ts";
import { SocketSession } from "./socket.session.ts";

/** WebSockets, on the HTTP server's own port. */
export interface SocketServer {
  readonly upgrade: (request: IncomingMessage, connection: Duplex, head: Buffer) => void;
  /** Finishes what runs and lets go of all, within the deadline; true when nothing had to be cut. */
  readonly stop: (deadlineMs: number) => Promise<boolean>;
}

interface Means {
  readonly config: Config;
  readonly run: RunOperation;
  readonly shared: Shared;
  readonly places: Places;
  readonly beats: Beats;
  readonly watches: PermissionWatches;
}

const paths = new Set(["/graphql", "/gql"]);
const retryAfterSeconds = 5;

/** How long a client has to take leave once the gateway has. */
const leaveMs = 1000;

const handshake = /^(?:connection|upgrade|sec-websocket-.*)$/;

function lastingHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const lasting: IncomingHttpHeaders = {};
  for (const name in headers) if (!handshake.test(name)) lasting[name] = headers[name];
  return lasting;
}

function turnAway(connection: Duplex, status: number, headers: readonly string[] = []): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "connection: close",
    "content-length: 0",
    ...headers,
  ];
  connection.on("error", () => connection.destroy());
  connection.end(`${lines.join("\r\n")}\r\n\r\n`, () => connection.destroy());
}

export function createSocketServer({ config, run, shared, places, beats, watches }: Means): SocketServer {
  const sessions = new Map<SessionSocket, SocketSession>();
  const { metrics } = shared;
  const origins = allowedOrigins(config);
  let stopping = false;
  const means = {
    shared,
    watches,
    beats,
    run,
    limits: {
      operations: config.SUBSCRIPTION_LIMIT,
      bufferedBytes: config.SOCKET_BUFFER_LIMIT,
      initTimeoutMs: config.SOCKET_INIT_TIMEOUT,
    },
  };
  const options = {
    WebSocket: SessionSocket,
    noServer: true,
    clientTracking: false,
    maxPayload: config.BODY_LIMIT,
    perMessageDeflate: false,
    handleProtocols,
    closeTimeout: leaveMs,
  };
  const server = new WebSocketServer(options);

  function onClose(this: WebSocket): void {
    const session = sessions.get(this as SessionSocket);
    sessions.delete(this as SessionSocket);
    metrics.sockets.dec({ transport: "websocket" });
    session?.onClosed();
  }

  const open = (socket: SessionSocket, { headers, socket: connection }: IncomingMessage, place: Place) => {
    // The request itself is not kept, nor what its headers say of the handshake.
    const parts = {
      socket,
      connection,
      place,
      requestId: requestIdOf(headers),
      headers: lastingHeaders(headers),
    };
    const session = new SocketSession(parts, means);
    sessions.set(socket, session);
    metrics.sockets.inc({ transport: "websocket" });
    hearFor(socket, session);
    socket.on("close", onClose);
  };

  return {
    upgrade: (request, connection, head) => {
      const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
      if (!paths.has(path)) return turnAway(connection, 404);
      if (!isAllowedOrigin(request.headers, origins)) return turnAway(connection, 403);
      const place = stopping ? undefined : places.take(() => connection.destroy());
      if (!place) return turnAway(connection, 503, [`retry-after: ${retryAfterSeconds}`]);
      const leave = () => place.leave();
      connection.on("close", leave);
      return server.handleUpgrade(request, connection, head, (socket) => {
        connection.off("close", leave);
        open(socket, request, place);
      });
    },
    stop: async (deadlineMs) => {
      stopping = true;
      const all = [...sessions];
      const ends = all.map(
        ([socket]) =>
          new Promise<void>((resolve) => {
            if (socket.readyState === socket.CLOSED) return resolve();
            socket.once("close", () => resolve());
          }),
      );
      void letGo(all, leavingMs(deadlineMs), ([, session]) => void session.finish());
      let isWhole = true;
      const deadline = setTimeout(() => {
        for (const [socket] of all) {
          // One that was told and only does not take leave has lost nothing.
          if (socket.readyState === socket.OPEN) isWhole = false;
          socket.terminate();
        }
      }, deadlineMs);
      await Promise.all(ends);
      clearTimeout(deadline);
      server.close();
      return isWhole;
    },
  };
}
