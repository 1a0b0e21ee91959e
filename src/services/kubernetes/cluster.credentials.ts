import { createHash } from "node:crypto";
import type { RequestOptions } from "node:https";
import type { DispatcherOptions, KubeConfig } from "@kubernetes/client-node";
import { Agent, ProxyAgent, type Dispatcher } from "undici";
import { ClusterUnreachable } from "./cluster.errors.ts";
import { loadCluster, plainSource, type ClusterSource, type PlainSource } from "./cluster.source.ts";

/** What one request is sent with. */
export interface Credentials {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  /** Which reading of the configuration this is from. */
  readonly reading: number;
}

/** The credentials as they are at the moment, and the connections that are kept for them. */
export interface CredentialKeeper {
  readonly current: () => Promise<Credentials>;
  /** Reads everything again, unless somebody else has since the given reading. */
  readonly reload: (reading: number) => void;
  readonly close: () => Promise<void>;
}

const connectTimeoutMs = 10_000;
const idleMs = 60_000;

/** The parts that make two connections different: certificates, authority and proxy, but not a header. */
function keyOf(server: string, options: DispatcherOptions): string {
  return createHash("sha256")
    .update(JSON.stringify([server, options]))
    .digest("base64");
}

function openDispatcher(options: DispatcherOptions): Dispatcher {
  // Deadlines are set per request, to the millisecond: a watch may be silent for longer than a list may.
  const kept = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: idleMs };
  const timeout = { timeout: connectTimeoutMs };
  switch (options.type) {
    case "none":
      return new Agent({ ...kept, connect: timeout });
    case "agent":
      // The library's types allow undefined where undici's do not.
      return new Agent({
        ...kept,
        connect: { ...options.connect, ...timeout } as NonNullable<Agent.Options["connect"]>,
      });
    case "proxy":
      return new ProxyAgent({
        ...kept,
        uri: options.uri,
        requestTls: options.requestTls as NonNullable<ProxyAgent.Options["requestTls"]>,
      });
    case "socks":
      throw new ClusterUnreachable("SOCKS_PROXY");
  }
}

/** The credentials of a source, whatever they take. */
export function keepCredentials(source: ClusterSource): CredentialKeeper {
  const plain = plainSource(source);
  return plain ? keepPlain(plain) : keepLoaded(source);
}

/** One that never changes. */
function keepPlain({ url, token }: PlainSource): CredentialKeeper {
  const dispatcher = openDispatcher({ type: "none" });
  const credentials: Credentials = {
    server: url.replace(/\/+$/, ""),
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    dispatcher,
    reading: 0,
  };
  return {
    current: () => Promise.resolve(credentials),
    reload: () => undefined,
    close: () => dispatcher.destroy(),
  };
}

/** Asks the library for the credentials of each request, since it renews tokens, and keeps one set of connections. */
function keepLoaded(source: ClusterSource): CredentialKeeper {
  let config: Promise<KubeConfig> | undefined;
  let reading = 0;
  let kept: { readonly key: string; readonly dispatcher: Dispatcher } | undefined;

  function dispatcherFor(server: string, options: DispatcherOptions): Dispatcher {
    const key = keyOf(server, options);
    if (kept?.key === key) return kept.dispatcher;
    const dispatcher = openDispatcher(options);
    // What runs on the old connections may end in its own time.
    void kept?.dispatcher.close().catch(() => undefined);
    kept = { key, dispatcher };
    return dispatcher;
  }

  async function load(): Promise<KubeConfig> {
    try {
      return await loadCluster(source);
    } catch {
      config = undefined;
      // What the library says may quote a file.
      throw new ClusterUnreachable("NO_CLUSTER");
    }
  }

  return {
    current: async () => {
      const used = reading;
      const from = await (config ??= load());
      const cluster = from.getCurrentCluster();
      if (!cluster) throw new ClusterUnreachable("NO_CLUSTER");
      const options: RequestOptions & { headers: Record<string, string> } = { headers: {} };
      try {
        await from.applyToHTTPSOptions(options);
      } catch {
        // A file that is gone or a command that failed; what it said may hold a secret.
        throw new ClusterUnreachable("NO_CREDENTIAL");
      }
      const basic =
        typeof options.auth === "string"
          ? { Authorization: `Basic ${Buffer.from(options.auth).toString("base64")}` }
          : {};
      const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
      const tls = { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername };
      const dispatcher = dispatcherFor(cluster.server, from.createDispatcherOptions(cluster, tls));
      const headers = Object.entries(options.headers).map(([name, value]) => [name, value.trim()]);
      return {
        server: cluster.server.replace(/\/+$/, ""),
        headers: { ...basic, ...(Object.fromEntries(headers) as Record<string, string>) },
        dispatcher,
        reading: used,
      };
    },
    reload: (since) => {
      if (since !== reading) return;
      reading += 1;
      const before = config;
      // It may be half written at the moment; the next refusal reads it again.
      config = loadCluster(source).catch(() => before ?? load());
    },
    close: async () => {
      await kept?.dispatcher.destroy();
      kept = undefined;
    },
  };
}
