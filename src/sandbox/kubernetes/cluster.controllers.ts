import { DefinitionController } from "./definition.controller.ts";
import { DeploymentController } from "./deployment.controller.ts";
import { EndpointController } from "./endpoint.controller.ts";
import { GarbageController } from "./garbage.controller.ts";
import type { ObjectStore } from "./object.store.ts";
import type { ResourceRegistry } from "./resource.registry.ts";

/** A controller's share of the work: what there is to look at, each thing once. */
interface Work {
  readonly dirty: Set<string>;
  readonly reconcile: (key: string) => void;
}

/** Lets the controllers have their turn: a moment after a change, once for however many changes there were. */
export class ClusterControllers {
  readonly #deployments: DeploymentController;
  readonly #definitions: DefinitionController;
  readonly #garbage: GarbageController;
  readonly #endpoints: EndpointController;
  readonly #resources: ResourceRegistry;
  readonly #work: readonly Work[];
  #isPlanned = false;

  constructor(store: ObjectStore, resources: ResourceRegistry) {
    this.#resources = resources;
    this.#deployments = new DeploymentController(store);
    this.#definitions = new DefinitionController(store, resources);
    this.#garbage = new GarbageController(store);
    this.#endpoints = new EndpointController(store);
    const work = (reconcile: (key: string) => void): Work => ({ dirty: new Set(), reconcile });
    const definitions = work((name) => this.#definitions.reconcile(name));
    const garbage = work((uid) => this.#garbage.reconcile(uid));
    const deployments = work((key) => this.#deployments.reconcile(key));
    const services = work((key) => this.#endpoints.reconcile(key));
    this.#work = [definitions, garbage, deployments, services];
    store.onChange((change) => {
      const definition = this.#definitions.definitionOf(change);
      if (definition !== undefined) definitions.dirty.add(definition);
      for (const uid of this.#garbage.hear(change)) garbage.dirty.add(uid);
      const deployment = DeploymentController.keyOf(change);
      if (deployment !== undefined) deployments.dirty.add(deployment);
      for (const service of this.#endpoints.hear(change)) services.dirty.add(service);
      if (this.#isPlanned || !this.#hasWork()) return;
      this.#isPlanned = true;
      queueMicrotask(() => this.settle());
    });
  }

  /** Looks at all there is anew, for when the past has come back. */
  rebuild(): void {
    this.#definitions.rebuild();
    this.#garbage.rebuild(this.#resources.all());
    this.#deployments.rebuild();
    this.#endpoints.rebuild();
  }

  /** Does at once all there is to do. */
  settle(): void {
    this.#isPlanned = true;
    while (this.#hasWork()) {
      for (const { dirty, reconcile } of this.#work) {
        for (const key of dirty) {
          dirty.delete(key);
          reconcile(key);
        }
      }
    }
    this.#isPlanned = false;
  }

  #hasWork(): boolean {
    return this.#work.some(({ dirty }) => dirty.size > 0);
  }
}
