import { createParser, type EventSourceMessage } from "eventsource-parser";
import { onTestFinished } from "vitest";

/** A stream of events as it comes over HTTP. */
export interface EventStream {
  readonly response: Response;
  /** The next event; undefined when the stream has ended. */
  readonly event: () => Promise<EventSourceMessage | undefined>;
  readonly leave: () => void;
}

/** Asks for an operation's answer as a stream of events. */
export async function openEventStream(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await fetch(`${url}/graphql/stream`, {
    method: "POST",
    headers: { accept: "text/event-stream", "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: leaving.signal,
  });
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  return {
    response,
    event: async () => {
      while (events.length === 0) {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) return undefined;
        parser.feed(decoder.decode(chunk.value as Uint8Array, { stream: true }));
      }
      return events.shift();
    },
    leave: () => leaving.abort(),
  };
}
