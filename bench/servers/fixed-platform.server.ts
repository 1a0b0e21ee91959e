import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readConfig } from "../../src/config.ts";
import { keyOf } from "../comparison/platform.paths.ts";
import { recordPlatform } from "../comparison/recorded.platform.ts";
import { serveMeasured } from "../process/measured.ts";

/** Stands in for the whole platform at almost no cost, and counts: what is measured is what stands before it. */
serveMeasured(async () => {
  const { reads, write } = await recordPlatform();
  let calls = 0;
  const server = createServer((request, response) => {
    const address = request.url ?? "";
    // A watch of a cluster in which nothing happens.
    if (/[?&]watch=/.test(address)) {
      response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
      return;
    }
    if (request.method === "POST") {
      calls += 1;
      request.resume().once("end", () => response.writeHead(201, write.headers).end(write.body));
      return;
    }
    const answer = request.method === "GET" ? reads.get(keyOf(address)) : undefined;
    if (answer) {
      calls += 1;
      response.writeHead(200, answer.headers).end(answer.body);
    }
    // No question needs it: the gateway looks for streams of pushes, now and then and whoever is measured.
    else response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
  server.keepAliveTimeout = 120_000;
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const { upstreams } = readConfig({
    GITEA_URL: url,
    GITEA_TOKEN: "own-token",
    GIT_API_URL: url,
    CONFIGSTORE_URL: url,
    PROJECT_API_URL_TEMPLATE: `${url}/$PRODUCER-$ENV/api`,
    WORKSPACE_API_URL_TEMPLATE: `${url}/$PRODUCER-$ENV/api`,
    SLS_API_URL_TEMPLATE: `${url}/$PRODUCER-$ENV/functions`,
  });
  if (!upstreams) throw new Error("There is no upstream.");
  const kubernetes = { from: "address", url, token: "own-token", namespace: "customer" } as const;
  return { port, addresses: { ...upstreams, kubernetes }, calls: () => calls };
});
