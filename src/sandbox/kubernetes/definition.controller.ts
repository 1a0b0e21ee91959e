import { stamp } from "./kubernetes.object.ts";
import { deleteObject } from "./object.deletion.ts";
import { withFinalizers, writeOrRemove } from "./object.finalizers.ts";
import type { Change, ObjectStore } from "./object.store.ts";
import type { ResourceRegistry } from "./resource.registry.ts";
import { definitions, type Definition } from "./stored.kinds.ts";

const cleanup = "customresourcecleanup.apiextensions.k8s.io";

/** Serves the custom objects that definitions tell of, and takes them away with their definition. */
export class DefinitionController {
  readonly #store: ObjectStore;
  readonly #resources: ResourceRegistry;

  constructor(store: ObjectStore, resources: ResourceRegistry) {
    this.#store = store;
    this.#resources = resources;
  }

  /** Looks at all there is anew, for when the past has come back. */
  rebuild(): void {
    const known = this.#store.list(definitions);
    const names = new Set(known.map(({ metadata }) => metadata.name));
    for (const { group, plural, isCustom } of this.#resources.all()) {
      if (isCustom && !names.has(`${plural}.${group}`)) this.#resources.withdraw(`${plural}.${group}`);
    }
    for (const definition of known) this.#resources.define(definition);
  }

  /** The definition that a change is about. */
  definitionOf({ resource, object, type }: Pick<Change, "resource" | "object" | "type">): string | undefined {
    if ((resource as unknown) === definitions) return object.metadata.name;
    return resource.isCustom && type === "DELETED" ? `${resource.plural}.${resource.group}` : undefined;
  }

  /** Does what is to be done about a definition. */
  reconcile(name: string): void {
    const definition = this.#store.get(definitions, "", name);
    if (definition === undefined) return this.#resources.withdraw(name);
    const kind = this.#resources.define(definition);
    if (!definition.spec.versions.some(({ storage, served }) => storage && served))
      this.#resources.withdraw(name);
    const { finalizers = [], deletionTimestamp } = definition.metadata;
    if (deletionTimestamp === undefined) {
      const held = finalizers.includes(cleanup) ? finalizers : [...finalizers, cleanup];
      this.#store.update(definitions, withFinalizers(established(definition), held));
      return;
    }
    for (const object of this.#store.list(kind)) {
      if (object.metadata.deletionTimestamp === undefined) deleteObject(this.#store, kind, object);
    }
    if (this.#store.list(kind).length > 0 || !finalizers.includes(cleanup)) return;
    const left = finalizers.filter((each) => each !== cleanup);
    writeOrRemove(this.#store, definitions, withFinalizers(definition, left));
  }
}

function established(definition: Definition): Definition {
  if (definition.status["conditions"] !== null) {
    return { ...definition, status: { ...definition.status, acceptedNames: definition.spec.names } };
  }
  const lastTransitionTime = stamp();
  const conditions = [
    {
      ...{ type: "NamesAccepted", status: "True", lastTransitionTime, reason: "NoConflicts" },
      message: "no conflicts found",
    },
    {
      ...{ type: "Established", status: "True", lastTransitionTime, reason: "InitialNamesAccepted" },
      message: "the initial names have been accepted",
    },
  ];
  return {
    ...definition,
    status: { ...definition.status, conditions, acceptedNames: definition.spec.names },
  };
}
