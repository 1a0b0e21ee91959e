import type { OutgoingHttpHeaders } from "node:http";
import { empty, text, type Reply, type SandboxRequest } from "../http.ts";

/** What answers about producers carry: whichever origin asks is let in, with credentials. */
export function crossOriginHeaders({ headers, path }: SandboxRequest): OutgoingHttpHeaders {
  if (!isAboutProducers(path)) return {};
  const echo = headers.origin === undefined ? {} : { "Access-Control-Allow-Origin": headers.origin };
  return { ...echo, Vary: "Origin", "Access-Control-Allow-Credentials": "true" };
}

/** The answer to a preflight about producers; undefined for every other request. */
export function preflightReply({ method, path }: SandboxRequest): Reply | undefined {
  if (method !== "OPTIONS" || !isAboutProducers(path)) return undefined;
  return empty(204, {
    "Access-Control-Allow-Methods": "GET,PUT,POST,PATCH,DELETE",
    "Access-Control-Allow-Headers":
      "Cache-Control,Content-Type,Accept,Authorization,Accept-Encoding,Access-Control-Request-Headers," +
      "User-Agent,Access-Control-Request-Method,Pragma,Connection,Host",
    "Content-Length": "0",
  });
}

/** How a change stream turns away the page of any origin. */
export function originRefused(origin: string, method: string): Reply {
  const message = `Invalid HTTP Access Control (CORS) request:\n  Origin: ${origin}\n  Method: ${method}`;
  return text(403, message, { "Content-Type": "text/plain" });
}

function isAboutProducers(path: string): boolean {
  return /^(\/api)?\/producers(\/|$)/.test(path);
}
