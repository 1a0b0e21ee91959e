import { createClient, NetworkError } from "graphql-sse";
import type { AnsweredError } from "../errors/sett.error.ts";
import { currentHeaders, type Endpoints, type SettClientOptions } from "../options.ts";
import { isRawAnswer, type RawAnswer } from "../requests/answer.ts";
import { waited } from "../waiting.ts";
import type { Ending, Listener, Transport } from "./transport.ts";

/** The gateway gives a sign of life each `SOCKET_PING`, which is 12 s where nothing else is set. */
const defaultSilenceMs = 40_000;

/** Statuses that another try may mend: too many connections, and all that a proxy says for a gateway that is away. */
const mayPass = new Set([408, 425, 429, 500, 502, 503, 504]);

/** How a try ended whose connection was refused or broke. */
async function endingOf(error: unknown): Promise<Ending> {
  const response = error instanceof NetworkError ? (error as NetworkError<Response>).response : undefined;
  if (!response) return { kind: "broken", cause: error };
  const body: unknown = await response.json().catch(() => undefined);
  const errors = isRawAnswer(body) ? body.errors : undefined;
  if (errors && errors.length > 0 && !mayPass.has(response.status)) return { kind: "errors", errors };
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return {
    kind: "broken",
    cause: error,
    ...(Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {}),
  };
}

/**
 * Tells of each sign of life, and ends a body a moment after its last bytes: the library would wait for ever for one
 * that ends while what came before is still being told.
 */
function overheard(response: Response, heard: () => void): Response {
  if (!response.ok || !response.body) return response;
  const later = new TransformStream<Uint8Array, Uint8Array>({
    transform: (bytes, controller) => {
      heard();
      controller.enqueue(bytes);
    },
    flush: () => waited(0),
  });
  return new Response(response.body.pipeThrough(later), response);
}

/**
 * What ends an operation comes as a last `next` without data. It is told as the ending if nothing follows it, and as
 * an event that could not be told if something does.
 */
function withEndings({ next, ended }: Listener) {
  let last: readonly AnsweredError[] | undefined;
  return {
    next: (answer: RawAnswer) => {
      if (last) next({ errors: last });
      last = answer.data === undefined ? answer.errors : undefined;
      if (!last) next(answer);
    },
    complete: () => ended(last ? { kind: "errors", errors: last } : { kind: "complete" }),
  };
}

/** A stream of events for each subscription, where sockets cannot be opened. */
export function createStreamTransport(options: SettClientOptions, endpoints: Endpoints): Transport {
  const send = options.fetch ?? globalThis.fetch;
  const silenceMs = options.silenceMs ?? defaultSilenceMs;
  const connect = (heard: () => void) =>
    createClient({
      url: endpoints.stream.href,
      retryAttempts: 0,
      credentials: "same-origin",
      headers: () => currentHeaders(options),
      fetchFn: async (input: string, init: RequestInit) => {
        heard();
        return overheard(await send(input, { ...init, redirect: "error" }), heard);
      },
    });
  return {
    name: "sse",
    begin: (asked, listener) => {
      let isOver = false;
      let silence: ReturnType<typeof setTimeout> | undefined;
      const end = (ending: Ending) => {
        if (isOver) return;
        isOver = true;
        clearTimeout(silence);
        listener.ended(ending);
      };
      // A way that swallows everything closes nothing: only silence tells of it.
      const heard = () => {
        clearTimeout(silence);
        if (isOver) return;
        silence = setTimeout(() => {
          end({ kind: "broken", cause: new Error(`Nothing was heard for ${silenceMs} ms.`) });
          leave();
        }, silenceMs);
      };
      const { next, complete } = withEndings({ ...listener, ended: end });
      // A library's client for each: it remembers all that ever ran until it is disposed of.
      const leave = connect(heard).subscribe(
        // Its type wants a text, where the gateway takes a hash.
        { ...asked, variables: { ...asked.variables } } as {
          query: string;
          variables: Record<string, unknown>;
        },
        {
          next: (answer) => {
            if (!isOver) next(answer);
          },
          error: (error) => void endingOf(error).then(end),
          complete,
        },
        { connected: () => !isOver && listener.opened() },
      );
      const stop = () => {
        isOver = true;
        clearTimeout(silence);
        leave();
      };
      return { leave: stop, drop: stop };
    },
    reset: () => undefined,
  };
}
