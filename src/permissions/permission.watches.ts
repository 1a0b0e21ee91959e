import type { Context } from "../context.ts";
import { SettError, Unauthenticated } from "../errors.ts";
import type { Memory } from "../loaders/memory.ts";
import { nounOf, type Permission } from "./catalogue.ts";
import type { Grant } from "./grant.ts";
import { readSubject, subjectKey, type RepositoryName } from "./subject.ts";

/** A permission, and the value that says what it is about. */
export interface Question {
  readonly permission: Permission;
  readonly value: unknown;
}

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

/** A permission that is held for now. */
export interface Watch {
  /** What it led to when it was last asked for. */
  readonly grant: () => Grant;
  readonly leave: () => void;
}

/** Asks for permissions again while something runs on them: one question for all who hold the same by one credential. */
export interface PermissionWatches {
  readonly join: (question: Question, watcher: Watcher) => Promise<Watch>;
  /** How often is asked again. */
  readonly intervalMs: number;
  readonly rightsChanged: Memory["rightsChanged"];
  readonly count: () => number;
  readonly close: () => void;
}

interface Group {
  readonly key: string;
  readonly question: Question;
  readonly watchers: Set<Watcher>;
  /** The first question, which all who join before its answer wait for. */
  first: Promise<unknown>;
  grant: Grant | undefined;
  /** When the last question that was granted was asked. */
  grantedAt: number;
  /** How often was asked: of several answers only that to the newest question counts. */
  asked: number;
  /** Rights were changed before it was known whether these are concerned. */
  shaken: boolean;
  timer: NodeJS.Timeout | undefined;
}

const refusals = new Set(["FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"]);
/** Whether an error says that somebody may not, rather than that nobody could be asked. */
export const isRefusal = (error: unknown) => error instanceof SettError && refusals.has(error.code);

/** Whether a grant rests on somebody's rights to a repository. */
function restsOn(grant: Grant, { owner, name }: RepositoryName): boolean {
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  if ("owner" in grant) return same(grant.owner, owner) && same(grant.name, name);
  return "login" in grant && same(grant.login, owner);
}

interface Means {
  readonly intervalMs: number;
  /** How long things go on while nobody can be asked. */
  readonly graceMs: number;
  readonly rightsChanged: Memory["rightsChanged"];
}

export function createPermissionWatches({ intervalMs, graceMs, rightsChanged }: Means): PermissionWatches {
  const groups = new Map<string, Group>();

  const ask = async ({ permission, value }: Question, watcher: Watcher): Promise<Grant> => {
    const { refusal, signedIn } = await watcher.renew();
    if (refusal) throw refusal;
    if (!signedIn) throw new Unauthenticated();
    return signedIn.policy.require(permission, value, "fresh");
  };

  const drop = (group: Group) => {
    clearTimeout(group.timer);
    if (groups.get(group.key) === group) groups.delete(group.key);
  };

  const leave = (group: Group, watcher: Watcher) => {
    group.watchers.delete(watcher);
    if (group.watchers.size === 0) drop(group);
  };

  const end = (group: Group, watcher: Watcher, error: unknown) => {
    leave(group, watcher);
    watcher.ended(error);
  };

  const schedule = (group: Group, startedAt: number) => {
    if (groups.get(group.key) !== group) return;
    clearTimeout(group.timer);
    const waitMs = Math.max(0, startedAt + intervalMs - performance.now());
    group.timer = setTimeout(() => void check(group), waitMs).unref();
  };

  const askAgain = async (group: Group, number: number, startedAt: number): Promise<void> => {
    for (const watcher of [...group.watchers]) {
      const refusal = await watcher.refusal();
      if (refusal) end(group, watcher, refusal);
    }
    const [asking] = group.watchers;
    if (!asking) return;
    try {
      const grant = await ask(group.question, asking);
      if (number === group.asked) Object.assign(group, { grant, grantedAt: startedAt });
    } catch (error) {
      const isOver = isRefusal(error) || startedAt - group.grantedAt >= graceMs;
      if (number !== group.asked || !isOver) return;
      for (const watcher of [...group.watchers]) end(group, watcher, error);
    }
  };

  const check = async (group: Group): Promise<void> => {
    clearTimeout(group.timer);
    const startedAt = performance.now();
    const number = (group.asked += 1);
    await askAgain(group, number, startedAt);
    if (number === group.asked) schedule(group, startedAt);
  };

  const open = (key: string, question: Question, watcher: Watcher): Group => {
    const startedAt = performance.now();
    const group: Group = {
      key,
      question,
      watchers: new Set(),
      first: ask(question, watcher).then(
        (grant) => {
          Object.assign(group, { grant, grantedAt: startedAt });
          if (group.shaken) void check(group);
          else schedule(group, startedAt);
        },
        (error: unknown) => {
          drop(group);
          throw error;
        },
      ),
      grant: undefined,
      grantedAt: startedAt,
      asked: 0,
      shaken: false,
      timer: undefined,
    };
    groups.set(key, group);
    return group;
  };

  const stopListening = rightsChanged.listen((name) => {
    for (const group of [...groups.values()]) {
      if (!group.grant) group.shaken = true;
      else if (restsOn(group.grant, name)) void check(group);
    }
  });

  return {
    join: async (question, watcher) => {
      const subject = subjectKey(readSubject[nounOf(question.permission)](question.value));
      const key = `${watcher.callerKey} ${question.permission} ${subject}`;
      const group = groups.get(key) ?? open(key, question, watcher);
      group.watchers.add(watcher);
      try {
        await group.first;
      } catch (error) {
        leave(group, watcher);
        throw error;
      }
      return {
        grant: () => group.grant as Grant,
        leave: () => leave(group, watcher),
      };
    },
    intervalMs,
    rightsChanged,
    count: () => groups.size,
    close: () => {
      stopListening();
      for (const group of [...groups.values()]) drop(group);
    },
  };
}
