import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createLog } from "../../src/log.ts";
import { createMetrics } from "../../src/metrics.ts";
import { openClient } from "../../src/services/http/upstream.client.ts";
import type { Answer, Call, UpstreamOptions } from "../../src/services/http/upstream.ts";
import { LogLines } from "../support/log-lines.ts";

/** How a service of a test's own making answers; it is given how many were asked before. */
export type Answering = (response: ServerResponse, request: IncomingMessage, before: number) => void;

/** A service, and a client that asks it. */
export interface Asked {
  readonly get: (call?: Partial<Call>, sharedBy?: string) => Promise<Answer>;
  readonly send: (call?: Partial<Call>, sharedBy?: string) => Promise<Answer>;
  /** Reads from another service of the kind, as it were: one at another path. */
  readonly at: (prefix: string) => Promise<Answer>;
  /** What has come to the service, in its order. */
  readonly requests: readonly IncomingMessage[];
  /** How many of its connections are open. */
  readonly connections: () => Promise<number>;
  readonly measured: (name: string) => Promise<number>;
  answering: Answering;
}

const usual = { timeoutMs: 5000, answerLimit: 100_000, connections: 4 };

/** Starts a service, and opens a client to it; both end with the test. */
export async function startAsked(
  answering: Answering,
  options: Partial<UpstreamOptions> = {},
): Promise<Asked> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    asked.answering(response, request, requests.length - 1);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const metrics = createMetrics();
  const log = createLog("info", new LogLines());
  const client = openClient("project-api", { ...usual, log, metrics, ...options });
  onTestFinished(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${port}/api`;
  const base = { path: ["thing"], requestId: "request-1" };
  const asked: Asked = {
    get: (call, sharedBy) => client.call(address, { method: "GET", ...base, ...call }, sharedBy),
    send: (call, sharedBy) => client.call(address, { method: "PUT", body: {}, ...base, ...call }, sharedBy),
    at: (prefix) => client.call(`http://127.0.0.1:${port}/${prefix}`, { method: "GET", ...base }),
    requests,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      }),
    measured: async (name) => {
      const line = (await metrics.registry.metrics()).split("\n").find((each) => each.startsWith(name));
      return Number(line?.split(" ").at(-1) ?? 0);
    },
    answering,
  };
  return asked;
}

/** Answers with JSON. */
export const well: Answering = (response) => void response.end("{}");

/** Answers with a status. */
export const withStatus =
  (status: number): Answering =>
  (response) =>
    void response.writeHead(status).end();

/** Breaks the connection. */
export const cut: Answering = (response) => void response.socket?.resetAndDestroy();

/** Answers nothing. */
export const hang: Answering = () => undefined;
