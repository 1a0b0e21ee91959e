import { Pool } from "undici";
import { CallFailed, failureOf } from "./call.failure.ts";
import { Gathering, type RawAnswer } from "./gathered.answer.ts";

/** A write. */
export interface Write {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Escaped, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly timeoutMs: number;
}

/** Sends writes, each once. */
export interface WriteClient {
  readonly write: (write: Write) => Promise<RawAnswer>;
  /** Lets go of it: what is under way is cut. */
  readonly close: () => void;
}

interface WriteOptions {
  readonly timeoutMs: number;
  readonly answerLimit: number;
  readonly connections: number;
  readonly isFresh?: boolean | undefined;
}

/** Opens a client for writes, which are sent once, whatever becomes of them, and never to where a redirect leads. */
export function openWriteClient(
  origin: string,
  { timeoutMs: connectMs, answerLimit, connections, isFresh = false }: WriteOptions,
): WriteClient {
  // Connections of their own: reads wait for their turn, not for what is written.
  const pool = new Pool(origin, {
    connections,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectMs },
  });
  let underway = 0;
  return {
    write: ({ method, path, headers: own, body, timeoutMs }) => {
      const gathering = new Gathering(answerLimit);
      const hasBody = body !== undefined;
      const headers = hasBody ? { "content-type": "application/json", ...own } : own;
      const sent = { path, method, headers, body: hasBody ? JSON.stringify(body) : null, reset: isFresh };
      // What still waits for a connection when its time is up says nothing of the service.
      const isDown = underway < connections;
      const timer = setTimeout(() => gathering.cut(new CallFailed("ETIMEDOUT", { isDown })), timeoutMs);
      underway += 1;
      try {
        pool.dispatch(sent, gathering);
      } catch (error) {
        gathering.cut(failureOf(error));
      }
      return gathering.answer.finally(() => {
        clearTimeout(timer);
        underway -= 1;
      });
    },
    close: () => void pool.destroy().catch(() => undefined),
  };
}
