import { Unauthenticated } from "../errors.ts";
import type { Memory } from "../loaders/memory.ts";
import type { Grant } from "./grant.ts";
import { Member, newGroup, type Failure, type Group, type Holder, type Watcher } from "./permission.group.ts";
import { isConcerned, isRefusal, questionKey, type Question } from "./permission.question.ts";
import { createPermissionWaits, type PermissionWaits } from "./permission.waits.ts";
import type { PlatformNames } from "./platform-names.ts";
import type { RepositoryName } from "./subject.ts";

/** A permission that is held for now. */
export type Watch = Pick<Member, "grant" | "isHeld" | "leave">;

/** Asks for permissions again while something runs on them: one question for all who hold the same by one credential. */
export interface PermissionWatches {
  /** Lets one in whose permission was asked for no longer ago than the interval; of others it is asked first. */
  readonly join: (question: Question, watcher: Watcher) => Promise<Watch>;
  /** Those who would hold more than they do. */
  readonly waits: PermissionWaits;
  /** How often is asked again. */
  readonly intervalMs: number;
  readonly count: () => number;
  readonly close: () => void;
}

async function ask({ permission, value }: Question, holder: Holder): Promise<Grant> {
  const { refusal, signedIn } = await holder.renew();
  if (refusal) throw refusal;
  if (!signedIn) throw new Unauthenticated();
  return signedIn.policy.require(permission, value, "fresh");
}

interface Means {
  readonly intervalMs: number;
  /** How long things go on while nobody can be asked. */
  readonly graceMs: number;
  readonly rightsChanged: Pick<Memory["rightsChanged"], "listen">;
  readonly names: PlatformNames;
}

export function createPermissionWatches(means: Means): PermissionWatches {
  const { intervalMs, graceMs, rightsChanged, names } = means;
  const groups = new Map<string, Group>();
  const concerns = (question: Question, name: RepositoryName) => isConcerned(question, name, names);
  const waits = createPermissionWaits({ intervalMs, rightsChanged, concerns });

  const drop = (group: Group) => {
    clearTimeout(group.timer);
    if (groups.get(group.key) === group) groups.delete(group.key);
  };

  const end = (group: Group, member: Member, failure: Failure) => {
    member.leave();
    if (group.joining.has(member)) group.joining.set(member, failure);
    else member.watcher.ended(failure.error);
  };

  const schedule = (group: Group, startedAt: number) => {
    if (groups.get(group.key) !== group) return;
    const waitMs = Math.max(0, startedAt + intervalMs - performance.now());
    group.timer = setTimeout(() => void check(group), waitMs).unref();
  };

  const askAgain = async (group: Group, number: number, startedAt: number) => {
    try {
      for (const member of [...group.members]) {
        // Who is just joining has just been recognised.
        const refusal = group.joining.has(member) ? undefined : await member.watcher.holder.refusal();
        if (refusal) end(group, member, { error: refusal });
      }
      const [asking] = group.members;
      if (!asking) return undefined;
      const grant = await ask(group.question, asking.watcher.holder);
      if (number === group.asked) Object.assign(group, { grant, grantedAt: startedAt });
      return undefined;
    } catch (error) {
      const isOver = isRefusal(error) || !group.grant || startedAt - group.grantedAt >= graceMs;
      const ending = number === group.asked && isOver ? [...group.members] : [];
      for (const member of ending) end(group, member, { error });
      return { error };
    }
  };

  /** Asks now; whoever waits for an answer that is older waits for this one instead. */
  const check = (group: Group): Group["answer"] => {
    clearTimeout(group.timer);
    const startedAt = performance.now();
    const number = (group.asked += 1);
    if (group.standing !== "asking") {
      group.standing = "asking";
      group.answer = new Promise((resolve) => {
        group.settle = resolve;
      });
    }
    void askAgain(group, number, startedAt).then((failure) => {
      if (number !== group.asked) return;
      group.standing = failure ? "failed" : "granted";
      group.settle(failure);
      schedule(group, startedAt);
    });
    return group.answer;
  };

  /** An answer that is no older than those who are in live on while Gitea answers: an outage lets nobody in. */
  const freshAnswer = (group: Group): Group["answer"] => {
    const isFresh = group.standing === "granted" && performance.now() - group.grantedAt <= intervalMs;
    return isFresh || group.standing === "asking" ? group.answer : check(group);
  };

  const stopListening = rightsChanged.listen((name) => {
    for (const group of [...groups.values()]) if (concerns(group.question, name)) void check(group);
  });

  return {
    join: async (question, watcher) => {
      const key = questionKey(watcher.holder.callerKey, question);
      const group = groups.get(key) ?? newGroup(key, question, drop);
      groups.set(key, group);
      const member = new Member(group, watcher);
      group.members.add(member);
      group.joining.set(member, undefined);
      const answered = await freshAnswer(group);
      const failure = group.joining.get(member) ?? answered;
      group.joining.delete(member);
      if (failure) {
        member.leave();
        throw failure.error;
      }
      return member;
    },
    waits,
    intervalMs,
    count: () => groups.size,
    close: () => {
      stopListening();
      waits.close();
      for (const group of [...groups.values()]) drop(group);
    },
  };
}
