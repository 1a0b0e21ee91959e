import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";

/** A query the explorer opens in a tab of its own, ready to run on this gateway. */
export interface ExplorerExample {
  readonly title: string;
  /** Names its operation: GraphiQL calls the tab by it. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the built page asks the gateway at start, as `/explorer.json`. */
export interface ExplorerConfiguration {
  readonly endpoint: string;
  readonly examples: readonly ExplorerExample[];
}

/** Where the built page is, and what it shows. */
export interface ExplorerOptions extends ExplorerConfiguration {
  readonly folder: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Only what this origin serves may run. The exceptions are the editor's: it writes styles at run time, and its style
 * sheet carries its fonts and the waves under mistakes as data.
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
<p>The explorer is not built: run <code>npm run build</code>.</p>
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

/** Serves the explorer's page, its files and its configuration; everything else is passed on to `next`. */
export function createExplorer({ folder, endpoint, examples }: ExplorerOptions): Handler {
  const configuration = JSON.stringify({ endpoint, examples } satisfies ExplorerConfiguration);
  const serveFile = sirv(folder, {
    // Files are looked up as they are asked for: an index made at start would name files that a later build has
    // replaced, and a file that is gone when it is read ends the process.
    dev: true,
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, pathname) => {
      // Names under assets/ carry a hash of what is in them.
      const hashed = pathname.startsWith("/assets/");
      setPageHeaders(response, hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });

  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const [pathname] = (request.url ?? "").split("?", 1);
    if (pathname === "/explorer.json") return answer(response, "application/json", configuration);
    if (pathname === "/" && !existsSync(join(folder, "index.html"))) {
      return answer(response, "text/html; charset=utf-8", notBuiltPage);
    }
    // Nothing here is fetched in parts, and a range that ends before it starts makes the file reader throw.
    delete request.headers.range;
    return serveFile(request, response, next);
  };
}
