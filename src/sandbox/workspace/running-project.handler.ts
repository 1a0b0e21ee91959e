import { ConnectionCut, type Handler } from "../http.ts";
import { expressJson } from "../configstore/express.reply.ts";
import { LoopbackError } from "./loopback.error.ts";
import { openApiOf } from "./open-api.document.ts";
import type { WorkspaceState } from "./workspace.state.ts";

/** The running project: of all that it serves, the description of its own API. While it installs, nobody listens. */
export function runningProject(state: WorkspaceState): Handler {
  return ({ method, path }) => {
    if (state.status.current.status !== "running") throw new ConnectionCut();
    const isRead = method === "GET" || method === "HEAD";
    if (isRead && path === "/explorer/swagger.json") return expressJson(200, openApiOf(state));
    return new LoopbackError(404, `Cannot ${method} ${path}`).reply;
  };
}
