import type { SettClient, SettError, SubscriptionState, TrustedDocument } from "@sett/client";
import { vi } from "vitest";

/** What somebody has heard of a subscription so far. */
export interface Following<Data> {
  readonly events: readonly Data[];
  readonly states: readonly SubscriptionState[];
  readonly error: () => SettError | undefined;
  /** Resolves with the first event, of all that come, of which this is so. */
  readonly event: (isMeant: (data: Data) => boolean) => Promise<Data>;
  /** Resolves once it has been so. */
  readonly state: (state: SubscriptionState) => Promise<void>;
  readonly leave: () => void;
}

const patiently = { timeout: 30_000, interval: 20 };

/** Follows something, and resolves when it is open. */
export async function following<Data, Variables>(
  client: SettClient,
  document: TrustedDocument<Data, Variables>,
  variables: Variables,
): Promise<Following<Data>> {
  const events: Data[] = [];
  const states: SubscriptionState[] = [];
  let error: SettError | undefined;
  const leave = client.subscribe(document, variables, {
    next: (data) => events.push(data),
    state: (state) => states.push(state),
    error: (given) => {
      error = given;
    },
  });
  const follows: Following<Data> = {
    ...{ events, states, leave },
    error: () => error,
    event: (isMeant) =>
      vi.waitFor(() => {
        const found = events.find(isMeant);
        if (found === undefined) throw new Error(`No such event among ${JSON.stringify(events)}`);
        return found;
      }, patiently),
    state: (state) =>
      vi.waitFor(() => {
        if (!states.includes(state)) throw new Error(`${states.join()} ${String(error)}`);
      }, patiently),
  };
  await follows.state("open");
  return follows;
}
