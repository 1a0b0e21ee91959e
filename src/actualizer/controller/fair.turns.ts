import type { QueueAddOptions } from "p-queue";

type Run = () => Promise<unknown>;
type Options = Readonly<Partial<QueueAddOptions>>;

/**
 * Who of those that wait has the next turn. What is urgent goes first, but every second turn is of who waits longest, so that
 * no number of those that are urgent again and again keeps others waiting for ever.
 */
export class FairTurns {
  /** All that wait, by when they came. */
  readonly #waiting = new Map<string, Run>();
  /** Those of them that are urgent, by when they became so. */
  readonly #urgent = new Set<string>();
  #hasJumped = false;

  get size(): number {
    return this.#waiting.size;
  }

  enqueue(run: Run, { id = "", priority = 0 }: Options = {}): void {
    this.#waiting.set(id, run);
    if (priority > 0) this.#urgent.add(id);
  }

  dequeue(): Run | undefined {
    const [longest] = this.#waiting.keys();
    const [urgent] = this.#urgent;
    const next = this.#hasJumped ? longest : (urgent ?? longest);
    if (next === undefined) return undefined;
    this.#hasJumped = next !== longest;
    const run = this.#waiting.get(next);
    this.remove(next);
    return run;
  }

  setPriority(id: string, priority: number): void {
    if (priority > 0 && this.#waiting.has(id)) this.#urgent.add(id);
    else this.#urgent.delete(id);
  }

  remove(id: string): void {
    this.#waiting.delete(id);
    this.#urgent.delete(id);
  }

  filter({ priority = 0 }: Options): Run[] {
    const all = [...this.#waiting];
    return all.filter(([id]) => this.#urgent.has(id) === priority > 0).map(([, run]) => run);
  }
}
