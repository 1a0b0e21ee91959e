import { randomUUID } from "node:crypto";
import { empty, type Handler, type Routes } from "../http.ts";
import { orFailure } from "./gin.reply.ts";
import type { GiteaClient } from "./gitea.client.ts";
import { userOf, type GiteaObject } from "./gitea.object.ts";
import { GoError } from "./go.error.ts";
import { loginPart, textFields } from "./request.parser.ts";

/** Searching, making and reading users. */
export function addUserRoutes(routes: Routes<Handler>, gitea: GiteaClient): void {
  routes.add("GET", "/search/users", ({ query }) =>
    orFailure(async () => {
      const found = await gitea.json<{ data: GiteaObject[] }>(searchPath(query.get("q") ?? ""));
      return { users: found.data.map(userOf) };
    }),
  );

  routes.add("POST", "/users", () => empty(307, { Location: "/users/" }));
  routes.add("POST", "/users/", (request) => {
    let fields: Record<"name" | "prefix", string>;
    try {
      fields = textFields(request, "name", "prefix");
    } catch {
      return empty(400);
    }
    return orFailure(() => createUser(gitea, fields.prefix, fields.name));
  });

  routes.add("GET", "/users/:prefix/:name", (request) =>
    orFailure(async () => ({ user: userOf(await gitea.json(`/users/${loginPart(request)}`)) })),
  );
}

/** The words go out unescaped, so they can bring parameters of their own; the limit is always 100. */
function searchPath(words: string): string {
  // Gitea answers a blank in the address with the text "400 Bad Request", which as JSON ends at its fifth character.
  if (/\s/.test(words)) throw new GoError("invalid character 'B' after top-level value", { Offset: 5 });
  return `/users/search?q=${words}&limit=100`;
}

async function createUser(gitea: GiteaClient, prefix: string, name: string): Promise<object> {
  const body = {
    source_id: 0,
    login_name: "",
    username: `${prefix}-${name}`,
    full_name: "",
    email: `${name}@${prefix}.com`,
    // Nobody is told the password: Gitea asks for a new one at a first login that never comes.
    password: randomUUID().replaceAll("-", ""),
    send_notify: false,
  };
  return { user: userOf(await gitea.json("/admin/users", { method: "POST", body })) };
}
