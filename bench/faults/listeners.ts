import { createClient, type Client } from "graphql-ws";
import { WebSocket } from "ws";

const subscriptions = [
  'projectStatus(producer: "demo") { staleSince }',
  'projectChanged(producer: "demo") { kind missed }',
  'workspaceStatus(producer: "demo") { staleSince }',
];

/** People who follow a project while everything around it fails. */
export interface Listeners {
  /** What ended although nobody ended it. */
  readonly ended: readonly string[];
  /** How many events came. */
  readonly events: () => number;
  readonly stop: () => Promise<void>;
}

/** Opens a socket for each of demo, al and zu, with a subscription to each of what a project has to tell. */
export function listen(port: number): Listeners {
  const ended: string[] = [];
  let events = 0;
  let isClosing = false;
  const clients: Client[] = ["demo", "al", "zu"].map((person) =>
    createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `token ${person}-token` },
    }),
  );
  for (const client of clients) {
    for (const text of subscriptions) {
      const end = (why: unknown) => {
        if (!isClosing) ended.push(`${text.split("(")[0] ?? ""}: ${JSON.stringify(why)}`);
      };
      client.subscribe(
        { query: `subscription { ${text} }` },
        { next: () => void (events += 1), error: end, complete: () => end("complete") },
      );
    }
  }
  return {
    ended,
    events: () => events,
    stop: async () => {
      isClosing = true;
      for (const client of clients) await client.dispose();
    },
  };
}
