import type { Endpoints, SettClientOptions } from "../options.ts";
import { createSocketTransport } from "./socket.transport.ts";
import { createStreamTransport } from "./stream.transport.ts";
import type { Transport } from "./transport.ts";

/** How many sockets in a row may fail to open before event streams are tried; one that did open before may be away. */
const patience = { atFirst: 2, later: 6 };

/** Which transport the next try takes. */
export interface Transports {
  readonly pick: () => Transport;
  /** Notes that a try over this was opened. */
  readonly opened: (transport: Transport) => void;
  /** Notes that a try over this broke. */
  readonly broke: (transport: Transport) => void;
  readonly reset: () => void;
}

function always(transport: Transport): Transports {
  return {
    pick: () => transport,
    opened: () => undefined,
    broke: () => undefined,
    reset: () => transport.reset(),
  };
}

/** Sockets; where they cannot be opened and event streams can, these for a while. */
function sockets(options: SettClientOptions, endpoints: Endpoints): Transports {
  let unopened = 0;
  let wasOpened = false;
  let streamsUntil = 0;
  const limit = () => (wasOpened ? patience.later : patience.atFirst);
  const streams = createStreamTransport(options, endpoints);
  const socket = createSocketTransport(options, endpoints, () => {
    unopened += 1;
  });
  return {
    pick: () => (Date.now() < streamsUntil || unopened >= limit() ? streams : socket),
    opened: ({ name }) => {
      if (name === "sse") streamsUntil = Math.max(streamsUntil, Date.now() + (options.fallbackMs ?? 300_000));
      else wasOpened = true;
      // One more that fails is enough to come back to streams.
      unopened = name === "sse" ? limit() - 1 : 0;
    },
    broke: ({ name }) => {
      if (name !== "sse") return;
      streamsUntil = 0;
      unopened = Math.min(unopened, limit() - 1);
    },
    reset: () => socket.reset(),
  };
}

/** What a client's subscriptions run over, by its options and by what the platform has. */
export function createTransports(options: SettClientOptions, endpoints: Endpoints): Transports {
  const hasSocket = options.webSocket !== undefined || "WebSocket" in globalThis;
  const wanted = options.transport ?? "auto";
  if (wanted === "websocket" && !hasSocket) {
    throw new TypeError("There is no WebSocket here: give that of the package ws as the option webSocket.");
  }
  if (wanted === "sse" || !hasSocket) return always(createStreamTransport(options, endpoints));
  if (wanted === "websocket") return always(createSocketTransport(options, endpoints, () => undefined));
  return sockets(options, endpoints);
}
