import pLimit from "p-limit";
import {
  Routes,
  startServer,
  text,
  type Handler,
  type Reply,
  type SandboxRequest,
  type SandboxServer,
} from "../http.ts";
import type { Listening } from "../listening.ts";
import { crossOriginHeaders, preflightReply } from "./cross-origin.headers.ts";
import { notFound } from "./gin.reply.ts";
import { GiteaClient } from "./gitea.client.ts";
import { addHookRoute, addRepositoryRoutes } from "./repository.routes.ts";
import { addSshKeyRoutes } from "./ssh-key.routes.ts";
import { addUserRoutes } from "./user.routes.ts";

/** What git-api is started with. */
export interface GitApiOptions {
  giteaUrl: string;
  /** A token of a site admin: git-api itself asks nobody who he is. */
  adminToken: string;
  /** Where hooks go that name no address; on a cluster configstore's service. */
  hookUrl?: string;
  /** Whether it is the build that serves `…/myrepos`; master has no such route. */
  myRepos?: boolean;
  port?: number;
  listening?: Listening;
}

/** A running git-api. */
export interface GitApi extends SandboxServer {
  /** Says where hooks go from now on: configstore starts after git-api and knows its port only then. */
  setHookUrl(url: string): void;
}

/** How many requests to /users/ are let in at a time; the rest wait. */
const usersAtATime = 5;

/** Starts a git-api in front of a Gitea, which it reaches over HTTP. */
export async function startGitApi(options: GitApiOptions): Promise<GitApi> {
  let hookUrl = options.hookUrl ?? "http://configstore.default/hook";
  const gitea = new GiteaClient(options.giteaUrl, options.adminToken);
  const routes = new Routes<Handler>();
  routes.add("GET", "/ping", () => text(200, "pong"));
  addUserRoutes(routes, gitea);
  addRepositoryRoutes(routes, gitea, options.myRepos ?? true);
  addHookRoute(routes, gitea, () => hookUrl);
  addSshKeyRoutes(routes, gitea);

  const letIn = pLimit(usersAtATime);
  const route = async (request: SandboxRequest): Promise<Reply> => {
    const found = routes.find(request.method, request.path);
    if ("allowed" in found || hasSlash(found.params)) return notFound();
    const work = async (): Promise<Reply> => found.handler({ ...request, params: found.params });
    return request.path.startsWith("/users/") ? letIn(work) : work();
  };

  const server = await startServer({
    port: options.port ?? 0,
    ...options.listening,
    handle: async (request) => {
      const reply = preflightReply(request) ?? (await route(request));
      return { ...reply, headers: { ...reply.headers, ...crossOriginHeaders(request) } };
    },
  });
  return { ...server, setHookUrl: (url) => void (hookUrl = url) };
}

/** The real one takes an escaped slash for a real one, so such a path leads nowhere. */
function hasSlash(params: Record<string, string>): boolean {
  return Object.entries(params).some(([name, value]) => name !== "*" && value.includes("/"));
}
