import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A page that is none of the gateway's, on this machine. */
export interface ForeignPage {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Serves an empty page with nothing in its way: what it may not do is the gateway's to say. */
export async function startForeignPage(): Promise<ForeignPage> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><link rel="icon" href="data:,"><title>Elsewhere</title>`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
