import { useSyncExternalStore } from "react";

/** A value that parts of the page share, whoever of them changes it. */
export interface Shared<Value> {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Makes a value to share; who listens is told when it becomes another. */
export function shared<Value>(first: Value): Shared<Value> {
  let current = first;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value as it is, in a component. */
export function useShared<Value>({ subscribe, get }: Shared<Value>): Value {
  return useSyncExternalStore(subscribe, get);
}
