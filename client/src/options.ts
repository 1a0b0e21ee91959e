/** Who asks: what stands in the `Authorization` header, or a function that is asked for it each time. */
export type Authorization = string | (() => string | undefined | Promise<string | undefined>);

/** How long is waited before a broken subscription is taken up again: twice as long each time, and a little by chance. */
export interface ReconnectOptions {
  readonly firstDelayMs?: number;
  readonly longestDelayMs?: number;
  /** How many times in a row; without end when left out. */
  readonly attempts?: number;
}

/** What a client is made of. */
export interface SettClientOptions {
  /** Where the gateway takes GraphQL, as `https://sett.example.com/graphql`; in a page also `/graphql`. */
  readonly url: string;
  /** Left out, the page's session is what counts. */
  readonly authorization?: Authorization;
  /** Who the page believes its session's person to be: what would be done as another by now is `Unauthenticated`. */
  readonly sessionOf?: string | (() => string | undefined);
  /** Instead of the platform's own. */
  readonly fetch?: typeof globalThis.fetch;
  /** A class of WebSockets instead of the platform's own: before Node 22, that of the package `ws`. */
  readonly webSocket?: unknown;
  /** What subscriptions run over: with `auto` event streams where sockets cannot be opened. */
  readonly transport?: "auto" | "websocket" | "sse";
  /** How long a call may take; without end when left out. */
  readonly timeoutMs?: number;
  /** How often a query is asked again that was turned away or not answered; mutations only where their document was not known. */
  readonly retries?: number;
  readonly reconnect?: ReconnectOptions;
  /** How long a socket stays open on which nothing runs. */
  readonly idleMs?: number;
  /** How long event streams are used before a socket is tried again. */
  readonly fallbackMs?: number;
  /** After how long without a word an event stream is opened anew; longer than the gateway's `SOCKET_PING`. */
  readonly silenceMs?: number;
}

/** What one call may say for itself. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Of queries only. */
  readonly retries?: number;
}

/** Who asks, and who they believe to be; each only where it is said. */
export interface Asker {
  readonly authorization?: string;
  readonly login?: string;
}

/** Who asks now, asked anew. */
export async function currentAsker({ authorization, sessionOf }: SettClientOptions): Promise<Asker> {
  // Before the other is waited for, which may take until somebody else has signed in.
  const login = typeof sessionOf === "function" ? sessionOf() : sessionOf;
  const said = typeof authorization === "function" ? await authorization() : authorization;
  return {
    ...(said === undefined ? {} : { authorization: said }),
    ...(login === undefined ? {} : { login }),
  };
}

/** What stands in the headers of a request for who asks now. */
export async function currentHeaders(options: SettClientOptions): Promise<Record<string, string>> {
  const { login, ...headers } = await currentAsker(options);
  return { ...headers, ...(login === undefined ? {} : { "x-sett-login": login }) };
}

/** The gateway's addresses. */
export interface Endpoints {
  readonly graphql: URL;
  readonly stream: URL;
  readonly socket: URL;
}

/** What belongs to an address that may be relative to the page. */
export function endpointsOf(url: string): Endpoints {
  const page = (globalThis as { location?: { href?: string } }).location?.href;
  const graphql = new URL(url, page);
  const socket = new URL(graphql);
  socket.protocol = graphql.protocol === "https:" ? "wss:" : "ws:";
  return { graphql, stream: new URL("graphql/stream", graphql), socket };
}
