import { MessageType } from "graphql-ws";
import type { Payload } from "./payload.sharing.ts";

interface Prepared {
  /** Whole messages by the operation's id: clients that count their operations have the same ids. */
  readonly messages: Map<string, Buffer>;
  /** What follows the id in every message. */
  rest: Buffer | undefined;
  /** The same as an event of a stream. */
  event: Buffer | undefined;
}

/** Ids of clients that make up their own differ: only so many messages are kept whole, the others share what follows. */
const mostMessages = 8;

const prepared = new WeakMap<Payload, Prepared>();

function preparedOf(payload: Payload): Prepared {
  const known = prepared.get(payload);
  if (known) return known;
  const fresh: Prepared = { messages: new Map(), rest: undefined, event: undefined };
  prepared.set(payload, fresh);
  return fresh;
}

const beginning = (id: string) => `{"id":${JSON.stringify(id)},`;
const restOf = ({ json }: Payload) => `"type":"${MessageType.Next}","payload":${json}}`;

/** A payload's message over a socket, encoded; for who shares the payload, as much of it as is the same. */
export function socketMessage(id: string, payload: Payload): Buffer {
  const kept = preparedOf(payload);
  const known = kept.messages.get(id);
  if (known) return known;
  if (kept.messages.size < mostMessages) {
    const message = Buffer.from(beginning(id) + restOf(payload));
    kept.messages.set(id, message);
    return message;
  }
  kept.rest ??= Buffer.from(restOf(payload));
  return Buffer.concat([Buffer.from(beginning(id)), kept.rest]);
}

/** A payload as an event of a stream, encoded once. */
export function streamedEvent(payload: Payload): Buffer {
  const kept = preparedOf(payload);
  kept.event ??= Buffer.from(`event: ${MessageType.Next}\ndata: ${payload.json}\n\n`);
  return kept.event;
}
