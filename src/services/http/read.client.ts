import { Pool } from "undici";
import { failureOf, type CallFailed } from "./call.failure.ts";
import { Gathering, type RawAnswer } from "./gathered.answer.ts";

/** Where a read goes, and what with. */
export interface Read {
  /** Escaped, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A read that is under way. */
export interface Reading {
  readonly answer: Promise<RawAnswer>;
  /** Ends it here and at the service; one that is over already stays as it is. */
  readonly cut: (failure: CallFailed) => void;
}

/** Reads from one service, over kept connections. */
export interface ReadClient {
  readonly read: (read: Read) => Reading;
  /** Lets go of it; what is under way is cut when it is asked to hurry. */
  readonly close: (isHurried: boolean) => void;
}

interface ReadOptions {
  readonly timeoutMs: number;
  readonly answerLimit: number;
  readonly connections: number;
  readonly isFresh?: boolean | undefined;
}

/**
 * Opens a client that does no more than reads need: no redirects, nothing unpacked, no deadlines of its own but that of a
 * new connection, and no more of an answer in memory than the limit.
 */
export function openReadClient(
  origin: string,
  { timeoutMs, answerLimit, connections, isFresh = false }: ReadOptions,
): ReadClient {
  const pool = new Pool(origin, {
    connections,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs },
  });
  return {
    read: ({ path, headers }) => {
      const gathering = new Gathering(answerLimit);
      try {
        pool.dispatch({ path, method: "GET", headers, reset: isFresh }, gathering);
      } catch (error) {
        gathering.cut(failureOf(error));
      }
      return gathering;
    },
    close: (isHurried) => void (isHurried ? pool.destroy() : pool.close()).catch(() => undefined),
  };
}
