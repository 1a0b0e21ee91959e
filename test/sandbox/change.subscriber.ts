import { EventSourceParserStream } from "eventsource-parser/stream";

/** A change, as the stream tells it. */
export interface Change {
  event: string | undefined;
  data: Record<string, unknown>;
}

/** Somebody who listens to a producer's change stream. */
export interface ChangeSubscriber {
  /** The next change; waits for it. */
  next(): Promise<Change>;
  /** How many comments have come so far. */
  comments(): number;
  stop(): void;
}

/** Subscribes, and comes back when the stream has opened. */
export async function subscribe(
  configstoreUrl: string,
  producer: string,
  headers: Record<string, string> = {},
): Promise<ChangeSubscriber> {
  const stop = new AbortController();
  const response = await fetch(`${configstoreUrl}/change-stream/${producer}`, {
    headers,
    signal: stop.signal,
  });
  if (response.status !== 200 || response.body === null)
    throw new Error(`the stream answered ${response.status}`);
  let comments = 0;
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ onComment: () => void (comments += 1) }))
    .getReader();
  // Reading goes on by itself, or comments would be seen only when a change is waited for.
  let pending = events.read();
  pending.catch(() => undefined);
  return {
    comments: () => comments,
    stop: () => stop.abort(),
    next: async () => {
      const { value } = await pending;
      pending = events.read();
      pending.catch(() => undefined);
      if (value === undefined) throw new Error("the stream has ended");
      return { event: value.event, data: JSON.parse(value.data) as Record<string, unknown> };
    },
  };
}
