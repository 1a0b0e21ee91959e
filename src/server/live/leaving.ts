/** So long apart on average those are let go who all come back at once elsewhere, and at least this long is waited between. */
const apartMs = 1;
const pauseMs = 10;

/** What of a deadline is for that: the rest is for what runs, and for those who do not take leave. */
export const leavingMs = (deadlineMs: number): number => deadlineMs / 2;

/**
 * Lets many go, some in each moment: whoever takes them in has to serve others as well. They are gone within the time
 * that is given, however many they are.
 */
export function letGo<Member>(
  all: readonly Member[],
  withinMs: number,
  leave: (member: Member) => void,
): Promise<void> {
  const times = Math.max(1, Math.floor(Math.min(all.length * apartMs, withinMs) / pauseMs));
  const atOnce = Math.ceil(all.length / times);
  return new Promise((resolve) => {
    let gone = 0;
    const next = () => {
      for (const member of all.slice(gone, gone + atOnce)) leave(member);
      gone += atOnce;
      if (gone >= all.length) resolve();
      else setTimeout(next, pauseMs);
    };
    next();
  });
}
