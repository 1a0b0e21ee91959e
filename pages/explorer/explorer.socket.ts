import { createClient, type Client } from "graphql-ws";
import { authorization, onIdentity } from "../identity/identity.store.ts";

/** A credential that is not accepted is not accepted a second time. */
const refused = 4403;

/** A client that opens its socket with the first subscription, and again after a break. */
export function openSocket(url: URL, shown: () => string | undefined): Client {
  return createClient({
    url: Object.assign(new URL(url), { protocol: url.protocol.replace("http", "ws") }).href,
    connectionParams: () => {
      const said = shown();
      return said === undefined ? {} : { authorization: said };
    },
    retryAttempts: 10,
    retryWait: async (retries) => {
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** retries, 10_000)));
    },
    shouldRetry: (event) => !(event instanceof CloseEvent && event.code === refused),
  });
}

let client: Client | undefined;
let shownLast: string | undefined;

/** The socket of who one is in this tab: whoever one becomes, it is opened anew, and what runs on it is asked again. */
export function socketOf(url: URL): Client {
  if (client) return client;
  client = openSocket(url, () => (shownLast = authorization()));
  onIdentity(() => {
    if (authorization() !== shownLast) client?.terminate();
  });
  return client;
}
