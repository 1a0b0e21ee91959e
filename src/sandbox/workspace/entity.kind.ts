import { textOf, type Entity } from "./loopback.body.ts";
import type { Issue } from "./loopback.error.ts";
import type { Files } from "./project.disk.ts";

/** One kind of things the Workspace API keeps in a project's files. */
export interface Kind {
  readonly name: string;
  /** The last part of its address. */
  readonly plural: string;
  /** Whether a write of it ends with a commit. */
  readonly committed: boolean;
  /** The parts by which it is looked at in an `include`. */
  readonly relations: Readonly<Record<string, (files: Files, id: string) => Entity[]>>;
  /** Everything there is, as reads tell it, in the order of ids. */
  list(files: Files): Entity[];
  /** What is to be stored of a body: ids are computed, some fields are dropped. */
  taken(body: Entity, files: Files): Entity;
  /** What is wrong with it; `sentId` is the id of the body, which says whether something is replaced. */
  issues(entity: Entity, files: Files, sentId: unknown): Issue[];
  /** Stores it in place of what has its id. */
  put(files: Files, entity: Entity, before: Files): void;
  /** Removes it and tells how many there were. */
  remove(files: Files, id: string): number;
  /** The file that is about it alone. */
  ownFile?(entity: Entity): string | undefined;
}

/** The facet a project keeps everything in; what is sent for another is acknowledged and dropped. */
export const serverFacet = "server";

/** `facet.name`, leaving out what is not there. */
export function idOf(...parts: unknown[]): string {
  const present = parts.filter((part) => part !== undefined && part !== null);
  return present.map(textOf).join(".");
}

/** A copy without some fields. */
export function without(entity: Entity, ...names: string[]): Entity {
  return Object.fromEntries(Object.entries(entity).filter(([name]) => !names.includes(name)));
}

/** In the order of ids, byte by byte as the real one sorts. */
export function sorted(entities: readonly Entity[]): Entity[] {
  return entities.toSorted((one, other) => (String(one["id"]) < String(other["id"]) ? -1 : 1));
}
