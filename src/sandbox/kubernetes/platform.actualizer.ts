import type { Commit } from "../gitea/git.objects.ts";
import type { GiteaPlatform } from "../gitea/gitea.platform.ts";
import type { FunctionCluster } from "../sls/function.cluster.ts";
import { documentPath } from "../workspace/project.template.ts";
import { deployments, services } from "./resource.kinds.ts";
import type { ObjectStore } from "./object.store.ts";
import { functionWorkload, workloadsOf } from "./producer.workloads.ts";
import { deploymentOf, serviceOf, type Workload } from "./workload.templates.ts";

/** The platform whose producers are to run. */
export interface ActualizerOptions {
  readonly platform: GiteaPlatform;
  readonly functions: FunctionCluster;
  /** What the logins of producers begin with. */
  readonly prefix: string;
  readonly environments: readonly string[];
  readonly functionsRepository: string;
  readonly namespace: string;
  /**
   * Who makes what runs of what is saved: the sandbox, unless told otherwise, or somebody outside of it. Functions are
   * sls-api's in any case.
   */
  readonly actualized?: "here" | "outside";
}

/** Makes the cluster run what the producers have: compares, and changes what differs from what it last asked for. */
export class PlatformActualizer {
  readonly #options: ActualizerOptions;
  readonly #store: ObjectStore;
  readonly #known = new WeakMap<Commit, readonly Workload[]>();
  /** What was asked for last, by name. */
  readonly #applied = new Map<string, string>();
  readonly #workloads = new Map<string, Workload>();

  constructor(store: ObjectStore, options: ActualizerOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** The workload that a deployment was made for. */
  workload(name: string): Workload | undefined {
    return this.#workloads.get(name);
  }

  /** Compares once. */
  actualize(): void {
    const wanted = new Map(this.#wanted().map((each) => [each.name, each]));
    for (const name of this.#applied.keys()) if (!wanted.has(name)) this.#remove(name);
    for (const workload of wanted.values()) this.#apply(workload);
  }

  /** A function that is deployed again is another one, though it may look the same. */
  replace(name: string): void {
    if (this.#applied.has(name)) this.#remove(name);
  }

  #wanted(): readonly Workload[] {
    const { platform, environments, functions, actualized } = this.#options;
    const ofFunctions = functions.deployed().map(functionWorkload);
    if (actualized === "outside") return ofFunctions;
    const ofProducers = platform
      .logins()
      .flatMap((login) => environments.flatMap((env) => this.#ofEnvironment(login, env)));
    return [...ofProducers, ...ofFunctions];
  }

  #ofEnvironment(login: string, env: string): readonly Workload[] {
    const { platform, prefix, functionsRepository } = this.#options;
    if (!login.startsWith(`${prefix}-`)) return [];
    const repository = platform.findRepository(login, env);
    const head = repository?.git.branches.get(repository.defaultBranch)?.head;
    const isWhole = platform.findRepository(login, functionsRepository) !== undefined;
    if (repository === undefined || !isWhole) return [];
    const place = { producer: login.slice(prefix.length + 1), env };
    if (head === undefined) return workloadsOf(place, undefined);
    const known = this.#known.get(head) ?? workloadsOf(place, platform.readFile(login, env, documentPath));
    this.#known.set(head, known);
    return known;
  }

  #apply(workload: Workload): void {
    const { namespace } = this.#options;
    const { name } = workload;
    const text = JSON.stringify(workload);
    const present = this.#store.get(deployments, namespace, name);
    if (present !== undefined && this.#applied.get(name) === text) return;
    this.#applied.set(name, text);
    this.#workloads.set(name, workload);
    const wanted = deploymentOf(workload);
    if (this.#store.get(services, namespace, name) === undefined) {
      this.#store.create(services, namespace, serviceOf(workload));
    }
    if (present === undefined) return void this.#store.create(deployments, namespace, wanted);
    const { annotations } = present.spec.template.metadata;
    const { metadata, spec } = wanted.spec.template;
    // Somebody else's annotations stay: a restart that was asked for is no reason for another one.
    const template = {
      metadata: { ...metadata, ...(annotations === undefined ? {} : { annotations }) },
      spec,
    };
    this.#store.update(deployments, {
      ...present,
      metadata: { ...present.metadata, labels: workload.labels },
      spec: { ...present.spec, template },
    });
  }

  #remove(name: string): void {
    const { namespace } = this.#options;
    this.#applied.delete(name);
    this.#store.delete(deployments, namespace, name);
    this.#store.delete(services, namespace, name);
  }
}
