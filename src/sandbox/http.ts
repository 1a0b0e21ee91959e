import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import createRouter, { type HTTPMethod } from "find-my-way";
import readBody from "raw-body";
import { createFaults, type Faults } from "./faults.ts";
import { halfOf, isHalf, sendHalf } from "./half.answer.ts";
import { givePortUp, keepPort, prepareKeeping } from "./kept.port.ts";
import type { Listening } from "./listening.ts";

export type { Fault } from "./faults.ts";

/** One request as a sandbox server sees it: the body is read, the address is taken apart. */
export interface SandboxRequest {
  method: string;
  url: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  params: Record<string, string>;
  body: Buffer;
}

/** What a handler answers; `stream` takes the response over and ends it itself. */
export interface Reply {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  stream?: (response: ServerResponse) => void;
}

/** Answers one request. */
export type Handler = (request: SandboxRequest) => Reply | Promise<Reply>;

/** Thrown by a handler: the connection is cut without an answer, as if nobody listened. */
export class ConnectionCut extends Error {}

/** One request the server has seen; `status` stays undefined when it was never answered. */
export interface RecordedRequest {
  method: string;
  /** The path with its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body?: unknown;
  status?: number;
  at: Date;
}

/** A running sandbox server. */
export interface SandboxServer {
  url: string;
  port: number;
  requests: readonly RecordedRequest[];
  clearRequests(): void;
  faults: Faults;
  /** Stops listening and cuts every connection; `resume` listens on the same port again. */
  stop(): Promise<void>;
  /** Stops listening, but what is open stays open. */
  refuse(): void;
  resume(): Promise<void>;
  /** Closes the connections on which nothing is being asked. */
  closeIdle(): void;
  /** How many connections are open. */
  connections(): Promise<number>;
}

/** What makes a sandbox server. */
export interface SandboxServerOptions extends Listening {
  handle: Handler;
  bodyLimitBytes?: number;
}

const loggedRequests = 10_000;

/** Routes by method and path pattern; `H` is whatever the server wants to find there. */
export class Routes<H> {
  readonly #router = createRouter({ maxParamLength: 4096 });
  readonly #methods = new Set<HTTPMethod>();

  add(method: HTTPMethod, pattern: string, handler: H): void {
    this.#methods.add(method);
    this.#router.on(method, pattern, () => undefined, handler);
  }

  /** The handler of a request, or the methods which the path would have taken. */
  find(method: string, path: string): { handler: H; params: Record<string, string> } | { allowed: string[] } {
    const found = this.#router.find(method as HTTPMethod, path);
    if (found !== null) return { handler: found.store as H, params: found.params as Record<string, string> };
    return { allowed: [...this.#methods].filter((other) => this.#router.find(other, path) !== null) };
  }
}

/** An answer in JSON, written the compact way. */
export function json(status: number, body: unknown, headers: OutgoingHttpHeaders = {}): Reply {
  const contentType = { "Content-Type": "application/json;charset=utf-8" };
  return { status, headers: { ...contentType, ...headers }, body: JSON.stringify(body) };
}

/** An answer in plain text. */
export function text(status: number, body: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { "Content-Type": "text/plain; charset=utf-8", ...headers }, body };
}

/** An answer without a body. */
export function empty(status: number, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers };
}

/** The body as JSON; undefined when there is none or it does not parse. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}

/** Starts a server, on the loopback address unless told otherwise. */
export async function startServer(options: SandboxServerOptions): Promise<SandboxServer> {
  const requests: RecordedRequest[] = [];
  const faults = createFaults();

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = message.url ?? "/";
    const method = message.method ?? "GET";
    const recorded: RecordedRequest = { method, path: url, headers: message.headers, at: new Date() };
    requests.push(recorded);
    if (requests.length > loggedRequests) requests.shift();

    let body: Buffer;
    try {
      body = await readBody(message, { limit: options.bodyLimitBytes ?? 32 * 1024 * 1024 });
    } catch {
      recorded.status = 413;
      send(response, text(413, "request entity too large\n", { Connection: "close" }));
      return;
    }
    if (body.length > 0) recorded.body = parseJson(body) ?? body.toString("utf8");

    const fault = faults.hit(method, url);
    if (fault?.mode === "hang") return;
    if (fault?.mode === "drop") return void message.socket.destroy();
    if (fault?.mode === "freeze") {
      await faults.cleared();
      if (response.destroyed) return;
    }
    const half = fault && isHalf(fault) ? halfOf(fault, message) : undefined;
    if (fault?.mode === "slow") await new Promise((done) => setTimeout(done, fault.ms));
    const done: Reply =
      fault?.mode === "answer" ? fault : await options.handle(requestOf(message, url, method, body));
    if (fault?.mode === "lose") return void message.socket.destroy();
    const reply = fault?.mode === "misreport" ? fault : done;
    recorded.status = reply.status;
    if (half) return sendHalf(response, reply, half);
    send(response, reply);
  };

  const server = createServer((message, response) => {
    answer(message, response).catch(() => response.destroy());
  });
  const listen = async (port: number): Promise<void> => {
    await once(server.listen(port, options.host ?? "127.0.0.1"), "listening");
  };

  await prepareKeeping();
  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.name ?? "127.0.0.1"}:${port}`,
    port,
    requests,
    clearRequests: () => void requests.splice(0),
    faults,
    stop: async () => {
      const closed = new Promise((done) => server.close(done));
      // While there are connections nobody else is given the port.
      await keepPort(port);
      server.closeAllConnections();
      await closed;
    },
    refuse: () => {
      server.close();
      void keepPort(port);
    },
    resume: () => {
      givePortUp(port);
      return listen(port);
    },
    closeIdle: () => server.closeIdleConnections(),
    connections: () => promisify(server.getConnections.bind(server))(),
  };
}

function requestOf(message: IncomingMessage, url: string, method: string, body: Buffer): SandboxRequest {
  const [path = "", ...query] = url.split("?");
  const { headers } = message;
  return { method, url, path, query: new URLSearchParams(query.join("?")), headers, params: {}, body };
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.stream !== undefined) return reply.stream(response);
  const body = reply.body === undefined ? undefined : Buffer.from(reply.body as string);
  const length =
    body === undefined && [204, 304].includes(reply.status) ? {} : { "Content-Length": body?.length ?? 0 };
  response.writeHead(reply.status, { ...reply.headers, ...length });
  response.end(body);
}
