/** One way to know the pods of a cluster at any time. */
export interface Watching {
  readonly start: () => void;
  /** How many changes it has told so far. */
  readonly told: () => number;
  /** What it knows, a line for each pod. */
  readonly known: () => readonly string[];
  /** What it should know if there are these. */
  readonly right: (objects: readonly unknown[]) => readonly string[];
}

/** Where pods are to be watched. */
export interface WatchedPlace {
  readonly url: string;
  readonly namespace: string;
}
