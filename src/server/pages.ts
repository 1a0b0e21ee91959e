import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import type { PagesConfiguration } from "./pages.configuration.ts";

/** Where the built pages are, and what they are told. */
export interface PagesOptions extends PagesConfiguration {
  readonly folder: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Only what this origin serves may run. The exceptions are the editor's and the board's: they write styles at run time,
 * and the editor's style sheet carries its fonts and the waves under mistakes as data.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const pageHeaders = {
  "Content-Security-Policy": contentSecurityPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

const notBuiltPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sett</title>
<h1>Sett</h1>
<p>The pages are not built: run <code>npm run build</code>.</p>
<p>The schema is at <a href="/schema.graphql">/schema.graphql</a>.</p>
`;

function setPageHeaders(response: ServerResponse, cacheControl: string): void {
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
  response.setHeader("Cache-Control", cacheControl);
}

function answer(response: ServerResponse, type: string, body: string): void {
  setPageHeaders(response, "no-cache");
  response.writeHead(200, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}

/** Relative, so that it also leads there behind a path prefix. */
function leadTo(response: ServerResponse, location: string): void {
  setPageHeaders(response, "no-cache");
  response.writeHead(307, { Location: location, "Content-Length": 0 }).end();
}

/** What the pages are made of, besides themselves; names under assets/ carry a hash of what is in them. */
const isPart = (pathname: string) => pathname.startsWith("/assets/") || pathname === "/licenses.md";

/** Serves the explorer, the board, their files and their configuration; everything else is passed on to `next`. */
export function createPages({ folder, ...told }: PagesOptions): Handler {
  const configuration = JSON.stringify(told satisfies PagesConfiguration);
  const files = new Map<string, string>([
    ...(told.explorer ? [["/", "index.html"] as const] : []),
    ...(told.board ? [["/board", "board.html"] as const] : []),
  ]);
  const serveFile = sirv(folder, {
    // Files are looked up as they are asked for: an index made at start would name files that a later build has
    // replaced, and a file that is gone when it is read ends the process.
    dev: true,
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, pathname) => {
      const hashed = pathname.startsWith("/assets/");
      setPageHeaders(response, hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });

  return (request, response, next) => {
    if (files.size === 0 || (request.method !== "GET" && request.method !== "HEAD")) return next();
    const [pathname = "/"] = (request.url ?? "/").split("?", 1);
    if (pathname === "/pages.json") return answer(response, "application/json", configuration);
    // Another way to write its address would move what it loads from beside it.
    if (pathname === "/board/" && told.board) return leadTo(response, "../board");
    if (pathname === "/" && !told.explorer) return leadTo(response, "./board");
    const file = files.get(pathname);
    if (file === undefined && !isPart(pathname)) return next();
    if (file !== undefined && !existsSync(join(folder, file))) {
      return answer(response, "text/html; charset=utf-8", notBuiltPage);
    }
    // Nothing here is fetched in parts, and a range that ends before it starts makes the file reader throw.
    delete request.headers.range;
    return serveFile(request, response, next);
  };
}
