import { errorPage, expressJson, isFresh } from "../configstore/express.reply.ts";
import { empty, Routes, type Handler, type Reply, type SandboxRequest } from "../http.ts";
import { addDeployRoutes } from "./deploy.routes.ts";
import type { FunctionService } from "./function.service.ts";
import { bodyOf, type Fields } from "./request.body.ts";
import { addServiceRoutes } from "./service.routes.ts";
import { SlsError } from "./sls.error.ts";

/** A call: what its path names, and its JSON body. */
export interface Call {
  name: string;
  body: Fields;
}

/** Answers a call with what goes out as JSON. */
export type Method = (call: Call) => unknown;

/** The routes of an sls-api. */
export type SlsRoutes = Routes<Method>;

/** Answers the requests to an sls-api. */
export function slsHandler(service: FunctionService): Handler {
  const routes: SlsRoutes = new Routes();
  const started = performance.now();
  routes.add("GET", "/ping", () => ({ uptime: Math.round(performance.now() - started) / 1000 }));
  addServiceRoutes(routes, service);
  addDeployRoutes(routes, service);
  return async (request) => {
    const { origin } = request.headers;
    const echo = origin === undefined ? {} : { "Access-Control-Allow-Origin": origin };
    const reply = request.method === "OPTIONS" ? preflight(request) : await answer(routes, request);
    const headers = { Vary: "Origin", ...echo, ...reply.headers };
    return isFresh(request, reply) ? empty(304, headers) : { ...reply, headers };
  };
}

async function answer(routes: SlsRoutes, request: SandboxRequest): Promise<Reply> {
  const { method, path } = request;
  try {
    const body = bodyOf(request);
    const found = routes.find(method === "HEAD" ? "GET" : method, path.replace(/(?<=.)\/$/, ""));
    if ("allowed" in found) return errorPage(404, `Cannot ${method} ${path}`);
    return expressJson(200, await found.handler({ name: found.params["name"] ?? "", body }));
  } catch (error) {
    if (error instanceof SlsError) return error.reply;
    throw error;
  }
}

function preflight({ headers }: SandboxRequest): Reply {
  const asked = headers["access-control-request-headers"];
  return empty(204, {
    "Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
    ...(asked === undefined ? {} : { "Access-Control-Allow-Headers": asked }),
    "Content-Length": "0",
  });
}
