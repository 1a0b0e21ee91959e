import { CustomKind } from "./custom.kind.ts";
import {
  deployments,
  endpointSlices,
  events,
  pods,
  replicaSets,
  services,
  type Resource,
} from "./resource.kinds.ts";
import {
  configMaps,
  definitions,
  ingresses,
  leases,
  secrets,
  serviceAccounts,
  type Definition,
} from "./stored.kinds.ts";

const builtIn: readonly Resource[] = [
  ...[configMaps, endpointSlices, events, pods, secrets, serviceAccounts, services],
  ...[deployments, replicaSets, definitions, leases, ingresses],
] as readonly Resource[];

/** All kinds of objects that the API has: its own, and those that definitions tell of. */
export class ResourceRegistry {
  readonly #known = new Map<string, CustomKind>();
  readonly #served = new Set<string>();

  all(): readonly Resource[] {
    const custom = [...this.#known].filter(([name]) => this.#served.has(name)).map(([, kind]) => kind);
    return [...builtIn, ...custom];
  }

  find(group: string, version: string, plural: string): Resource | undefined {
    return this.all().find(
      (each) => each.group === group && each.version === version && each.plural === plural,
    );
  }

  /** Whether there is anything of a group and version. */
  has(group: string, version: string): boolean {
    return this.all().some((each) => each.group === group && each.version === version);
  }

  /** The kind that a definition tells of, whether or not it is served. */
  defined(name: string): CustomKind | undefined {
    return this.#known.get(name);
  }

  /** Serves what a definition tells of. */
  define(definition: Definition): CustomKind {
    const { name } = definition.metadata;
    const known = this.#known.get(name);
    known?.redefine(definition);
    const kind = known ?? new CustomKind(definition);
    this.#known.set(name, kind);
    this.#served.add(name);
    return kind;
  }

  /** Serves it no more. */
  withdraw(name: string): void {
    this.#served.delete(name);
  }
}
