import { projectKey } from "../kubernetes/workload.labels.ts";
import type { Place } from "./joined.names.ts";
import type { ResourceWatches } from "./resource.watches.ts";

/** Somebody who waits for what becomes of a function's resource. */
export interface WatchedFunction {
  /** Whether all that happens to it is heard of. */
  readonly isLive: () => boolean;
  readonly leave: () => void;
}

/** Calls back when a function's resource, by the name of that, has changed, as far as it is watched. */
export type WatchFunction = (place: Place, resource: string, onChange: () => void) => WatchedFunction;

/** One watch for all who wait for functions, which begins when the first does. */
export function createFunctionWatching(
  { FUNCTION: { index, watch } }: ResourceWatches,
  begin: () => void,
): WatchFunction {
  return (place, resource, onChange) => {
    begin();
    const leave = index.listen(projectKey(place), (changes) => {
      if (changes.some(({ item }) => item.object === resource)) onChange();
    });
    return { isLive: () => watch.state().phase === "live", leave };
  };
}
