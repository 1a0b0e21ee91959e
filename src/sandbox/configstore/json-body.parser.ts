import type { Reply, SandboxRequest } from "../http.ts";
import { thrownPage } from "./express.reply.ts";

const limitBytes = 100 * 1024;

/** The JSON body Express leaves to the routes ({} when it is of another kind), or the page it refuses it with. */
export function jsonBody(request: SandboxRequest): { body: unknown } | { refused: Reply } {
  const isJson = /^application\/json\b/i.test(request.headers["content-type"] ?? "");
  if (!isJson || request.body.length === 0) return { body: {} };
  if (request.body.length > limitBytes) return { refused: thrownPage(413, tooLarge()) };
  try {
    return { body: JSON.parse(request.body.toString("utf8")) as unknown };
  } catch (error) {
    return { refused: thrownPage(400, error as SyntaxError) };
  }
}

function tooLarge(): Error {
  return Object.assign(new Error("request entity too large"), { name: "PayloadTooLargeError" });
}
