import type { OutgoingHttpHeaders } from "node:http";

/** How a matching request is made to fail. */
export type Fault =
  | { mode: "slow"; ms: number }
  | { mode: "hang" }
  /** Is not looked at until the faults are cleared. */
  | { mode: "freeze" }
  | { mode: "drop" }
  /** Does what is asked and cuts the connection instead of answering. */
  | { mode: "lose" }
  | { mode: "answer"; status: number; headers?: OutgoingHttpHeaders; body?: string }
  /** Does what is asked and answers something else. */
  | { mode: "misreport"; status: number; headers?: OutgoingHttpHeaders; body?: string }
  /** Does what is asked and answers the first half of it as if that were all. */
  | { mode: "truncate" }
  /** Does what is asked, promises all of the answer, and cuts the connection half way through. */
  | { mode: "overstate" }
  /** Does what is asked, sends the head of the answer and nothing after it. */
  | { mode: "stall" };

/** Which requests a fault hits: every one, unless told otherwise. */
export interface FaultMatch {
  method?: string;
  path?: RegExp;
  times?: number;
  /** So many are hit, then as many let through, and so on. */
  turns?: number;
}

/** The handle by which a test breaks a server and mends it. */
export interface Faults {
  set(fault: Fault, match?: FaultMatch): void;
  clear(): void;
  /** Resolves when the faults are cleared. */
  cleared(): Promise<void>;
  /** The fault that a request runs into, if any; it counts as one of the times. */
  hit(method: string, url: string): Fault | undefined;
}

export function createFaults(): Faults {
  const faults: { fault: Fault; match: FaultMatch; left: number; met: number }[] = [];
  const waiting: (() => void)[] = [];
  return {
    set: (fault, match = {}) => void faults.push({ fault, match, left: match.times ?? Infinity, met: 0 }),
    clear: () => {
      faults.splice(0);
      for (const go of waiting.splice(0)) go();
    },
    cleared: () => new Promise((resolve) => void waiting.push(resolve)),
    hit: (method, url) => {
      const hit = faults.find(
        ({ match, left }) =>
          left > 0 && (match.method ?? method) === method && (match.path?.test(url) ?? true),
      );
      if (hit === undefined) return undefined;
      const { turns } = hit.match;
      hit.met += 1;
      if (turns !== undefined && Math.floor((hit.met - 1) / turns) % 2 === 1) return undefined;
      hit.left -= 1;
      return hit.fault;
    },
  };
}
