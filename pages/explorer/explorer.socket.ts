import { createClient, type Client } from "graphql-ws";
import { authorization, lookAgain, onIdentity, sessionOf } from "../identity/identity.store.ts";

/** A credential that is not accepted is not accepted a second time. */
const refused = 4403;

/** What a socket is opened with: a credential, or whom the page takes its session to be of. */
export interface Credentials extends Record<string, unknown> {
  readonly authorization?: string;
  readonly login?: string;
}

/** A client that opens its socket with the first subscription, and again after a break. */
export function openSocket(url: URL, shown: () => Credentials): Client {
  return createClient({
    url: Object.assign(new URL(url), { protocol: url.protocol.replace("http", "ws") }).href,
    connectionParams: shown,
    on: {
      connected: (_socket, _payload, isAgain) => {
        if (isAgain) lookAgain();
      },
      closed: (event) => {
        if (event instanceof CloseEvent && event.code === refused) lookAgain();
      },
    },
    retryAttempts: 10,
    retryWait: async (retries) => {
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** retries, 10_000)));
    },
    shouldRetry: (event) => !(event instanceof CloseEvent && event.code === refused),
  });
}

/** Who one is in this tab, as a socket is told. */
function credentials(): Credentials {
  const shown = authorization();
  if (shown !== undefined) return { authorization: shown };
  const login = sessionOf();
  return login === undefined ? {} : { login };
}

const inWords = ({ authorization: shown, login }: Credentials) => shown ?? `session ${login ?? ""}`;

let client: Client | undefined;
let shownLast: string | undefined;

/** The socket of who one is in this tab: whoever one becomes, it is opened anew, and what runs on it is asked again. */
export function socketOf(url: URL): Client {
  if (client) return client;
  client = openSocket(url, () => {
    const shown = credentials();
    shownLast = inWords(shown);
    return shown;
  });
  onIdentity(() => {
    if (inWords(credentials()) !== shownLast) client?.terminate();
  });
  return client;
}
