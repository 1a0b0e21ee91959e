import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { serveMeasured } from "../process/measured.ts";
import { recordAnswers } from "./recorded.answers.ts";

/** Stands in for Gitea at almost no cost, and counts: what is measured is what stands before it. */
serveMeasured(async () => {
  const answers = await recordAnswers();
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    const answer = answers.get(request.url ?? "");
    if (answer) response.writeHead(200, answer.headers).end(answer.body);
    else response.writeHead(404).end();
  });
  server.keepAliveTimeout = 120_000;
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: (server.address() as AddressInfo).port, calls: () => calls };
});
