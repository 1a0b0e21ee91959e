import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A listening server that can be asked to finish what it is doing and stop. */
export interface Listener {
  readonly port: number;
  /** Takes nothing new, lets what is running finish until the deadline, then cuts what is left. True if nothing was cut. */
  readonly stop: (deadlineMs: number) => Promise<boolean>;
}

const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;

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
): Promise<Listener> {
  const running = new Set<ServerResponse>();
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    (request, response) => {
      running.add(response);
      response.once("close", () => running.delete(response));
      handle(request, response);
    },
  );

  const stop = (deadlineMs: number) =>
    new Promise<boolean>((resolve) => {
      let isWhole = true;
      const deadline = setTimeout(() => {
        isWhole = running.size === 0;
        server.closeAllConnections();
      }, deadlineMs);
      server.close(() => {
        clearTimeout(deadline);
        resolve(isWhole);
      });
      // A kept connection would stay open after its answer, and the server with it.
      for (const response of running) response.shouldKeepAlive = false;
      server.closeIdleConnections();
    });

  return { port: await listen(server, host, port), stop };
}
