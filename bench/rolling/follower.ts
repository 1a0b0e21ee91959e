import { createSettClient, ProjectChangedDocument } from "@sett/client";
import { WebSocket } from "ws";

/** Between these two a subscription was not open; whoever has it reads anew at the end of it. */
export interface Break {
  readonly brokenAt: number;
  resumedAt: number | undefined;
}

/** Somebody who follows the changes of a project, and what they have heard of. */
export interface Follower {
  readonly producer: string;
  /** Resolves when it listens for the first time. */
  readonly opened: Promise<void>;
  readonly heard: ReadonlySet<string>;
  /** When it was told that something may have gone unheard. */
  readonly unheardAt: readonly number[];
  readonly breaks: readonly Break[];
  /** What ended it, if anything did. */
  readonly failures: readonly string[];
  readonly leave: () => void;
}

/** Follows a producer's project with the client that people use, over a socket of its own. */
export function follow(url: string, producer: string): Follower {
  const client = createSettClient({
    url: `${url}/graphql`,
    authorization: `token ${producer}-token`,
    webSocket: WebSocket,
    transport: "websocket",
  });
  const heard = new Set<string>();
  const unheardAt: number[] = [];
  const breaks: Break[] = [];
  const failures: string[] = [];
  let open: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  client.subscribe(
    ProjectChangedDocument,
    { producer },
    {
      next: ({ projectChanged: { kind, entities, missed } }) => {
        for (const entity of entities) heard.add(entity);
        if (kind === "UNHEARD" || missed > 0) unheardAt.push(performance.now());
      },
      state: (state) => {
        const last = breaks.at(-1);
        if (state === "open") open();
        if (state === "reconnecting" && (!last || last.resumedAt !== undefined)) {
          breaks.push({ brokenAt: performance.now(), resumedAt: undefined });
        }
        if (state === "resumed" && last) last.resumedAt ??= performance.now();
      },
      problem: (error) => failures.push(`an event was not told: ${error.message}`),
      error: (error) => failures.push(`ended: ${error.message}`),
      complete: () => failures.push("ended without a word"),
    },
  );
  return { producer, opened, heard, unheardAt, breaks, failures, leave: () => client.dispose() };
}
