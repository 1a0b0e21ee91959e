import { empty, type Reply, type Routes } from "../http.ts";
import { expressJson, type ExpressHandler } from "./express.reply.ts";
import type { GitApiClient, GitApiObject } from "./git-api.client.ts";

/** The repositories every producer has. */
const repositoryNames = ["dev", "functions"];

/** Producers: the users of Gitea under one prefix, with their repositories. */
export function addProducerRoutes(
  routes: Routes<ExpressHandler>,
  gitApi: GitApiClient,
  prefix: string,
): void {
  for (const producers of ["/producers", "/api/producers"]) {
    routes.add("GET", producers, () => listProducers(gitApi, prefix));
    routes.add("GET", `${producers}/:name`, ({ params }) => getProducer(gitApi, params["name"] ?? ""));
    routes.add("POST", producers, (_request, body) => {
      const { id } = (body ?? {}) as { id?: unknown };
      return createProducer(gitApi, typeof id === "string" ? id : undefined);
    });
  }
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) {
    routes.add(method, "/api/producers/:name/accesskey", () =>
      expressJson(200, { key: null, message: "NOT REQUIRED, JUST FOR BACKWARD COMPATIBILITY" }),
    );
  }
}

async function listProducers(gitApi: GitApiClient, prefix: string): Promise<Reply> {
  const users = await gitApi.findUsers();
  // An outage has another shape than an empty list.
  if (users === undefined) return expressJson(200, { users: [] });
  const ours = users.filter(({ login }) => String(login).includes(`${prefix}-`));
  const producers = ours.map(async (user): Promise<GitApiObject> => {
    const name = String(user["login"]).replace(`${prefix}-`, "");
    const repos = (await gitApi.repositories(name)) ?? null;
    return { ...user, name, namespace: prefix, repos };
  });
  return expressJson(200, await Promise.all(producers));
}

async function getProducer(gitApi: GitApiClient, name: string): Promise<Reply> {
  const found = await gitApi.findUser(name);
  // An unknown user and an outage look the same.
  if (found === undefined) return empty(404);
  const repos = (await gitApi.repositories(name)) ?? null;
  return expressJson(200, { id: name, envs: {}, user: found["user"], repos });
}

/** Nothing locks: of several creations of one producer at once, some find no user and then cannot make it either. */
async function createProducer(gitApi: GitApiClient, id: string | undefined): Promise<Reply> {
  const name = String(id);
  const user = (await gitApi.findUser(name)) ?? (await gitApi.createUser(id));
  if (user === undefined) return expressJson(500, { message: "user creation failed" });

  const present = (await gitApi.repositories(name)) ?? [];
  for (const repository of repositoryNames) {
    const exists = present.some((other) => other["name"] === repository);
    if (!exists) await gitApi.ensureRepository(name, repository);
  }
  const repos = (await gitApi.repositories(name)) ?? null;
  // The real one does not wait for the hooks; waiting makes the first push after a creation sure to be heard of.
  await Promise.all(repositoryNames.map((repository) => gitApi.registerHook(name, repository)));
  return expressJson(200, { id, user, repos });
}
