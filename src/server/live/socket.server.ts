import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { WebSocketServer, type WebSocket } from "ws";
import type { Config } from "../../config.ts";
import { requestIdOf, type Shared } from "../request-context.ts";
import { identify } from "./connection.identity.ts";
import type { RunOperation } from "./operation.runner.ts";
import { isAllowedOrigin } from "./origin.rule.ts";
import type { Place, Places } from "./places.ts";
import { openSession, type SocketSession } from "./socket.session.ts";

/** WebSockets, on the HTTP server's own port. */
export interface SocketServer {
  readonly upgrade: (request: IncomingMessage, connection: Duplex, head: Buffer) => void;
  /** Finishes what runs, within the deadline; true when nothing had to be cut. */
  readonly stop: (deadlineMs: number) => Promise<boolean>;
}

interface Means {
  readonly config: Config;
  readonly run: RunOperation;
  readonly shared: Shared;
  readonly places: Places;
}

const paths = new Set(["/graphql", "/gql"]);
const retryAfterSeconds = 5;

/** How long a client has to take leave once the gateway has. */
const leaveMs = 1000;

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

export function createSocketServer({ config, run, shared, places }: Means): SocketServer {
  const sessions = new Map<WebSocket, SocketSession>();
  const { log, metrics } = shared;
  let stopping = false;
  const options = {
    noServer: true,
    clientTracking: false,
    maxPayload: config.BODY_LIMIT,
    perMessageDeflate: false,
    handleProtocols,
    closeTimeout: leaveMs,
  };
  const server = new WebSocketServer(options);

  const open = (socket: WebSocket, request: IncomingMessage, place: Place) => {
    const id = requestIdOf(request.headers);
    let operations = 0;
    const session = openSession(socket, {
      headers: request.headers,
      log: log.child({ requestId: id }),
      limits: {
        operations: config.SUBSCRIPTION_LIMIT,
        bufferedBytes: config.SOCKET_BUFFER_LIMIT,
        initTimeoutMs: config.SOCKET_INIT_TIMEOUT,
        pingMs: config.SOCKET_PING,
      },
      identify: (headers) => identify({ requestId: id, headers }, request, shared),
      claim: place.claim,
      run: ({ payload }, headers) => {
        operations += 1;
        return run(payload, { requestId: `${id}.${operations}`, headers });
      },
    });
    sessions.set(socket, session);
    metrics.sockets.inc({ transport: "websocket" });
    socket.once("close", () => {
      sessions.delete(socket);
      place.leave();
      metrics.sockets.dec({ transport: "websocket" });
    });
  };

  return {
    upgrade: (request, connection, head) => {
      const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
      if (!paths.has(path)) return turnAway(connection, 404);
      if (!isAllowedOrigin(request.headers, config.CORS_ORIGINS)) return turnAway(connection, 403);
      const place = stopping ? undefined : places.take();
      if (!place) return turnAway(connection, 503, [`retry-after: ${retryAfterSeconds}`]);
      connection.once("close", place.leave);
      return server.handleUpgrade(request, connection, head, (socket) => open(socket, request, place));
    },
    stop: async (deadlineMs) => {
      stopping = true;
      const all = [...sessions];
      const ends = all.map(
        ([socket, session]) =>
          new Promise<void>((resolve) => {
            if (socket.readyState === socket.CLOSED) return resolve();
            socket.once("close", () => resolve());
            void session.finish();
          }),
      );
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
