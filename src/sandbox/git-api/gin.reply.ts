import { json, type Reply } from "../http.ts";
import { GoError } from "./go.error.ts";

/** An answer as the gin framework writes it. */
export function ginJson(status: number, body: unknown): Reply {
  return json(status, body, { "Content-Type": "application/json; charset=utf-8" });
}

/** The answer for a path nobody serves; gin gives it for a wrong method too. */
export function notFound(): Reply {
  return { status: 404, headers: { "Content-Type": "text/plain" }, body: "404 page not found" };
}

/** Answers with what `work` gives, and with a bare 500 for any refusal of Gitea's. */
export async function orFailure(work: () => Promise<object>): Promise<Reply> {
  try {
    return ginJson(200, await work());
  } catch (error) {
    return ginJson(500, { err: failureOf(error).json });
  }
}

/** The Go error behind a failed call; anything else is a fault of the sandbox and goes on. */
export function failureOf(error: unknown): GoError {
  if (error instanceof GoError) return error;
  throw error;
}
