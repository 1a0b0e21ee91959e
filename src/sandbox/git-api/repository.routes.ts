import type { Handler, Reply, Routes, SandboxRequest } from "../http.ts";
import { ginJson, orFailure } from "./gin.reply.ts";
import type { GiteaClient } from "./gitea.client.ts";
import { myRepositoryOf, repositoryOf, type GiteaObject } from "./gitea.object.ts";
import { loginOf, loginPart, textFields } from "./request.parser.ts";

interface GiteaHook {
  config: Record<string, string>;
}

/** Listing and making repositories, reading the one file git-api knows. */
export function addRepositoryRoutes(routes: Routes<Handler>, gitea: GiteaClient, myRepos: boolean): void {
  // Neither list asks for a page: both end silently at Gitea's thirty.
  routes.add("GET", "/users/:prefix/:name/repos", (request) =>
    orFailure(async () => {
      const repos = await gitea.json<GiteaObject[]>(`/users/${loginPart(request)}/repos`);
      return { repos: repos.map(repositoryOf) };
    }),
  );
  if (myRepos) {
    routes.add("GET", "/users/:prefix/:name/myrepos", (request) =>
      orFailure(async () => {
        const repos = await gitea.json<GiteaObject[]>("/user/repos", { sudo: loginOf(request) });
        return { repos: repos.map(myRepositoryOf) };
      }),
    );
  }

  routes.add("PUT", "/users/:prefix/:name/repos/:repo", (request) =>
    orFailure(async () => {
      const body = { name: request.params["repo"], private: true };
      const path = `/admin/users/${loginPart(request)}/repos`;
      return { repo: repositoryOf(await gitea.json(path, { method: "POST", body })) };
    }),
  );

  // Whatever file is asked for, master's lunchbadger.json is what comes.
  routes.add("GET", "/users/:prefix/:name/repos/:repo/*", async (request) => {
    const path = `/repos/${loginPart(request)}/${repoOf(request)}/raw/master//lunchbadger.json`;
    const file = await gitea.bytes(path).catch(() => undefined);
    return ginJson(200, { data: file?.toString("base64") ?? null });
  });
}

/** Registering a web hook; `defaultUrl` is asked each time, for it may be learnt after the start. */
export function addHookRoute(routes: Routes<Handler>, gitea: GiteaClient, defaultUrl: () => string): void {
  routes.add("PUT", "/users/:prefix/:name/repos/:repo/hook", async (request) => {
    const asked = urlOf(request);
    const hooks = `/repos/${loginPart(request)}/${repoOf(request)}/hooks`;
    // Every failure is swallowed: the answer is `ok` even when nothing was registered.
    await register(gitea, hooks, asked || defaultUrl()).catch(() => undefined);
    return asked === undefined ? badBody() : ginJson(200, { ok: true });
  });
}

async function register(gitea: GiteaClient, hooks: string, url: string): Promise<void> {
  const present = await gitea.json<GiteaHook[]>(hooks).catch(() => []);
  if (present.some((hook) => hook.config["url"] === url)) return;
  const body = { type: "gitea", active: true, events: ["push"], config: { url, content_type: "json" } };
  await gitea.json(hooks, { method: "POST", body });
}

function urlOf(request: SandboxRequest): string | undefined {
  try {
    return textFields(request, "url").url;
  } catch {
    return undefined;
  }
}

/** An unreadable body is noted as 400, and then the hook is registered all the same. */
function badBody(): Reply {
  return { ...ginJson(400, { ok: true }), headers: { "Content-Type": "text/plain; charset=utf-8" } };
}

function repoOf(request: SandboxRequest): string {
  return encodeURIComponent(request.params["repo"] ?? "");
}
