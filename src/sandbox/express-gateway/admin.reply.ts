import { createHash } from "node:crypto";
import { empty, text, type Reply } from "../http.ts";

/** An answer in plain text as Express sends it: called HTML, with a weak ETag. */
export function plainText(status: number, body: string, headers: Record<string, string> = {}): Reply {
  const digest = createHash("sha1").update(body).digest("base64").slice(0, 27);
  const etag = `W/"${Buffer.byteLength(body).toString(16)}-${digest}"`;
  return text(status, body, { "Content-Type": "text/html; charset=utf-8", ETag: etag, ...headers });
}

/** The answer, after which the connection is broken: whoever sends the next request on it is cut off. */
export function breaking(reply: Reply): Reply {
  return {
    ...reply,
    stream: (response) => {
      const body = Buffer.from(reply.body ?? "");
      response.writeHead(reply.status, { ...reply.headers, "Content-Length": body.length });
      const { socket } = response;
      response.end(body, () => setImmediate(() => socket?.destroy()));
    },
  };
}

/** The answer to a thing that was made, 201, or was there before, 204. */
export function stored(isNew: boolean): Reply {
  return empty(isNew ? 201 : 204);
}
