import { Routes, startServer, type Reply, type SandboxRequest, type SandboxServer } from "../http.ts";
import type { Listening } from "../listening.ts";
import { addChangeRoutes } from "./change.routes.ts";
import { crossOriginHeaders, preflightReply } from "./cross-origin.headers.ts";
import { errorPage, poweredBy, type ExpressHandler } from "./express.reply.ts";
import { GitApiClient } from "./git-api.client.ts";
import { jsonBody } from "./json-body.parser.ts";
import { addProducerRoutes } from "./producer.routes.ts";

/** What configstore is started with. */
export interface ConfigstoreOptions {
  gitApiUrl: string;
  /** What the logins of producers begin with. */
  prefix?: string;
  /** How often a silent change stream sends a comment. */
  keepAliveMs?: number;
  port?: number;
  listening?: Listening;
}

const defaultKeepAliveMs = 20_000;

/** Starts a configstore in front of a git-api, which it reaches over HTTP. */
export async function startConfigstore(options: ConfigstoreOptions): Promise<SandboxServer> {
  const prefix = options.prefix ?? "customer";
  const routes = new Routes<ExpressHandler>();
  addProducerRoutes(routes, new GitApiClient(options.gitApiUrl, prefix), prefix);
  addChangeRoutes(routes, options.keepAliveMs ?? defaultKeepAliveMs);

  return startServer({
    port: options.port ?? 0,
    ...options.listening,
    handle: async (request) => {
      const read = jsonBody(request);
      // Bodies are read before the origin is looked at, so a refused one says nothing about origins.
      if ("refused" in read) return withHeaders(read.refused, poweredBy);
      const reply = preflightReply(request) ?? (await answer(routes, request, read.body));
      return withHeaders(reply, { ...poweredBy, ...crossOriginHeaders(request) });
    },
  });
}

async function answer(
  routes: Routes<ExpressHandler>,
  request: SandboxRequest,
  body: unknown,
): Promise<Reply> {
  // Express takes a path with and without a slash at its end for the same.
  const path = request.path.replace(/(?<=.)\/$/, "");
  const found = routes.find(request.method, path);
  if ("allowed" in found) return errorPage(404, `Cannot ${request.method} ${request.path}`);
  return found.handler({ ...request, params: found.params }, body);
}

function withHeaders(reply: Reply, headers: object): Reply {
  return { ...reply, headers: { ...headers, ...reply.headers } };
}
