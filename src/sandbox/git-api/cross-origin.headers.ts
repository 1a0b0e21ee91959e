import type { OutgoingHttpHeaders } from "node:http";
import { empty, type Reply, type SandboxRequest } from "../http.ts";

const anyone = { "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Origin": "*" };
const preflight = {
  ...anyone,
  "Access-Control-Allow-Headers":
    "Cache-Control,Accept,Authorization,Accept-Encoding,Access-Control-Request-Headers,User-Agent," +
    "Access-Control-Request-Method,Pragma,Connection,Host,Content-Type",
  "Access-Control-Allow-Methods": "PUT,PATCH,POST,GET,DELETE",
};

/** The answer to a preflight, for any path; undefined for every other request. */
export function preflightReply(request: SandboxRequest): Reply | undefined {
  const asked = request.method === "OPTIONS" && request.headers.origin !== undefined;
  return asked ? empty(200, preflight) : undefined;
}

/** What an answer to a page of another origin carries: any origin may read it. */
export function crossOriginHeaders(request: SandboxRequest): OutgoingHttpHeaders {
  return request.headers.origin === undefined ? {} : anyone;
}
