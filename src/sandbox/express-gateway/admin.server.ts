import { errorPage } from "../configstore/express.reply.ts";
import { empty, type Handler, type Reply, type SandboxRequest } from "../http.ts";
import { parseLikeNode8 } from "../workspace/json.syntax.ts";
import { AdminError } from "./admin.error.ts";
import { plainText } from "./admin.reply.ts";
import { AdminRoutes } from "./admin.routes.ts";
import type { ConfigFile } from "./config.file.ts";
import { addConfigRoutes } from "./config.routes.ts";
import { addConsumerRoutes } from "./consumer.routes.ts";
import { addCredentialRoutes } from "./credential.routes.ts";
import type { SharedDatabase } from "./shared.database.ts";

const bodyLimitBytes = 100 * 1024;

/** The admin API of a gateway over its configuration and the database that it shares. */
export function adminHandler(file: ConfigFile, { consumers, credentials, scopes }: SharedDatabase): Handler {
  const routes = new AdminRoutes();
  addConfigRoutes(routes, file);
  addConsumerRoutes(routes, consumers, credentials);
  addCredentialRoutes(routes, consumers, credentials, scopes);
  routes.add("DELETE", "/tokens/:token", () => {
    throw new Error("Token not found null");
  });

  return async (request) => {
    const reply = await answer(routes, request);
    return isFresh(request, reply) ? empty(304, { ETag: reply.headers?.["ETag"] }) : reply;
  };
}

async function answer(routes: AdminRoutes, request: SandboxRequest): Promise<Reply> {
  const { method, path, query } = request;
  try {
    const body = bodyOf(request);
    // Express takes a path with and without a slash at its end for the same.
    const reply = await routes.answer(method, path.replace(/(?<=.)\/$/, ""), { query, body });
    if (!("allowed" in reply)) return reply;
    if (method !== "OPTIONS" || reply.allowed.length === 0) return errorPage(404, `Cannot ${method} ${path}`);
    const allowed = reply.allowed.join(",");
    return plainText(200, allowed, { Allow: allowed });
  } catch (error) {
    const status = error instanceof AdminError ? error.status : 500;
    return plainText(status, (error as Error).message);
  }
}

/** The body as JSON; an empty object, if there is none or it is of another kind. */
function bodyOf({ headers, body }: SandboxRequest): unknown {
  const isJson = /^application\/json\b/i.test(headers["content-type"] ?? "");
  if (!isJson || body.length === 0) return {};
  if (body.length > bodyLimitBytes) throw new Error("request entity too large");
  const text = body.toString("utf8");
  const first = text.trimStart().charAt(0);
  if (first !== "" && !"{[".includes(first))
    throw new Error(`Unexpected token ${first} in JSON at position 0`);
  return parseLikeNode8(text);
}

function isFresh({ method, headers }: SandboxRequest, reply: Reply): boolean {
  const etag = reply.headers?.["ETag"];
  const isRead = method === "GET" || method === "HEAD";
  return isRead && reply.status === 200 && etag !== undefined && headers["if-none-match"] === etag;
}
