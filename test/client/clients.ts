import { createSettClient, type SettClient, type SettClientOptions } from "@sett/client";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { PersonName } from "../support/sett.ts";

/** What a test has patience for. */
const quick = { firstDelayMs: 20, longestDelayMs: 100 };

/** A client of somebody's; it is disposed of with the test. */
export function clientOf(
  { url }: { readonly url: string },
  person: PersonName,
  options: Partial<SettClientOptions> = {},
): SettClient {
  const client = createSettClient({
    url: `${url}/graphql`,
    webSocket: WebSocket,
    reconnect: quick,
    ...(person === "nobody" ? {} : { authorization: `token ${person}-token` }),
    ...options,
  });
  onTestFinished(() => client.dispose());
  return client;
}
