import { randomUUID } from "node:crypto";
import type { Handler, Routes } from "../http.ts";
import { failureOf, ginJson } from "./gin.reply.ts";
import type { GiteaClient } from "./gitea.client.ts";
import { keyOf, type GiteaObject } from "./gitea.object.ts";
import { loginPart, textFields } from "./request.parser.ts";

const internalTitle = "lunchbadger-internal";

/** Listing, adding and deleting public SSH keys. */
export function addSshKeyRoutes(routes: Routes<Handler>, gitea: GiteaClient): void {
  routes.add("GET", "/users/:prefix/:name/ssh", async (request) => {
    const keys = await gitea.json<GiteaObject[]>(`/users/${loginPart(request)}/keys`).catch(() => []);
    const shown = keys.filter(({ title }) => !String(title).includes(internalTitle));
    return ginJson(200, { publicKeys: shown.map(keyOf) });
  });

  routes.add("POST", "/users/:prefix/:name/ssh", async (request) => {
    let fields: Record<"publicKey" | "type" | "title", string>;
    try {
      fields = textFields(request, "publicKey", "type", "title");
    } catch (error) {
      const unreadable = ginJson(400, { err: failureOf(error).json });
      return { ...unreadable, headers: { "Content-Type": "text/plain; charset=utf-8" } };
    }
    const title = fields.type === "" ? fields.title || randomUUID() : `${internalTitle}-${fields.type}`;
    const body = { title, key: fields.publicKey };
    try {
      const path = `/admin/users/${loginPart(request)}/keys`;
      return ginJson(200, { result: keyOf(await gitea.json(path, { method: "POST", body })) });
    } catch (error) {
      return ginJson(422, { error: messageIn(failureOf(error).message) });
    }
  });

  // Nobody looks at whose key it is: the site admin's token may delete any.
  routes.add("DELETE", "/users/:prefix/:name/ssh/:id", async (request) => {
    const id = /^\d+$/.exec(request.params["id"] ?? "")?.[0] ?? "0";
    try {
      await gitea.bytes(`/user/keys/${id}`, { method: "DELETE" });
      return { ...ginJson(204, null), body: "" };
    } catch {
      return ginJson(400, { result: "UNKNOWN_ID" });
    }
  });
}

/** Gitea's own message, cut out of the text the client library made of its answer. */
function messageIn(text: string): string {
  return text.includes("422") ? (/:"(.*)",/.exec(text)?.[1] ?? text) : text;
}
