import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { Pool } from "undici";
import type { Asked } from "../comparison/workloads.ts";
import { serveMeasured } from "../process/measured.ts";

/**
 * The floor: a server without a library, over the cheapest client there is. It reads the body of the request, asks
 * the upstream for what the request's path names, and parses and writes the JSON of the answers.
 */
serveMeasured(async ({ upstream, proxied = {} }) => {
  const pool = new Pool(upstream, { connections: 64, pipelining: 1 });

  const read = async (path: string): Promise<unknown> =>
    (await pool.request({ method: "GET", path })).body.json();

  async function ask(path: string, { reads = [path], write }: Asked): Promise<unknown> {
    if (write) {
      const headers = { "content-type": "application/json" };
      return (await pool.request({ method: "POST", headers, ...write })).body.json();
    }
    const [only, ...others] = reads;
    return others.length === 0 ? read(only ?? path) : Promise.all(reads.map(read));
  }

  async function proxy(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await json(request);
    const path = request.url ?? "/";
    const body = JSON.stringify(await ask(path, proxied[path] ?? {}));
    response
      .writeHead(200, {
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
