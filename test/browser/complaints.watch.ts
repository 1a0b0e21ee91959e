import type { BrowserContext, Page, Request } from "@playwright/test";

/** Hosts of this machine: no request of a page goes anywhere else. */
const ownHosts = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Addresses that are no request to anybody. */
const withoutHost = /^(?:blob|data|about):/;

const leaves = (url: string) => !withoutHost.test(url) && !ownHosts.has(new URL(url).hostname);

/** Asked for no more, since the page was left or has changed its mind. */
const givenUp = (request: Request) => request.failure()?.errorText === "net::ERR_ABORTED";

/** How the gateway is, which pages ask in passing: a machine with much else to do may be late to say that it is well. */
const inPassing = /\/readyz$/;

/** Writes down all that should not happen in a browser: what leaves the machine, fails or is complained of. */
export function watchFor(complaints: string[], context: BrowserContext): void {
  const heed = (url: string) => {
    if (leaves(url)) complaints.push(`left the machine: ${url}`);
  };
  const watchSockets = (page: Page) => page.on("websocket", (socket) => heed(socket.url()));
  context.on("page", watchSockets);
  context.on("request", (request) => heed(request.url()));
  context.on("requestfailed", (request) => {
    if (givenUp(request)) return;
    complaints.push(`failed request to ${request.url()}: ${request.failure()?.errorText ?? "unknown"}`);
  });
  context.on("console", (message) => {
    if (inPassing.test(message.location().url)) return;
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => {
    complaints.push(`page: ${error.error().message}`);
  });
}
