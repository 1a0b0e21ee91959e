import { SettError } from "../errors.ts";
import type { Grant } from "./grant.ts";
import type { PermissionWatches, Question, Watch, Watcher } from "./permission.watches.ts";

/** Several permissions that something runs on; the loss of one ends it. */
export interface WatchedRun {
  readonly grants: () => readonly Grant[];
  readonly leave: () => void;
  /** The same events, until a permission is gone: then the refusal, and nothing of what was still waiting. */
  readonly over: <Event>(events: AsyncIterable<Event>) => AsyncIterableIterator<Event, undefined>;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Ends events from outside: whoever waits for the next one is told at once. */
function endable<Event>(events: AsyncIterable<Event>) {
  const source = events[Symbol.asyncIterator]();
  let ending: { readonly error: unknown } | "done" | undefined;
  let interrupt: (() => void) | undefined;

  const finish = (how: NonNullable<typeof ending>) => {
    if (ending) return;
    ending = how;
    interrupt?.();
    // A source may only be able to stop after its next event, which nobody waits for.
    void Promise.resolve(source.return?.()).catch(() => undefined);
  };
  const outcome = (): Promise<IteratorReturnResult<undefined>> => {
    if (typeof ending !== "object") return Promise.resolve(done);
    const { error } = ending;
    ending = "done";
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  };

  const next = (): Promise<IteratorResult<Event, undefined>> => {
    if (ending) return outcome();
    return new Promise((resolve, reject) => {
      interrupt = () => void outcome().then(resolve, reject);
      const settle = (tell: () => void) => {
        interrupt = undefined;
        if (!ending) tell();
      };
      source.next().then(
        ({ done: isOver, value }) =>
          settle(() => {
            if (isOver) ending = "done";
            resolve(isOver ? done : { done: false, value });
          }),
        (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
    });
  };
  return { next, finish };
}

/** Asks for all permissions side by side and goes on asking; of several refusals the first in their order is told. */
export async function watchPermissions(
  watches: PermissionWatches,
  questions: readonly Question[],
  watcher: Omit<Watcher, "ended">,
): Promise<WatchedRun> {
  let failure: { readonly error: unknown } | undefined;
  let stop: ((failure: { readonly error: unknown }) => void) | undefined;
  const ended = (error: unknown) => {
    failure ??= { error };
    stop?.(failure);
    leave();
  };
  const joined: Watch[] = [];
  const leave = () => joined.forEach((watch) => watch.leave());

  const answers = await Promise.allSettled(
    questions.map((question) => watches.join(question, { ...watcher, ended })),
  );
  for (const answer of answers) if (answer.status === "fulfilled") joined.push(answer.value);
  for (const answer of answers) {
    if (answer.status === "fulfilled") continue;
    leave();
    throw answer.reason instanceof SettError
      ? answer.reason
      : new Error("A permission could not be asked for.", { cause: answer.reason });
  }

  return {
    grants: () => joined.map((watch) => watch.grant()),
    leave,
    over: <Event>(events: AsyncIterable<Event>) => {
      const run = endable(events);
      stop = run.finish;
      if (failure) {
        run.finish(failure);
        leave();
      }
      const iterator: AsyncIterableIterator<Event, undefined> = {
        next: async () => {
          try {
            const step = await run.next();
            if (step.done) leave();
            return step;
          } catch (error) {
            leave();
            throw error;
          }
        },
        return: () => {
          leave();
          run.finish("done");
          return Promise.resolve(done);
        },
        [Symbol.asyncIterator]: () => iterator,
      };
      return iterator;
    },
  };
}
