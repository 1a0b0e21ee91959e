import { SettError } from "../errors.ts";
import { ReadySource, takeFrom, type Ending } from "../live/ready.source.ts";
import type { Grant } from "./grant.ts";
import type { Failure, Holder, Watcher } from "./permission.group.ts";
import type { Question } from "./permission.question.ts";
import type { PermissionWatches, Watch } from "./permission.watches.ts";

/**
 * Events that several permissions stand for: when one is gone, the refusal, and nothing of what was still waiting;
 * whoever waits for the next one is told at once.
 */
class WatchedEvents extends ReadySource<unknown> implements WatchedRun, Watcher {
  readonly holder: Holder;
  private watches: readonly Watch[] = [];
  private source: ReadySource<unknown> | undefined;
  private failure: Failure | undefined;
  private listener: (() => void) | undefined;

  constructor(holder: Holder) {
    super();
    this.holder = holder;
  }

  /** Asks for all side by side; of several refusals the first in their order is told. */
  async join(watches: Pick<PermissionWatches, "join">, questions: readonly Question[]): Promise<void> {
    const answers = await Promise.allSettled(questions.map((question) => watches.join(question, this)));
    const refused = answers.find((answer) => answer.status === "rejected");
    if (!refused) {
      this.watches = (answers as PromiseFulfilledResult<Watch>[]).map(({ value }) => value);
      if (this.failure) this.leaveWatches();
      return;
    }
    for (const answer of answers) if (answer.status === "fulfilled") answer.value.leave();
    throw refused.reason instanceof SettError
      ? refused.reason
      : new Error("A permission could not be asked for.", { cause: refused.reason });
  }

  grants(): readonly Grant[] {
    return this.watches.map((watch) => watch.grant());
  }

  over(events: AsyncIterable<unknown>): ReadySource<unknown> {
    this.source = takeFrom(events);
    if (this.failure) this.source.leave();
    return this;
  }

  /** One of the permissions is gone. */
  ended(error: unknown): void {
    if (this.failure) return;
    this.failure = { error };
    this.leave();
    this.listener?.();
  }

  take(): unknown {
    return this.failure ? undefined : this.source?.take();
  }

  onReady(listener: () => void): void {
    this.listener = listener;
    this.source?.onReady(listener);
  }

  ending(): Ending | undefined {
    const ending = this.failure ?? this.source?.ending();
    if (ending) this.leaveWatches();
    return ending;
  }

  leave(): void {
    this.leaveWatches();
    this.source?.leave();
  }

  private leaveWatches(): void {
    for (const watch of this.watches) watch.leave();
  }
}

/** Several permissions that something runs on; the loss of one ends it. */
export interface WatchedRun {
  readonly grants: () => readonly Grant[];
  readonly leave: () => void;
  /** The same events, as long as the permissions are held. */
  readonly over: (events: AsyncIterable<unknown>) => ReadySource<unknown>;
}

/** Asks for permissions and goes on asking. */
export async function watchPermissions(
  watches: Pick<PermissionWatches, "join">,
  questions: readonly Question[],
  holder: Holder,
): Promise<WatchedRun> {
  const run = new WatchedEvents(holder);
  await run.join(watches, questions);
  return run;
}
