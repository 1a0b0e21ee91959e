import type { Place } from "../names/object.names.ts";

/** Turns at the sls-apis, each of which does one thing at a time: who has to wait is told when it is worth trying again. */
export interface FunctionTurns {
  /** What gives the turn back; undefined while another function of the place has it. */
  readonly take: (place: Place, name: string) => (() => void) | undefined;
}

export function createFunctionTurns(onFree: (name: string) => void): FunctionTurns {
  const waiting = new Map<string, Set<string>>();
  return {
    take: ({ producer, env }, name) => {
      const key = `${producer}/${env}`;
      const known = waiting.get(key);
      if (known) {
        known.add(name);
        return undefined;
      }
      const those = new Set<string>();
      waiting.set(key, those);
      return () => {
        waiting.delete(key);
        // All are told, since the first of them may have nothing to do any more.
        for (const each of those) onFree(each);
      };
    },
  };
}
