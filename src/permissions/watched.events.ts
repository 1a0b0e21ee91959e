import { SettError } from "../errors.ts";
import { ReadySource, takeFrom, type Ending } from "../live/ready.source.ts";
import type { Grant } from "./grant.ts";
import type { Watcher } from "./permission.group.ts";
import type { Question } from "./permission.question.ts";
import type { PermissionWatches, Watch } from "./permission.watches.ts";

/** Several permissions that something runs on; the loss of one ends it. */
export interface WatchedRun {
  readonly grants: () => readonly Grant[];
  readonly leave: () => void;
  /** The same events, until a permission is gone: then the refusal, and nothing of what was still waiting. */
  readonly over: <Event>(events: AsyncIterable<Event>) => ReadySource<Event>;
}

interface Failure {
  readonly error: unknown;
}

/** The same events until they are stopped from outside: whoever waits for the next one is told at once. */
class WatchedEvents<Event> extends ReadySource<Event> {
  private readonly source: ReadySource<Event>;
  private readonly leaveWatches: () => void;
  private failure: Failure | undefined;
  private listener: (() => void) | undefined;

  constructor(source: ReadySource<Event>, leaveWatches: () => void) {
    super();
    this.source = source;
    this.leaveWatches = leaveWatches;
  }

  take(): Event | undefined {
    return this.failure ? undefined : this.source.take();
  }

  onReady(listener: () => void): void {
    this.listener = listener;
    this.source.onReady(listener);
  }

  ending(): Ending | undefined {
    const ending = this.failure ?? this.source.ending();
    if (ending) this.leaveWatches();
    return ending;
  }

  leave(): void {
    this.leaveWatches();
    this.source.leave();
  }

  stop(failure: Failure): void {
    this.failure = failure;
    this.leave();
    this.listener?.();
  }
}

/** Asks for all permissions side by side and goes on asking; of several refusals the first in their order is told. */
export async function watchPermissions(
  watches: PermissionWatches,
  questions: readonly Question[],
  watcher: Omit<Watcher, "ended">,
): Promise<WatchedRun> {
  let failure: Failure | undefined;
  let stop: ((failure: Failure) => void) | undefined;
  const ended = (error: unknown) => {
    failure ??= { error };
    leave();
    stop?.(failure);
  };
  const joined: Watch[] = [];
  const leave = () => joined.forEach((watch) => watch.leave());

  const answers = await Promise.allSettled(
    // Written out, because objects that are spread take several times the room, and there are thousands.
    questions.map((question) =>
      watches.join(question, {
        callerKey: watcher.callerKey,
        renew: watcher.renew,
        refusal: watcher.refusal,
        ended,
      }),
    ),
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
      const watched = new WatchedEvents(takeFrom(events), leave);
      stop = (lost) => watched.stop(lost);
      if (failure) watched.stop(failure);
      return watched;
    },
  };
}
