import { setTimeout as wait } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { request, type Dispatcher } from "undici";
import type { UpstreamName } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { delayAfter, type Delays } from "./delay.ts";

/** How long a stream is waited for, and how much it may say. */
export interface StreamPatience extends Delays {
  /** How soon it has to say its first word. */
  readonly connectMs: number;
  /** After how long a silence it counts as dead, where it says something regularly. */
  readonly silenceMs?: number | undefined;
  /** After how long it is opened anew, where silence says nothing. */
  readonly lifeMs?: number | undefined;
  /** How long it has to last until it counts as one; after a longer wait, twice as long as that was. */
  readonly settledMs: number;
  /** How many characters an event may have. */
  readonly eventLimit: number;
}

/** Hears what a stream says, and how far to believe its silence. */
export interface StreamListener {
  /** It is open, at first or again: between a break and this anything may have gone unheard. */
  readonly opened: () => void;
  readonly heard: (data: string) => void;
  /** It could not be opened, or has ended: it will be tried again. */
  readonly broke: () => void;
}

/** A stream of events that goes on until it is closed, whatever happens to who sends it. */
export interface EventSource {
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly upstream: UpstreamName;
  readonly address: string;
  readonly dispatcher: Dispatcher;
  readonly patience: StreamPatience;
  readonly listener: StreamListener;
  readonly log: Log;
}

/** Why a stream is no stream; addresses and answers stay out of it, for it is logged. */
class StreamBroken extends Error {}

const codeOf = (error: unknown): string => {
  if (error instanceof StreamBroken) return error.message;
  return error instanceof Error && "code" in error ? String(error.code) : "BROKEN";
};

/** Opens a stream of events, over and over: nothing of what was sent meanwhile is ever repeated. */
export function openEventSource({
  upstream,
  address,
  dispatcher,
  patience,
  listener,
  log,
}: Parts): EventSource {
  const closing = new AbortController();
  let failures = 0;
  let delayedMs = 0;

  const settle = () => {
    failures = 0;
    delayedMs = 0;
  };

  const fail = (error: unknown): number => {
    failures += 1;
    // Who is away for long is not told of each time.
    log[failures === 1 ? "warn" : "debug"](
      { upstream, reason: codeOf(error), failures },
      "a stream of events broke",
    );
    listener.broke();
    delayedMs = delayAfter(failures, patience);
    return delayedMs;
  };

  async function read(body: AsyncIterable<Uint8Array>, onWord: () => void): Promise<void> {
    const decoder = new TextDecoder();
    const parser = createParser({
      maxBufferSize: patience.eventLimit,
      onEvent: ({ data }) => listener.heard(data),
      onError: ({ type }) => {
        // What cannot be read is left out; only what would never end is worth an end.
        if (type === "max-buffer-size-exceeded") throw new StreamBroken("an event is too long");
      },
    });
    for await (const chunk of body) {
      onWord();
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  }

  /** Follows one stream to its end; fails unless it was ended only to be opened anew. */
  async function follow(): Promise<void> {
    const ending = new AbortController();
    const end = (reason: StreamBroken) => ending.abort(reason);
    const onClose = () => end(new StreamBroken("it was closed"));
    closing.signal.addEventListener("abort", onClose, { once: true });
    const { silenceMs, lifeMs } = patience;
    let isOpen = false;
    const old = new StreamBroken("it is old");
    let settling: NodeJS.Timeout | undefined;
    let life: NodeJS.Timeout | undefined;
    let patient = setTimeout(() => end(new StreamBroken("it says nothing")), patience.connectMs);
    const onWord = () => {
      if (isOpen) {
        if (silenceMs !== undefined) patient.refresh();
        return;
      }
      isOpen = true;
      clearTimeout(patient);
      if (silenceMs !== undefined) {
        patient = setTimeout(() => end(new StreamBroken("it has fallen silent")), silenceMs);
      }
      // What always ends soon is waited for ever longer; it is to be open for longer than it is waited for.
      settling = setTimeout(settle, Math.max(patience.settledMs, 2 * delayedMs));
      if (lifeMs !== undefined) life = setTimeout(() => end(old), lifeMs);
      listener.opened();
    };
    try {
      const { statusCode, headers, body } = await request(address, {
        headers: { accept: "text/event-stream" },
        dispatcher,
        signal: ending.signal,
      });
      body.on("error", () => undefined);
      try {
        if (statusCode !== 200) throw new StreamBroken(`answered ${statusCode}`);
        if (!String(headers["content-type"]).startsWith("text/event-stream")) {
          throw new StreamBroken("answered something else");
        }
        await read(body as AsyncIterable<Uint8Array>, onWord);
      } finally {
        body.destroy();
      }
      throw new StreamBroken("it has ended");
    } catch (error) {
      if (ending.signal.reason !== old) throw error;
      settle();
    } finally {
      for (const timer of [patient, settling, life]) clearTimeout(timer);
      closing.signal.removeEventListener("abort", onClose);
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const delayMs = await follow().then(
        () => 0,
        (error: unknown) => (closing.signal.aborted ? 0 : fail(error)),
      );
      if (delayMs > 0) await wait(delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
}
