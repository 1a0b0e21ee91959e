import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Something between a client and gateways: it can cut what is open, lead elsewhere, and forbid sockets. */
export interface Door {
  readonly url: string;
  /** Cuts every connection that is open. */
  readonly cut: () => void;
  /** Keeps back whatever is said over what is open now, and closes nothing. */
  readonly muffle: () => void;
  /** From now on leads to another gateway, or nowhere. */
  readonly leadTo: (url: string | undefined) => void;
  /** Whether connections may be made WebSockets, as some proxies forbid. */
  upgrades: boolean;
  /** How many WebSockets were asked for. */
  upgradesAsked: number;
  /** How often a gateway has said something. */
  heard: number;
  /** How many connections are open. */
  readonly open: () => number;
}

const forbidden = "HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const away = "HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 3\r\n\r\nno!";

const portOf = (url: string) => Number(new URL(url).port);

/** Puts a door before a gateway; it is gone with the test. */
export async function openDoor(url: string): Promise<Door> {
  let port: number | undefined = portOf(url);
  const sockets = new Set<Socket>();
  const behinds = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    socket.once("data", (first) => {
      const isUpgrade = /^upgrade: websocket/im.test(first.toString("latin1"));
      if (isUpgrade) door.upgradesAsked += 1;
      if (isUpgrade && !door.upgrades) return void socket.end(forbidden);
      if (port === undefined) return void socket.end(away);
      const behind = connect(port, "127.0.0.1");
      behind.on("error", () => socket.destroy()).once("close", () => socket.destroy());
      behinds.add(behind);
      behind.on("data", () => (door.heard += 1)).once("close", () => behinds.delete(behind));
      socket.once("close", () => behind.destroy());
      behind.write(first);
      socket.pipe(behind).pipe(socket);
    });
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    cut();
    server.close();
  });
  const door: Door = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    muffle: () => {
      for (const behind of behinds) behind.unpipe();
    },
    leadTo: (other) => {
      port = other === undefined ? undefined : portOf(other);
    },
    upgrades: true,
    upgradesAsked: 0,
    heard: 0,
    open: () => sockets.size,
  };
  return door;
}
