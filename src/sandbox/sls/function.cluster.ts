import type { DescribedFunction } from "./serverless.document.ts";

/** A function that runs, with what it has written; the newest line is last. */
export interface DeployedFunction extends DescribedFunction {
  readonly deployedAt: Date;
  readonly logs: string[];
}

/** Hears of a function that has come or gone. */
export type FunctionListener = (deployed: DeployedFunction) => void;

/**
 * What kubeless runs, for all producers together: functions stay when the sls-api that deployed them is gone, and who
 * calls his function by another's name replaces it.
 */
export class FunctionCluster {
  /** Whether commands get through to it; tests take it away. */
  isReachable = true;
  readonly #deployed = new Map<string, DeployedFunction>();
  readonly #deployedListeners = new Set<FunctionListener>();
  readonly #removedListeners = new Set<FunctionListener>();

  /** Everything that runs, in the order it was deployed. */
  deployed(): readonly DeployedFunction[] {
    return [...this.#deployed.values()];
  }

  /** A function by the cluster's name for it, `fn-<producer>-<env>-<name>`. */
  find(name: string): DeployedFunction | undefined {
    return this.#deployed.get(name);
  }

  deploy(described: DescribedFunction): DeployedFunction {
    this.remove(described.name);
    const deployedAt = new Date();
    const deployed = { ...described, deployedAt, logs: [probed(deployedAt)] };
    this.#deployed.set(deployed.name, deployed);
    for (const listener of this.#deployedListeners) listener(deployed);
    return deployed;
  }

  /** Takes a function away, and says whether it was there. */
  remove(name: string): boolean {
    const deployed = this.#deployed.get(name);
    if (deployed === undefined) return false;
    this.#deployed.delete(name);
    for (const listener of this.#removedListeners) listener(deployed);
    return true;
  }

  onDeployed(listener: FunctionListener): void {
    this.#deployedListeners.add(listener);
  }

  onRemoved(listener: FunctionListener): void {
    this.#removedListeners.add(listener);
  }
}

/** What a function writes when the cluster looks after it. */
function probed(at: Date): string {
  const [, day, month, year, time] = /, (\d\d) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `127.0.0.1 - - [${day}/${month}/${year}:${time} +0000] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.11"`;
}
