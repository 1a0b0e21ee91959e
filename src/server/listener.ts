import { createServer, IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

/** A listening server that can be asked to finish what it is doing and stop. */
export interface Listener {
  readonly port: number;
  /** Takes nothing new, lets what is running finish until the deadline, then cuts what is left. True if nothing was cut. */
  readonly stop: (deadlineMs: number) => Promise<boolean>;
}

const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;

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
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

export async function startListener(
  { host, port }: { host: string; port: number },
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  upgrade?: (request: IncomingMessage, connection: Duplex, head: Buffer) => void,
): Promise<Listener> {
  const connections = new Set<Socket>();
  const running = new Map<ServerResponse, Socket>();
  let stopping = false;

  const cutIdle = () => {
    const busy = new Set(running.values());
    for (const connection of connections) if (!busy.has(connection)) connection.destroySoon();
  };

  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, IncomingMessage: OfferingRequest },
    (request, response) => {
      running.set(response, request.socket);
      response.once("close", () => {
        running.delete(response);
        if (stopping) cutIdle();
      });
      handle(request, response);
    },
  );
  server.on("connection", (connection) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });

  if (upgrade) {
    server.on("upgrade", (request, connection: Duplex, head) => {
      // From here on it is another's to end.
      connections.delete(connection as Socket);
      upgrade(request, connection, head);
    });
  }

  const stop = (deadlineMs: number) =>
    new Promise<boolean>((resolve) => {
      let isWhole = true;
      stopping = true;
      const deadline = setTimeout(() => {
        isWhole = running.size === 0;
        server.closeAllConnections();
      }, deadlineMs);
      server.close(() => {
        clearTimeout(deadline);
        resolve(isWhole);
      });
      // A kept connection would stay open after its answer, and the server with it.
      for (const response of running.keys()) response.shouldKeepAlive = false;
      // Node takes a connection on which nothing has been asked yet for a busy one.
      cutIdle();
    });

  return { port: await listen(server, host, port), stop };
}
