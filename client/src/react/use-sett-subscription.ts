import { useEffect, useRef, useState } from "react";
import type { TrustedDocument } from "../document.ts";
import type { SettError } from "../errors/errors.ts";
import type { Subscriber, SubscriptionState } from "../subscriptions/subscriber.ts";
import { useSett } from "./provider.tsx";

/** Who is told, and whether at all. */
export interface SettSubscriptionOptions<Data> extends Partial<Subscriber<Data>> {
  readonly enabled?: boolean;
}

/** How a subscription stands, and the last that it told. */
export interface SettSubscription<Data> {
  readonly state: SubscriptionState | "idle";
  readonly data: Data | undefined;
  /** Why it is over, or why it is not open at the moment. */
  readonly error: SettError | undefined;
}

const idle = { state: "idle", data: undefined, error: undefined } as const;

/** Listens for as long as the component is there and asks the same. */
export function useSettSubscription<Data, Variables extends object>(
  document: TrustedDocument<Data, Variables>,
  variables: Variables,
  options: SettSubscriptionOptions<Data> = {},
): SettSubscription<Data> {
  const client = useSett();
  const [standing, setStanding] = useState<SettSubscription<Data>>(idle);
  const listeners = useRef(options);
  useEffect(() => {
    listeners.current = options;
  });
  const { enabled = true } = options;
  const asked = JSON.stringify(variables);
  useEffect(() => {
    if (!enabled) return undefined;
    const leave = client.subscribe(document, JSON.parse(asked) as Variables, {
      next: (data, errors) => {
        setStanding((before) => ({ ...before, data }));
        listeners.current.next?.(data, errors);
      },
      problem: (error) => listeners.current.problem?.(error),
      error: (error) => listeners.current.error?.(error),
      complete: () => listeners.current.complete?.(),
      state: (state, why) => {
        setStanding((before) => ({ ...before, state, error: why }));
        listeners.current.state?.(state, why);
      },
    });
    return () => {
      leave();
      setStanding(idle);
    };
  }, [client, document, asked, enabled]);
  return standing;
}
