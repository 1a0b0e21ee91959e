import {
  startServer,
  text,
  type Handler,
  type Reply,
  type SandboxRequest,
  type SandboxServer,
} from "../http.ts";
import type { Listening } from "../listening.ts";
import { addAdminRoutes } from "./admin.routes.ts";
import { addBranchRoutes } from "./branch.routes.ts";
import { authenticate, BareProblem } from "./caller.auth.ts";
import { addCollaboratorRoutes } from "./collaborator.routes.ts";
import { addCommitRoutes } from "./commit.routes.ts";
import { addContentsRoutes } from "./contents.routes.ts";
import { addGitRoutes } from "./git.routes.ts";
import { GiteaPlatform } from "./gitea.platform.ts";
import { GiteaState, type GiteaTiming } from "./gitea.state.ts";
import { addHookRoutes } from "./hook.routes.ts";
import { addKeyRoutes } from "./key.routes.ts";
import { addApplicationRoutes } from "./oauth/application.routes.ts";
import { OauthPlatform } from "./oauth/oauth.platform.ts";
import { webRoutes } from "./oauth/web.routes.ts";
import { brokenInside, Problem } from "./problem.error.ts";
import { addRawRoutes } from "./raw.routes.ts";
import { Redirect } from "./redirect.reply.ts";
import { addRepositoryRoutes } from "./repository.routes.ts";
import { answer, RouteTable } from "./route.table.ts";
import { addSearchRoutes } from "./search.routes.ts";
import { addTokenRoutes } from "./token.routes.ts";
import { addUserRoutes } from "./user.routes.ts";

/** What makes a sandbox Gitea. */
export interface GiteaOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  listening?: Listening;
  clock?: () => Date;
  timing?: Partial<GiteaTiming>;
}

/** A running sandbox Gitea. */
export interface GiteaSandbox extends SandboxServer {
  /** The state the server answers from, to seed it and to look into it; changes show at once. */
  platform: GiteaPlatform;
  /** Applications, and what they are let do. */
  oauth: OauthPlatform;
}

/**
 * Starts a Gitea 1.21 in this process: users, tokens, repositories, collaborators, files, branches, commits, webhooks,
 * keys, and OAuth2 applications, with the answers, refusals and oddities of the real one.
 *
 * Left out: organisations, but that an account can be one; teams, git over HTTP and SSH, tags, pull requests, issues, archives, languages, branch
 * protection and all web pages but those on which people sign in and consent.
 */
export async function startGitea(options: GiteaOptions = {}): Promise<GiteaSandbox> {
  const state = new GiteaState(options.clock ?? (() => new Date()), options.timing ?? {});
  const server = await startServer({
    port: options.port ?? 0,
    ...options.listening,
    handle: handlerOf(state),
  });
  state.baseUrl = server.url;
  return { ...server, platform: new GiteaPlatform(state), oauth: new OauthPlatform(state) };
}

function handlerOf(state: GiteaState): Handler {
  const table = new RouteTable();
  const web = webRoutes();
  const parts = [
    ...[addUserRoutes, addTokenRoutes, addKeyRoutes, addAdminRoutes, addRepositoryRoutes, addSearchRoutes],
    ...[
      addCollaboratorRoutes,
      addBranchRoutes,
      addCommitRoutes,
      addContentsRoutes,
      addGitRoutes,
      addRawRoutes,
    ],
    ...[addHookRoutes, addApplicationRoutes],
  ];
  for (const add of parts) add(table);

  return async (request) => {
    try {
      if (!request.path.startsWith("/api/v1/")) return withCommonHeaders(await web(state, request));
      return withCommonHeaders(await dispatch(state, table, request));
    } catch (error) {
      return withCommonHeaders(replyTo(state, request, error));
    }
  };
}

async function dispatch(state: GiteaState, table: RouteTable, request: SandboxRequest): Promise<Reply> {
  const caller = authenticate(state, request);
  const found = table.routes.find(request.method, request.path);
  if ("handler" in found) {
    return found.handler({ state, request: { ...request, params: found.params }, caller, user: caller.user });
  }
  if (found.allowed.length === 0) return text(404, "404 page not found\n");
  return { status: 405, headers: { Allow: found.allowed.join(", ") } };
}

function replyTo(state: GiteaState, request: SandboxRequest, error: unknown): Reply {
  if (error instanceof Redirect) return error.reply(request.method);
  // A mistake of the sandbox's own answers like one of Gitea's, but must not pass unseen.
  if (!(error instanceof Problem)) process.emitWarning(error instanceof Error ? error : String(error));
  const { status, message, errors } = error instanceof Problem ? error : brokenInside();
  if (error instanceof BareProblem) return answer(status, { message });
  const url = `${state.baseUrl}/api/swagger`;
  return answer(status, errors === undefined ? { message, url } : { errors, message, url });
}

function withCommonHeaders(reply: Reply): Reply {
  const common = {
    "Cache-Control": "max-age=0, private, must-revalidate, no-transform",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
  };
  return { ...reply, headers: { ...common, ...reply.headers } };
}
