import { createHash } from "node:crypto";
import { json, type Reply, type SandboxRequest } from "../http.ts";

/** Answers one request, whose JSON body is already read. */
export type ExpressHandler = (request: SandboxRequest, body: unknown) => Reply | Promise<Reply>;

/** What Express adds to every answer. */
export const poweredBy = { "X-Powered-By": "Express" };

/** An answer in JSON as Express sends it, with its weak ETag. */
export function expressJson(status: number, body: unknown): Reply {
  const written = JSON.stringify(body);
  const digest = createHash("sha1").update(written).digest("base64").slice(0, 27);
  const etag = `W/"${Buffer.byteLength(written).toString(16)}-${digest}"`;
  return json(status, body, { "Content-Type": "application/json; charset=utf-8", ETag: etag });
}

/** Whether who asks has the answer already; If-Match is looked at by nobody. */
export function isFresh({ method, headers }: SandboxRequest, reply: Reply): boolean {
  const etag = reply.headers?.["ETag"];
  const isRead = method === "GET" || method === "HEAD";
  return isRead && reply.status === 200 && etag !== undefined && headers["if-none-match"] === etag;
}

/** Express's own page for a failure. */
export function errorPage(status: number, message: string): Reply {
  return {
    status,
    headers: {
      "Content-Security-Policy": "default-src 'self'",
      "X-Content-Type-Options": "nosniff",
      "Content-Type": "text/html; charset=utf-8",
    },
    body: [
      "<!DOCTYPE html>",
      '<html lang="en">',
      "<head>",
      '<meta charset="utf-8">',
      "<title>Error</title>",
      "</head>",
      "<body>",
      `<pre>${escapeHtml(message)}</pre>`,
      "</body>",
      "</html>",
      "",
    ].join("\n"),
  };
}

/** The page for a thrown error: outside of production Express prints the stack too. */
export function thrownPage(status: number, error: Error): Reply {
  return errorPage(status, `${error.name}: ${error.message}\n    at ${error.name} (<anonymous>)`);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replaceAll("\n", "<br>")
    .replaceAll("  ", " &nbsp;");
}
