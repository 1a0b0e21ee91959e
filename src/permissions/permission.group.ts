import type { Context } from "../context.ts";
import type { SettError } from "../errors.ts";
import type { Grant } from "./grant.ts";
import type { Question } from "./permission.question.ts";

/** One who must hold a permission as long as something runs. */
export interface Watcher {
  readonly callerKey: string;
  /** What the same caller's next request carries: nothing looked up before is in it. */
  readonly renew: () => Promise<Context>;
  /** Why what was shown does not count any more, if so. */
  readonly refusal: () => Promise<SettError | undefined>;
  /** Called once, when the permission is gone or could not be asked for too long. */
  readonly ended: (error: unknown) => void;
}

/** Why a question was not granted. */
export interface Failure {
  readonly error: unknown;
}

/** All who hold the same permission by the same credential, or ask for it. */
export interface Group {
  readonly key: string;
  readonly question: Question;
  readonly watchers: Set<Watcher>;
  /** Those of them who are not let in yet, and why they are not to be, once that is known. */
  readonly joining: Map<Watcher, Failure | undefined>;
  grant: Grant | undefined;
  /** When the last question that was granted was asked. */
  grantedAt: number;
  /** How often was asked: of several answers only that to the newest question counts. */
  asked: number;
  standing: "asking" | "granted" | "failed";
  /** What comes of the newest question; undefined when it is granted. */
  answer: Promise<Failure | undefined>;
  settle: (failure: Failure | undefined) => void;
  timer: NodeJS.Timeout | undefined;
}

/** A group of nobody, for whom nothing was asked yet. */
export const newGroup = (key: string, question: Question): Group => ({
  key,
  question,
  watchers: new Set(),
  joining: new Map(),
  grant: undefined,
  grantedAt: 0,
  asked: 0,
  standing: "failed",
  answer: Promise.resolve(undefined),
  settle: () => undefined,
  timer: undefined,
});
