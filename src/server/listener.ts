import { createServer, IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createConnections } from "./connections.ts";
import { cutOverdue, type Underway } from "./overdue.requests.ts";
import { answerUnparsed } from "./unparsed.answer.ts";

/** A listening server that can be asked to finish what it is doing and stop. */
export interface Listener {
  readonly port: number;
  /** Still takes everything, but asks whoever is answered to connect anew, elsewhere. */
  readonly drain: () => void;
  /** Takes nothing new, lets what is running finish until the deadline, then cuts what is left. True if nothing was cut. */
  readonly stop: (deadlineMs: number) => Promise<boolean>;
}

/** Where to listen, and how much of whoever connects is put up with. */
export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** Most connections at once. */
  readonly connections?: number;
  readonly underway?: Underway;
}

const patience = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  // Longer than proxies keep connections, so that none asks over one that is just being closed.
  keepAliveTimeout: 75_000,
};

/** Connections that the system keeps until there is time for them, if it keeps so many: those of a crowd that comes back at once. */
const mostUnaccepted = 4096;

/**
 * A request that offers another protocol than WebSocket, as some clients offer HTTP/2, is answered as if it offered
 * none. Node would hand every offer over to whoever opens WebSockets.
 */
class OfferingRequest extends IncomingMessage {
  declare offer: boolean | undefined;

  get upgrade(): boolean {
    return this.offer === true && this.headers.upgrade?.toLowerCase() === "websocket";
  }

  set upgrade(offered: unknown) {
    this.offer = Boolean(offered);
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: mostUnaccepted }, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Listens for requests, and for those who want to speak another protocol. */
export async function startListener(
  { host, port, connections: limit = Infinity, underway }: ListenerOptions,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  upgrade?: (request: IncomingMessage, connection: Duplex, head: Buffer) => void,
): Promise<Listener> {
  const running = new Set<ServerResponse>();
  const connections = createConnections(limit, (connection) => {
    // Node says of the answer that is being written that it is over, not of those that wait behind it.
    for (const response of running) if (response.req.socket === connection) response.destroy().emit("close");
  });
  let stopping = false;
  let draining = false;

  const server = createServer({ ...patience, IncomingMessage: OfferingRequest }, (request, response) => {
    const { socket } = request;
    running.add(response);
    if (draining) response.shouldKeepAlive = false;
    connections.begin(socket);
    response.on("close", () => {
      // It may be said of one twice.
      if (!running.delete(response)) return;
      connections.end(socket);
      if (stopping) connections.endIdle();
    });
    handle(request, response);
  });
  server.maxConnections = limit;
  server.on("connection", connections.add);
  server.on("clientError", (error: NodeJS.ErrnoException, connection) => {
    const isAnswered = [...running].some(({ req, headersSent }) => req.socket === connection && headersSent);
    // What is being said already would be spoilt.
    if (!connection.writable || isAnswered) return void connection.destroy();
    answerUnparsed(connection, error.code);
  });
  const leave = underway && cutOverdue(running, underway);

  if (upgrade) {
    server.on("upgrade", (request, connection: Duplex, head) => {
      connections.handOver(connection as Socket);
      upgrade(request, connection, head);
    });
  }

  const drain = () => {
    draining = true;
    // A kept connection would stay open after its answer, and the server with it.
    for (const response of running) response.shouldKeepAlive = false;
  };

  const stop = (deadlineMs: number) =>
    new Promise<boolean>((resolve) => {
      let isWhole = true;
      stopping = true;
      drain();
      const deadline = setTimeout(() => {
        isWhole = running.size === 0;
        server.closeAllConnections();
      }, deadlineMs);
      server.close(() => {
        clearTimeout(deadline);
        leave?.();
        resolve(isWhole);
      });
      // Node takes a connection on which nothing has been asked yet for a busy one.
      connections.endIdle();
    });

  return { port: await listen(server, host, port), drain, stop };
}
