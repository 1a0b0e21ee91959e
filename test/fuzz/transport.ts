import { openEventStream } from "../support/event-stream.ts";
import { SocketClosed } from "../support/live-client.ts";
import type { AnsweredError, PersonName, Sett } from "../support/sett.ts";
import type { Observed } from "./answer.oracle.ts";

/** A way of being told of more than one answer. */
export type Transport = "socket" | "stream";

/** What somebody follows, or has asked over the same way. */
export interface Following {
  /** All that was told so far. */
  readonly told: readonly Observed[];
  /** Resolves with the first thing that is told, or the end. */
  readonly begun: Promise<void>;
  /** Resolves when nothing more is told. */
  readonly over: Promise<void>;
  readonly leave: () => Promise<void>;
}

interface Asked {
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

interface Told {
  readonly data?: unknown;
  readonly errors?: readonly AnsweredError[] | undefined;
}

interface Source {
  readonly events: () => AsyncGenerator<Told, void, undefined>;
  readonly leave: () => Promise<unknown>;
}

function overSocket(sett: Sett, person: PersonName, { text, variables = {} }: Asked): Source {
  const subscribed = sett.as(person).subscribeText(text, variables);
  return {
    leave: () => subscribed.return(),
    events: async function* () {
      try {
        for await (const event of subscribed) yield event;
      } catch (error) {
        // Whose credential cannot be looked up may be told to come back; nobody is told that the gateway broke.
        if (!(error instanceof SocketClosed) || error.code === 4500) throw error;
      }
    },
  };
}

function overStream(sett: Sett, person: PersonName, { text: query, variables = {} }: Asked): Source {
  const headers: Record<string, string> =
    person === "nobody" ? {} : { authorization: `token ${person}-token` };
  const opening = openEventStream(sett.url, { query, variables }, headers);
  let isLeft = false;
  return {
    leave: async () => {
      isLeft = true;
      (await opening).leave();
    },
    events: async function* () {
      const { response, event } = await opening;
      // What is refused unread is answered as any request.
      if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
        yield (await response.json()) as Told;
        return;
      }
      try {
        for (let next = await event(); next && next.event !== "complete"; next = await event()) {
          if (next.data !== "") yield JSON.parse(next.data) as Told;
        }
      } catch (error) {
        if (!isLeft) throw error;
      }
    },
  };
}

/** Begins to follow something, to be left again. */
export function follow(sett: Sett, transport: Transport, person: PersonName, asked: Asked): Following {
  const source = transport === "socket" ? overSocket(sett, person, asked) : overStream(sett, person, asked);
  const told: Observed[] = [];
  let begin = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (begin = resolve));
  const listen = async () => {
    for await (const { data, errors = [] } of source.events()) {
      told.push({ text: JSON.stringify({ data, errors }), status: undefined, data, errors });
      begin();
    }
  };
  const over = listen();
  over.catch(() => undefined);
  return {
    told,
    over,
    begun: Promise.race([hasBegun, over]),
    leave: async () => {
      await source.leave();
      await over;
    },
  };
}
