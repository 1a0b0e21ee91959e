import { MessageType } from "graphql-ws";
import type { Payload } from "./payload.sharing.ts";
import { emptyFrame } from "./text.frame.ts";

/**
 * A message as it goes over a socket, and where in it the operation's id is: written into, for one after the other, as
 * long as the system takes each at once.
 */
interface Draft {
  readonly frame: Buffer;
  readonly idAt: number;
}

interface Prepared {
  /** By the operation's id: clients that count their operations have the same ids. */
  readonly whole: Map<string, Buffer>;
  /** By the length of the id: ids of clients that make up their own differ in nothing else. */
  readonly drafts: Map<number, Draft>;
  /** What follows the id in every message. */
  rest: Buffer | undefined;
  /** The same as an event of a stream. */
  event: Buffer | undefined;
}

/** Longer ids are made up, so that no two clients have the same. */
const longestCount = 8;
/** Of each kind so many are kept. */
const mostKept = 8;

const prepared = new WeakMap<Payload, Prepared>();

function preparedOf(payload: Payload): Prepared {
  const known = prepared.get(payload);
  if (known) return known;
  const fresh: Prepared = { whole: new Map(), drafts: new Map(), rest: undefined, event: undefined };
  prepared.set(payload, fresh);
  return fresh;
}

const beginning = '{"id":';
const ending = ({ json }: Payload) => `,"type":"${MessageType.Next}","payload":${json}}`;

function draftOf(known: Prepared, payload: Payload, idLength: number): Draft {
  const rest = (known.rest ??= Buffer.from(ending(payload)));
  const { frame, start } = emptyFrame(beginning.length + idLength + rest.length);
  frame.write(beginning, start);
  frame.set(rest, start + beginning.length + idLength);
  return { frame, idAt: start + beginning.length };
}

function filled({ frame, idAt }: Draft, id: string): Buffer {
  frame.write(id, idAt);
  return frame;
}

function kept<Key, Value>(all: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = all.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (all.size < mostKept) all.set(key, made);
  return made;
}

/**
 * A payload's message as it goes over a socket, to many who differ in the id of their operation; the id is as JSON. It
 * is to be written at once, and `keepMessage` to be called where it has not gone then: the next one has the same bytes.
 */
export function socketMessage(id: string, payload: Payload): Buffer {
  const known = preparedOf(payload);
  const length = Buffer.byteLength(id);
  if (length <= longestCount) return kept(known.whole, id, () => filled(draftOf(known, payload, length), id));
  return filled(
    kept(known.drafts, length, () => draftOf(known, payload, length)),
    id,
  );
}

/** The message that was last made waits for its reader: its bytes stay as they are. */
export function keepMessage(id: string, payload: Payload): void {
  preparedOf(payload).drafts.delete(Buffer.byteLength(id));
}

/** A payload as an event of a stream, encoded once. */
export function streamedEvent(payload: Payload): Buffer {
  const known = preparedOf(payload);
  known.event ??= Buffer.from(`event: ${MessageType.Next}\ndata: ${payload.json}\n\n`);
  return known.event;
}
