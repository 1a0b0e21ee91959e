import { DeploymentController } from "./deployment.controller.ts";
import { EndpointController } from "./endpoint.controller.ts";
import type { ObjectStore } from "./object.store.ts";

/** Lets the controllers have their turn: a moment after a change, once for however many changes there were. */
export class ClusterControllers {
  readonly #deployments: DeploymentController;
  readonly #endpoints: EndpointController;
  readonly #dirtyDeployments = new Set<string>();
  readonly #dirtyServices = new Set<string>();
  #isPlanned = false;

  constructor(store: ObjectStore) {
    this.#deployments = new DeploymentController(store);
    this.#endpoints = new EndpointController(store);
    store.onChange((change) => {
      const deployment = DeploymentController.keyOf(change);
      if (deployment !== undefined) this.#dirtyDeployments.add(deployment);
      for (const service of this.#endpoints.servicesOf(change)) this.#dirtyServices.add(service);
      if (this.#isPlanned || this.#dirtyDeployments.size + this.#dirtyServices.size === 0) return;
      this.#isPlanned = true;
      queueMicrotask(() => this.settle());
    });
  }

  /** Looks at all there is anew, for when the past has come back. */
  rebuild(): void {
    this.#deployments.rebuild();
  }

  /** Does at once all there is to do. */
  settle(): void {
    this.#isPlanned = true;
    while (this.#dirtyDeployments.size + this.#dirtyServices.size > 0) {
      for (const key of this.#dirtyDeployments) {
        this.#dirtyDeployments.delete(key);
        this.#deployments.reconcile(key);
      }
      for (const key of this.#dirtyServices) {
        this.#dirtyServices.delete(key);
        this.#endpoints.reconcile(key);
      }
    }
    this.#isPlanned = false;
  }
}
