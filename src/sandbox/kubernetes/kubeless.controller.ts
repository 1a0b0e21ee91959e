import type { FunctionCluster } from "../sls/function.cluster.ts";
import { functionWorkload } from "./function.workload.ts";
import type { ObjectStore } from "./object.store.ts";
import { deployments, services } from "./resource.kinds.ts";
import { deploymentOf, serviceOf, type Workload } from "./workload.templates.ts";

interface Parts {
  readonly store: ObjectStore;
  readonly functions: FunctionCluster;
  readonly namespace: string;
}

/** Runs the functions that are deployed, as kubeless does: whoever asked for them may be gone. */
export class KubelessController {
  readonly #parts: Parts;
  readonly #workloads = new Map<string, Workload>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What a function writes when it starts, by the name of its deployment. */
  greetingOf(name: string): readonly string[] | undefined {
    return this.#workloads.get(name)?.greeting;
  }

  /** Compares once: what is deployed runs, and what was runs no more. */
  compare(): void {
    const wanted = new Map(
      this.#parts.functions
        .deployed()
        .map(functionWorkload)
        .map((each) => [each.name, each]),
    );
    for (const name of this.#workloads.keys()) if (!wanted.has(name)) this.remove(name);
    for (const workload of wanted.values()) this.#run(workload);
  }

  /** A function that is deployed again is another one, though it may look the same. */
  remove(name: string): void {
    const { store, namespace } = this.#parts;
    if (!this.#workloads.delete(name)) return;
    store.delete(deployments, namespace, name);
    store.delete(services, namespace, name);
  }

  #run(workload: Workload): void {
    const { store, namespace } = this.#parts;
    const { name } = workload;
    this.#workloads.set(name, workload);
    if (store.get(services, namespace, name) === undefined) {
      store.create(services, namespace, serviceOf(workload));
    }
    if (store.get(deployments, namespace, name) === undefined) {
      store.create(deployments, namespace, deploymentOf(workload));
    }
  }
}
