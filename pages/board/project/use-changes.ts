import { BoardChangesDocument } from "@sett/client";
import { useSettSubscription } from "@sett/client/react";
import { useCallback, useRef, useState } from "react";
import type { Place } from "../address.state.ts";
import { isEcho } from "./change.words.ts";
import type { Change } from "./project.types.ts";

const kept = 50;

/** A change with when it was heard here. */
export interface HeardChange {
  readonly key: number;
  readonly at: number;
  readonly change: Change;
}

/** Listens to the changes of a project; whoever shows what they are about reads it anew. */
export function useChanges(place: Place, onChange: () => void) {
  const [changes, setChanges] = useState<readonly HeardChange[]>([]);
  const count = useRef(0);
  const hear = useCallback(
    (change: Change) => {
      onChange();
      if (isEcho(change)) return;
      const heard = { key: ++count.current, at: Date.now(), change };
      setChanges((before) => [heard, ...before].slice(0, kept));
    },
    [onChange],
  );
  const stream = useSettSubscription(BoardChangesDocument, place, {
    next: ({ projectChanged }) => hear(projectChanged),
    // Nothing is told twice: what was told while nobody listened is only to be read.
    state: (state) => state === "resumed" && onChange(),
  });
  return { stream, changes };
}
