import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What connections are passed on to. */
export interface Backend {
  /** Undefined while it does not run. */
  readonly port: number | undefined;
}

/** A plain TCP balancer: it knows connections, and nothing of what is said over them. */
export interface Balancer {
  readonly url: string;
  /** Sends all that connect from now on to this one, if it can be reached, or to each in turn again. */
  readonly pin: (backend: Backend | undefined) => void;
  /** Whether it sends any connections there. */
  readonly trusts: (backend: Backend) => boolean;
  readonly stop: () => Promise<void>;
}

const lookEveryMs = 100;

async function isReady({ port }: Backend): Promise<boolean> {
  if (port === undefined) return false;
  const signal = AbortSignal.timeout(2000);
  const headers = { connection: "close" };
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal, headers }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

/** A connection to one of them, the first that takes it. */
async function reach(backends: readonly Backend[]): Promise<Socket | undefined> {
  for (const { port } of backends) {
    if (port === undefined) continue;
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    try {
      await once(socket, "connect");
      return socket;
    } catch {
      socket.destroy();
    }
  }
  return undefined;
}

/** Listens for connections, and passes them on in turn to those of which `/readyz` says that they are ready. */
export async function startBalancer(backends: readonly Backend[]): Promise<Balancer> {
  const open = new Set<Socket>();
  const ready = new Set<Backend>();
  let turn = 0;
  let pinned: Backend | undefined;

  const inOrder = (): readonly Backend[] => {
    turn += 1;
    const rotated = backends.map((_, index) => backends[(index + turn) % backends.length] as Backend);
    const rank = (backend: Backend) => (backend === pinned ? 0 : ready.has(backend) ? 1 : 2);
    return rotated.toSorted((one, other) => rank(one) - rank(other));
  };
  const join = (client: Socket, server: Socket) => {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        open.delete(from);
        to.destroySoon();
      });
      from.pipe(to);
    }
  };
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
    client.on("error", () => client.destroy());
    void reach(inOrder()).then((reached) => {
      if (!reached || client.destroyed) {
        reached?.destroy();
        return client.destroy();
      }
      join(client, reached);
      return client.resume();
    });
  });
  const look = async () => {
    const found = await Promise.all(backends.map(isReady));
    for (const [index, backend] of backends.entries()) {
      if (found[index]) ready.add(backend);
      else ready.delete(backend);
    }
  };
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  }, lookEveryMs);
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    pin: (backend) => {
      pinned = backend;
    },
    trusts: (backend) => ready.has(backend),
    stop: async () => {
      clearInterval(timer);
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
