import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { Pool } from "undici";
import { serveMeasured } from "../process/measured.ts";

/**
 * The floor: a server without a library, over the cheapest client there is. It reads the body of the request, asks
 * the upstream for what the request's path names, and parses and writes the JSON of the answer.
 */
serveMeasured(async ({ upstream }) => {
  const pool = new Pool(upstream, { connections: 64, pipelining: 1 });

  async function proxy(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await json(request);
    const answer = await pool.request({ method: "GET", path: request.url ?? "/" });
    const body = JSON.stringify(await answer.body.json());
    response
      .writeHead(answer.statusCode, {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(body),
      })
      .end(body);
  }

  const server = createServer((request, response) => {
    proxy(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: (server.address() as AddressInfo).port };
});
