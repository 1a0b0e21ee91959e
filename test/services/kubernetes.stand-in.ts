import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** An object as the stand-in keeps it. */
export interface StandInObject {
  readonly metadata: {
    readonly uid: string;
    readonly name: string;
    readonly resourceVersion: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly value: number;
}

/** One request, and the way to answer it. */
export interface Exchange {
  readonly url: URL;
  readonly isWatch: boolean;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Entry {
  readonly version: number;
  readonly line: string;
}

const statusOf = (code: number, reason: string) => ({ kind: "Status", status: "Failure", reason, code });

/** The list and the watch of one kind of object, as an API server answers them, with ways to break both. */
export async function startStandIn() {
  let version = 100;
  let compactedAt = 100;
  let history: Entry[] = [];
  let uids = 0;
  const objects = new Map<string, StandInObject>();
  const pages = new Map<number, readonly StandInObject[]>();
  const watchers = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const requests: Exchange[] = [];
  const lookers = new Set<() => void>();
  const state = { isFrozen: false, connections: 0 };
  /** Answers instead of the stand-in; false leaves it to the stand-in after all. */
  let instead: (exchange: Exchange) => boolean = () => false;

  function note(type: string, object: StandInObject) {
    const line = `${JSON.stringify({ type, object })}\n`;
    history.push({ version, line });
    if (!state.isFrozen) for (const watcher of watchers) watcher.write(line);
  }

  function end(watcher: ServerResponse) {
    watchers.delete(watcher);
    watcher.end();
  }

  function answer(response: ServerResponse, status: number, body: unknown, headers = {}) {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  }

  function list({ url, response }: Exchange) {
    const limit = Number(url.searchParams.get("limit") ?? 500);
    const token = url.searchParams.get("continue");
    const [at, from] = token ? token.split(".").map(Number) : [version, 0];
    if (at === undefined || from === undefined) throw new Error("a token of somebody else");
    if (token && at < compactedAt) return answer(response, 410, statusOf(410, "Expired"));
    if (!token) pages.set(at, [...objects.values()]);
    const all = pages.get(at) ?? [];
    const next = from + limit < all.length ? { continue: `${at}.${from + limit}` } : {};
    answer(response, 200, {
      metadata: { resourceVersion: String(at), ...next },
      items: all.slice(from, from + limit),
    });
  }

  function watch({ url, response }: Exchange) {
    const from = Number(url.searchParams.get("resourceVersion"));
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    if (from < compactedAt) {
      response.end(`${JSON.stringify({ type: "ERROR", object: statusOf(410, "Expired") })}\n`);
      return;
    }
    for (const entry of history) if (entry.version > from) response.write(entry.line);
    // From a version that is not reached yet, nothing is ever said.
    if (from <= version) watchers.add(response);
    const timer = setTimeout(
      () => {
        if (!state.isFrozen) end(response);
      },
      Number(url.searchParams.get("timeoutSeconds")) * 1000,
    );
    response.once("close", () => {
      clearTimeout(timer);
      watchers.delete(response);
    });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stand-in");
    const exchange = { url, isWatch: url.searchParams.has("watch"), request, response };
    requests.push(exchange);
    for (const look of [...lookers]) look();
    if (instead(exchange) || state.isFrozen) return;
    if (exchange.isWatch) watch(exchange);
    else list(exchange);
  });
  server.on("connection", (socket) => {
    state.connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    state,
    put: (name: string, value: number, producer = "demo") => {
      version += 1;
      const before = objects.get(name);
      const uid = before?.metadata.uid ?? `uid-${(uids += 1)}`;
      const labels = { producer, env: "dev" };
      const object = { metadata: { uid, name, resourceVersion: String(version), labels }, value };
      objects.set(name, object);
      note(before ? "MODIFIED" : "ADDED", object);
    },
    remove: (name: string) => {
      const before = objects.get(name);
      if (!before) return;
      version += 1;
      objects.delete(name);
      note("DELETED", { ...before, metadata: { ...before.metadata, resourceVersion: String(version) } });
    },
    bookmark: () => {
      const object = { kind: "Pod", metadata: { resourceVersion: String(version) } };
      for (const watcher of watchers) watcher.write(`${JSON.stringify({ type: "BOOKMARK", object })}\n`);
    },
    /** Forgets what happened so far: older versions are gone. */
    compact: () => {
      version += 1;
      compactedAt = version;
      history = [];
    },
    /** Everything is as it is, but the count begins again far below: a backup that was put back. */
    rewind: () => {
      version = 10;
      compactedAt = 0;
      history = [];
      for (const watcher of [...watchers]) end(watcher);
    },
    /** Cuts every connection. */
    drop: () => {
      watchers.clear();
      for (const socket of sockets) socket.destroy();
    },
    /** Ends every watch as a server does that has nothing more to say. */
    end: () => {
      for (const watcher of [...watchers]) end(watcher);
    },
    onRequest: (look: () => void) => {
      lookers.add(look);
      return () => {
        lookers.delete(look);
      };
    },
    answer,
    answerInstead: (how: (exchange: Exchange) => boolean) => {
      instead = how;
    },
    watches: () => requests.filter(({ isWatch }) => isWatch),
    lists: () => requests.filter(({ isWatch }) => !isWatch),
    /** What a watcher should know: values by uid. */
    truth: () =>
      Object.fromEntries([...objects.values()].map(({ metadata, value }) => [metadata.uid, value])),
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;
