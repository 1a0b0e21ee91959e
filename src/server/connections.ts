import type { Socket } from "node:net";

/** The connections of a server that HTTP is spoken over. */
export interface Connections {
  readonly add: (connection: Socket) => void;
  /** From here on it is another's to end. */
  readonly handOver: (connection: Socket) => void;
  readonly begin: (connection: Socket) => void;
  readonly end: (connection: Socket) => void;
  /** Ends those on which nothing is asked. */
  readonly endIdle: () => void;
}

/**
 * When all places are taken, the connection on which nothing has been asked for longest is cut for who comes next:
 * nobody can keep others out by connecting and saying nothing, or half of something. A connection may be gone with
 * requests on it, and nobody else says that these are over.
 */
export function createConnections(limit: number, onAbandoned: (connection: Socket) => void): Connections {
  /** How many requests run over each. */
  const busy = new Map<Socket, number>();
  const idle = new Set<Socket>();
  let taken = 0;

  const crowdOut = (comer: Socket) => {
    for (const connection of idle) {
      if (connection === comer) continue;
      idle.delete(connection);
      connection.destroy();
      return;
    }
  };

  /** One function for all: each may go on as a WebSocket, of which there are thousands. */
  function onClose(this: Socket): void {
    taken -= 1;
    idle.delete(this);
    if (busy.has(this)) setImmediate(leave, this);
  }

  const leave = (connection: Socket) => {
    if (busy.has(connection)) onAbandoned(connection);
  };

  return {
    add: (connection) => {
      taken += 1;
      idle.add(connection);
      connection.on("close", onClose);
      if (taken >= limit) crowdOut(connection);
    },
    handOver: (connection) => idle.delete(connection),
    begin: (connection) => {
      idle.delete(connection);
      busy.set(connection, (busy.get(connection) ?? 0) + 1);
    },
    end: (connection) => {
      const requests = (busy.get(connection) ?? 1) - 1;
      if (requests > 0) return void busy.set(connection, requests);
      busy.delete(connection);
      if (!connection.destroyed) idle.add(connection);
    },
    endIdle: () => {
      for (const connection of idle) connection.destroySoon();
    },
  };
}
