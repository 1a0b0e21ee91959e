import type { Memory } from "../loaders/memory.ts";
import type { Holder } from "./permission.group.ts";
import type { Question } from "./permission.question.ts";
import type { RepositoryName } from "./subject.ts";

/** What came of a look: nobody may have been able to tell. */
export type Found = "held" | "lacking" | "unknown";

/** One who lacks a permission, and is to have it as soon as it is there. */
export interface Waiter {
  readonly holder: Holder;
  /** Asks for it; who finds it waits no longer. */
  readonly look: () => Promise<Found>;
}

/** Those who lack permissions: one of all who lack the same by the same credential asks, and for all of them. */
export interface PermissionWaits {
  /** Waits until the returned function is called; `refusedAt` is when the question was asked that was refused, if any. */
  readonly enter: (
    key: string,
    question: Question,
    waiter: Waiter,
    refusedAt: number | undefined,
  ) => () => void;
  /** Whether it was refused so lately that it need not be asked for again. */
  readonly isLacking: (key: string) => boolean;
  readonly close: () => void;
}

interface Wait {
  readonly question: Question;
  readonly waiters: Set<Waiter>;
  readonly timer: NodeJS.Timeout;
  /** When the last question was asked, if it was refused. */
  refusedAt: number | undefined;
  isLooking: boolean;
  /** Rights were changed while it was being asked: what comes of that may be of before. */
  isShaken: boolean;
}

/** Who lacks a permission is asked for again this much less often than who holds one: nothing is lost meanwhile. */
const calmer = 6;

interface Means {
  readonly intervalMs: number;
  readonly rightsChanged: Pick<Memory["rightsChanged"], "listen">;
  readonly concerns: (question: Question, name: RepositoryName) => boolean;
}

async function lookOnce(wait: Wait): Promise<void> {
  const askedAt = performance.now();
  wait.refusedAt = undefined;
  wait.isShaken = false;
  for (const asking of [...wait.waiters]) {
    if (await asking.holder.refusal()) continue;
    const found = await asking.look();
    if (found === "lacking") wait.refusedAt = askedAt;
    // It is known now, so that this costs no question.
    if (found === "held") await Promise.all([...wait.waiters].map((waiter) => waiter.look()));
    return;
  }
}

async function look(wait: Wait): Promise<void> {
  wait.isLooking = true;
  do {
    // Whatever broke: it is asked again before long.
    await lookOnce(wait).catch(() => undefined);
  } while (wait.isShaken && wait.waiters.size > 0);
  wait.isLooking = false;
}

export function createPermissionWaits({ intervalMs, rightsChanged, concerns }: Means): PermissionWaits {
  const waits = new Map<string, Wait>();

  const open = (key: string, question: Question): Wait => {
    const timer = setInterval(() => {
      if (!wait.isLooking) void look(wait);
    }, intervalMs * calmer).unref();
    const wait: Wait = {
      question,
      waiters: new Set(),
      timer,
      refusedAt: undefined,
      isLooking: false,
      isShaken: false,
    };
    waits.set(key, wait);
    return wait;
  };

  const stopListening = rightsChanged.listen((name) => {
    for (const wait of [...waits.values()]) {
      if (!concerns(wait.question, name)) continue;
      if (wait.isLooking) wait.isShaken = true;
      else void look(wait);
    }
  });

  return {
    enter: (key, question, waiter, refusedAt) => {
      const wait = waits.get(key) ?? open(key, question);
      wait.waiters.add(waiter);
      wait.refusedAt = refusedAt ?? wait.refusedAt;
      return () => {
        wait.waiters.delete(waiter);
        if (wait.waiters.size > 0 || waits.get(key) !== wait) return;
        clearInterval(wait.timer);
        waits.delete(key);
      };
    },
    isLacking: (key) => {
      const wait = waits.get(key);
      if (!wait || wait.isLooking || wait.refusedAt === undefined) return false;
      return performance.now() - wait.refusedAt <= intervalMs;
    },
    close: () => {
      stopListening();
      for (const { timer } of waits.values()) clearInterval(timer);
      waits.clear();
    },
  };
}
