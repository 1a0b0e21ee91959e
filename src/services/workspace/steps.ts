import {
  SettError,
  StillUnderway,
  UpstreamRejected,
  UpstreamUnavailable,
  type UpstreamName,
} from "../../errors.ts";

/** One of several calls that make up a write. Doing it twice is doing it once. */
export interface Step<State> {
  /** What it does, in words for whoever asked for the write. */
  readonly title: string;
  readonly apply: () => Promise<void>;
  /** Whether what is there shows that it was done. */
  readonly isDone: (state: State) => boolean;
  /** Puts back what was there before. */
  readonly undo: () => Promise<void>;
}

/** What became of a step. */
export type StepOutcome = "DONE" | "UNDONE" | "LEFT" | "NOT_DONE";

/** A step as it is told of. */
export interface StepReport {
  readonly title: string;
  readonly outcome: StepOutcome;
}

interface Carried<State> {
  readonly state: State;
  readonly steps: readonly StepReport[];
}

/** What a write is done with. */
interface Means<State> {
  /** Reads what is there now. */
  readonly look: () => Promise<State>;
  /** Aborted when somebody else may be writing. */
  readonly lost: AbortSignal;
  /** Who is told of when something was not stored. */
  readonly upstream?: UpstreamName;
}

const notStored = (upstream: UpstreamName, title: string) =>
  new UpstreamRejected(upstream, `The service said yes to this and did not do it: ${title}.`);

/** A failure that leaves open whether the step was done: a look tells, unless it is still being done. */
const leavesOpen = (error: unknown) =>
  error instanceof UpstreamUnavailable && !(error instanceof StillUnderway);

/** Does a step; where the answer leaves open what was done, looks, and tries once more. */
async function attempt<State>(step: Step<State>, { look, lost }: Means<State>): Promise<void> {
  try {
    await step.apply();
  } catch (error) {
    if (!leavesOpen(error)) throw error;
    if (step.isDone(await look())) return;
    if (lost.aborted) throw error;
    await step.apply().catch(async (again: unknown) => {
      if (!leavesOpen(again) || !step.isDone(await look())) throw again;
    });
  }
}

/** Looks whether all was stored: an answer alone does not say so. What was not is done once more. */
async function verified<State>(steps: readonly Step<State>[], means: Means<State>): Promise<State> {
  const { look, lost, upstream = "workspace-api" } = means;
  const state = await look();
  const missing = steps.filter((step) => !step.isDone(state));
  if (missing.length === 0) return state;
  for (const step of missing) {
    if (lost.aborted) throw placeLost();
    await attempt(step, means);
  }
  const after = await look();
  const still = missing.find((step) => !step.isDone(after));
  if (still) throw notStored(upstream, still.title);
  return after;
}

/** Undoes steps, last first, and says of each whether it could be. */
async function undone<State>(steps: readonly Step<State>[]): Promise<ReadonlyMap<Step<State>, StepOutcome>> {
  const outcomes = new Map<Step<State>, StepOutcome>();
  for (const step of steps.toReversed()) {
    const outcome = await step.undo().then(
      () => "UNDONE" as const,
      () => "LEFT" as const,
    );
    outcomes.set(step, outcome);
  }
  return outcomes;
}

const placeLost = () => new UpstreamUnavailable("redis", "the lock was lost in the middle of a write");

/**
 * Does the steps of a write one after the other and reads back what is there then. When one fails for good, those
 * before it are undone, the failing one included, and the error says what became of each. Nothing is undone while a
 * step may still be under way, or somebody else be writing: it would not stay undone, or be the other's work.
 */
export async function carryOut<State>(
  steps: readonly Step<State>[],
  means: Means<State>,
): Promise<Carried<State>> {
  const { lost } = means;
  let begun = 0;
  try {
    for (const step of steps) {
      if (lost.aborted) throw placeLost();
      begun += 1;
      await attempt(step, means);
    }
    const state = await verified(steps, means);
    return { state, steps: steps.map(({ title }) => ({ title, outcome: "DONE" })) };
  } catch (error) {
    const done = steps.slice(0, begun);
    const isLeft = error instanceof StillUnderway || lost.aborted;
    const outcomes = isLeft ? new Map(done.map((step) => [step, "LEFT" as const])) : await undone(done);
    const report = steps.map((step) => ({
      title: step.title,
      outcome: outcomes.get(step) ?? "NOT_DONE",
    }));
    throw error instanceof SettError ? error.with({ steps: report }) : error;
  }
}
