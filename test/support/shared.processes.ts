import type { PoolRunnerInitializer } from "vitest/node";
import { ForksPoolWorker, type PoolOptions, type WorkerRequest } from "vitest/node";

/** A process that runs some files of tests, one after the other, and then ends. */
class SharedProcess extends ForksPoolWorker {
  override readonly name = "shared-processes";
  readonly #most: number;
  #taken = 0;

  constructor(options: PoolOptions, most: number) {
    super(options);
    this.#most = most;
  }

  override send(message: WorkerRequest): void {
    if (message.type === "run" || message.type === "collect") this.#taken += 1;
    super.send(message);
  }

  canReuse(): boolean {
    return this.#taken < this.#most;
  }
}

/**
 * Processes that several files of tests share, since to load the gateway takes longer than most of them run. None runs
 * more than so many: what the tests of a file held is let go of with the process, and a slip in one reaches few others.
 */
export function sharedProcesses(most: number): PoolRunnerInitializer {
  return {
    name: "shared-processes",
    createPoolWorker: (options) => new SharedProcess(options, most),
  };
}
