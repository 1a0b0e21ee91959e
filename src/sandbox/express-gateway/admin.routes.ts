import type { HTTPMethod } from "find-my-way";
import { Routes, type Reply } from "../http.ts";
import { fieldsOf, type Fields } from "./json.fields.ts";

/** A call of the admin API: what its path says, its query, and its body read as JSON. */
export interface AdminCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The body's fields; none of a body that is a list. */
  readonly fields: Fields;
}

/** Answers a call. */
export type AdminMethod = (call: AdminCall) => Reply | Promise<Reply>;

/** The routes of the admin API. */
export class AdminRoutes {
  readonly #routes = new Routes<AdminMethod>();

  add(method: HTTPMethod, path: string, answer: AdminMethod): void {
    this.#routes.add(method, path, answer);
    if (method === "GET") this.#routes.add("HEAD", path, answer);
  }

  /** Answers a call; if there is no such route, the methods that the path would have taken. */
  answer(
    method: string,
    path: string,
    { query, body }: Pick<AdminCall, "query" | "body">,
  ): Reply | Promise<Reply> | { allowed: string[] } {
    const found = this.#routes.find(method, path);
    if ("allowed" in found) return found;
    return found.handler({ params: found.params, query, body, fields: fieldsOf(body) });
  }
}
