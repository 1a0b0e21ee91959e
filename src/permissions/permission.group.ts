import type { Context } from "../context.ts";
import type { SettError } from "../errors.ts";
import type { Grant } from "./grant.ts";
import type { Question } from "./permission.question.ts";

/** By what somebody holds permissions: asked again, whoever shows the same is asked for together. */
export interface Holder {
  readonly callerKey: string;
  /** What the same caller's next request carries: nothing looked up before is in it. */
  readonly renew: () => Promise<Context>;
  /** Why what was shown does not count any more, if so. */
  readonly refusal: () => Promise<SettError | undefined>;
}

/** One who must hold a permission as long as something runs. */
export interface Watcher {
  readonly holder: Holder;
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
  readonly members: Set<Member>;
  /** Those of them who are not let in yet, and why they are not to be, once that is known. */
  readonly joining: Map<Member, Failure | undefined>;
  /** Called when nobody is left. */
  readonly onEmpty: (group: Group) => void;
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

/** One of a group. Thousands of subscriptions are in three each: a class, because its methods are there once. */
export class Member {
  readonly watcher: Watcher;
  private readonly group: Group;

  constructor(group: Group, watcher: Watcher) {
    this.group = group;
    this.watcher = watcher;
  }

  /** What the permission led to when it was last asked for. */
  grant(): Grant {
    return this.group.grant as Grant;
  }

  /** Whether it still is held: `ended` may have been called before whoever joined was told that they had. */
  isHeld(): boolean {
    return this.group.members.has(this);
  }

  leave(): void {
    const { members, onEmpty } = this.group;
    if (members.delete(this) && members.size === 0) onEmpty(this.group);
  }
}

/** A group of nobody, for whom nothing was asked yet. */
export const newGroup = (key: string, question: Question, onEmpty: Group["onEmpty"]): Group => ({
  key,
  question,
  onEmpty,
  members: new Set(),
  joining: new Map(),
  grant: undefined,
  grantedAt: 0,
  asked: 0,
  standing: "failed",
  answer: Promise.resolve(undefined),
  settle: () => undefined,
  timer: undefined,
});
