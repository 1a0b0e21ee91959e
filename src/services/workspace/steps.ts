import { SettError, UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";

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
}

const notStored = (title: string) =>
  new UpstreamRejected("workspace-api", `The workspace said yes to this and did not do it: ${title}.`);

/** A failure that leaves open whether the step was done: only a look tells. */
const leavesOpen = (error: unknown) => error instanceof UpstreamUnavailable;

/** Does a step; where the answer leaves open what was done, looks, and tries once more. */
async function attempt<State>(step: Step<State>, look: () => Promise<State>): Promise<void> {
  try {
    await step.apply();
  } catch (error) {
    if (!leavesOpen(error)) throw error;
    if (step.isDone(await look())) return;
    await step.apply().catch(async (again: unknown) => {
      if (!leavesOpen(again) || !step.isDone(await look())) throw again;
    });
  }
}

/** Looks whether all was stored: an answer alone does not say so. What was not is done once more. */
async function verified<State>(steps: readonly Step<State>[], look: () => Promise<State>): Promise<State> {
  const state = await look();
  const missing = steps.filter((step) => !step.isDone(state));
  if (missing.length === 0) return state;
  for (const step of missing) await attempt(step, look);
  const after = await look();
  const still = missing.find((step) => !step.isDone(after));
  if (still) throw notStored(still.title);
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

/**
 * Does the steps of a write one after the other and reads back what is there then. When one fails for good, those
 * before it are undone, the failing one included, and the error says what became of each.
 */
export async function carryOut<State>(
  steps: readonly Step<State>[],
  { look, lost }: Means<State>,
): Promise<Carried<State>> {
  let begun = 0;
  try {
    for (const step of steps) {
      if (lost.aborted) throw new UpstreamUnavailable("redis", "the lock was lost between two steps");
      begun += 1;
      await attempt(step, look);
    }
    const state = await verified(steps, look);
    return { state, steps: steps.map(({ title }) => ({ title, outcome: "DONE" })) };
  } catch (error) {
    const outcomes = await undone(steps.slice(0, begun));
    const report = steps.map((step) => ({
      title: step.title,
      outcome: outcomes.get(step) ?? "NOT_DONE",
    }));
    throw error instanceof SettError ? error.with({ steps: report }) : error;
  }
}
