import type { HTTPMethod } from "find-my-way";
import { expressJson, isFresh } from "../configstore/express.reply.ts";
import { empty, Routes, type Handler, type Reply, type SandboxRequest } from "../http.ts";
import { bodyOf } from "./loopback.body.ts";
import { LoopbackError } from "./loopback.error.ts";

/** A call of a remote method: the request, with its JSON body read. */
export interface Call {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

/** Answers a call: a value goes out as JSON, nothing as 204, a stream as it is. */
export type Method = (call: Call) => unknown;

/** A way to answer that is no JSON. */
export class Streamed {
  readonly reply: Reply;

  constructor(reply: Reply) {
    this.reply = reply;
  }
}

/** The remote methods of a LoopBack application, below /api. */
export class LoopbackRoutes {
  readonly #routes = new Routes<Method>();
  readonly #classes: Readonly<Record<string, string>>;

  /** `classes` are the names of the shared classes, by their paths. */
  constructor(classes: Readonly<Record<string, string>>) {
    this.#classes = classes;
  }

  add(method: HTTPMethod | HTTPMethod[], path: string, handler: Method): void {
    for (const each of [method].flat()) {
      this.#routes.add(each, `/api${path}`, handler);
      if (each === "GET") this.#routes.add("HEAD", `/api${path}`, handler);
    }
  }

  /** The method and parameters of a request; otherwise the failure that says which of the two is missing. */
  find(method: string, path: string): { handler: Method; params: Record<string, string> } {
    const found = this.#routes.find(method, path);
    if ("handler" in found) return found;
    const [, below = path] = /^\/api(\/.*)$/.exec(path) ?? [];
    const [, plural = "", rest = ""] = /^\/([^/]*)(.*)$/.exec(below) ?? [];
    const known = this.#classes[plural];
    throw new LoopbackError(
      404,
      known === undefined
        ? `There is no method to handle ${method} ${below}`
        : `Shared class  "${known}" has no method handling ${method} ${rest === "" ? "/" : rest}`,
    );
  }
}

/** A LoopBack application; `ready` is waited for before each request. */
export function loopbackHandler(routes: LoopbackRoutes, ready: () => Promise<void>): Handler {
  return async (request) => {
    if (request.method === "OPTIONS") return preflight(request);
    await ready();
    const reply = await answer(routes, request);
    const { origin } = request.headers;
    const echo = origin === undefined ? {} : { "Access-Control-Allow-Origin": origin, ...credentials };
    const headers = { Vary: "Origin", ...echo, ...reply.headers };
    return isFresh(request, reply) ? empty(304, headers) : { ...reply, headers };
  };
}

const credentials = { "Access-Control-Allow-Credentials": "true" };

async function answer(routes: LoopbackRoutes, request: SandboxRequest): Promise<Reply> {
  try {
    const body = bodyOf(request);
    const { handler, params } = routes.find(request.method, request.path.replace(/(?<=.)\/$/, ""));
    const value = await handler({ params, query: request.query, body });
    if (value instanceof Streamed) return value.reply;
    if (value === undefined) return empty(204, { "Content-Type": "application/json; charset=utf-8" });
    return expressJson(200, value);
  } catch (error) {
    if (error instanceof LoopbackError) return error.reply;
    const { name, message } = error as Error;
    return new LoopbackError(500, message, { name }).reply;
  }
}

function preflight({ headers }: SandboxRequest): Reply {
  const asked = headers["access-control-request-headers"];
  return empty(204, {
    "Access-Control-Allow-Origin": headers.origin ?? "*",
    ...credentials,
    "Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
    ...(asked === undefined ? {} : { "Access-Control-Allow-Headers": asked }),
    Vary: "Origin, Access-Control-Request-Headers",
    "Content-Length": "0",
  });
}
