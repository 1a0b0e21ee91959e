import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { got, RequestError } from "got";
import { CallFailed, failureOf } from "./call.failure.ts";
import type { RawAnswer } from "./read.client.ts";

/** A write, to a whole address. */
export interface Write {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly timeoutMs: number;
}

/** Sends writes, each once. */
export interface WriteClient {
  readonly write: (write: Write) => Promise<RawAnswer>;
  readonly close: () => void;
}

interface WriteOptions {
  readonly answerLimit: number;
  readonly connections: number;
  readonly isFresh?: boolean | undefined;
}

/** What of got's errors says nothing of the service: that an answer was too long, or was not JSON. */
const harmless = new Set(["ERR_CANCELED", "ERR_BODY_PARSE_FAILURE"]);

/** Opens a client for writes, which are sent once, whatever becomes of them, and never to where a redirect leads. */
export function openWriteClient({ answerLimit, connections, isFresh = false }: WriteOptions): WriteClient {
  const kept = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections };
  const sockets = isFresh ? { keepAlive: false } : kept;
  const agent = { http: new HttpAgent(sockets), https: new HttpsAgent(sockets) };
  const client = got.extend({
    agent,
    throwHttpErrors: false,
    followRedirect: false,
    // Nothing is asked for compressed: a small answer could grow past the limit as it is unpacked.
    decompress: false,
    retry: { limit: 0 },
  });

  return {
    write: async ({ method, address, headers, body, timeoutMs }) => {
      const request = client(address, {
        method,
        headers: { ...headers },
        timeout: { request: timeoutMs },
        ...(body === undefined ? {} : { json: body }),
      });
      void request.on("downloadProgress", ({ transferred }) => {
        if (transferred > answerLimit) request.cancel(`answer over ${answerLimit} bytes`);
      });
      try {
        const { statusCode, headers: answered, body: text } = await request;
        return { status: statusCode, headers: answered, text };
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        throw harmless.has(error.code) ? new CallFailed(error.code) : failureOf(error);
      }
    },
    close: () => {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}
