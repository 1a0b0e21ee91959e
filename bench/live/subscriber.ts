import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { WebSocket } from "ws";
import { expectedOf, nowMicroseconds, operationOf } from "./live.case.ts";

/** One message as it was last seen: those to other subscribers differ from it in the id at most. */
interface Seen {
  readonly rest: Buffer;
  readonly number: number;
  readonly toldAt: number;
}

/** What the subscribers of a process have heard. */
export interface Hearing {
  readonly latenciesMs: number[];
  deliveries: number;
  readonly wrong: string[];
  /** By selection. */
  readonly seen: Map<string, Seen>;
}

export const createHearing = (): Hearing => ({ latenciesMs: [], deliveries: 0, wrong: [], seen: new Map() });

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: { readonly projectChanged: { readonly entities: readonly string[] } };
  };
}

function read(data: Buffer, from: number, selection: string): Seen | undefined {
  const { type, payload } = JSON.parse(data.toString()) as Message;
  const change = payload?.data?.projectChanged;
  const [entity = "", toldAt = ""] = change?.entities ?? [];
  const number = Number(/^models\/Model(\d+)$/.exec(entity)?.[1]);
  const isRight =
    type === "next" &&
    isDeepStrictEqual({ ...payload }, { data: { projectChanged: expectedOf(selection, number, toldAt) } });
  return isRight ? { rest: Buffer.from(data.subarray(from)), number, toldAt: Number(toldAt) } : undefined;
}

/** Where it subscribes, and as whom. */
export interface Place {
  readonly port: number;
  readonly authorization: string;
  readonly selection: string;
}

/** Opens a socket that follows the changes; resolves when its operation is sent. */
export function openSubscriber(
  { port, authorization, selection }: Place,
  hearing: Hearing,
): Promise<WebSocket> {
  const id = randomUUID();
  const from = `{"id":"${id}"`.length;
  let last: number | undefined;

  const hear = (data: Buffer) => {
    let seen = hearing.seen.get(selection);
    if (!seen || data.compare(seen.rest, 0, seen.rest.length, from) !== 0) {
      seen = read(data, from, selection);
      if (!seen) return void hearing.wrong.push(data.toString().slice(0, 300));
      hearing.seen.set(selection, seen);
    }
    if (last !== undefined && seen.number !== last + 1)
      hearing.wrong.push(`${seen.number} came after ${last}`);
    last = seen.number;
    hearing.deliveries += 1;
    hearing.latenciesMs.push((nowMicroseconds() - seen.toldAt) / 1000);
    return undefined;
  };

  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, "graphql-transport-ws", {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    socket.once("error", reject);
    socket.once("open", () =>
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } })),
    );
    socket.once("message", () => {
      socket.send(JSON.stringify({ id, type: "subscribe", payload: operationOf(selection) }));
      socket.on("message", hear);
      resolve(socket);
    });
  });
}
