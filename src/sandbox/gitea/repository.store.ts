import { GitRepository } from "./git.repository.ts";
import { Problem } from "./problem.error.ts";
import type { Hook } from "./hook.store.ts";
import type { User } from "./user.store.ts";

/** What a collaborator may be given. */
export type CollaboratorLevel = "read" | "write" | "admin";

/** A repository of the sandbox. */
export interface Repository {
  readonly id: number;
  readonly owner: User;
  name: string;
  description: string;
  website: string;
  private: boolean;
  archivedAt?: Date | undefined;
  defaultBranch: string;
  hasIssues: boolean;
  hasWiki: boolean;
  readonly created: Date;
  updated: Date;
  readonly collaborators: Map<number, CollaboratorLevel>;
  readonly hooks: Hook[];
  readonly git: GitRepository;
}

/** What makes a new repository. */
export interface NewRepository {
  name: string;
  private?: boolean;
  description?: string;
  defaultBranch?: string;
}

const reserved = new Set([".", "..", "-"]);

/** The repositories, by id, by name and by who has them in his list; old names are remembered. */
export class RepositoryStore {
  readonly #byId = new Map<number, Repository>();
  readonly #byName = new Map<string, Repository>();
  readonly #formerNames = new Map<string, number>();
  readonly #heldBy = new Map<number, Set<Repository>>();
  /** Sorted lists, thrown away when something in them changes; key 0 is everything. */
  readonly #alphabetical = new Map<number, readonly Repository[]>();
  #lastId = 0;

  add(owner: User, wanted: NewRepository, created: Date): Repository {
    if (reserved.has(wanted.name)) throw new Problem(422, `name is reserved [name: ${wanted.name}]`);
    const key = keyOf(owner, wanted.name);
    if (this.#byName.has(key)) throw new Problem(409, "The repository with the same name already exists.");
    const repository: Repository = {
      id: ++this.#lastId,
      owner,
      name: wanted.name,
      description: wanted.description ?? "",
      website: "",
      private: wanted.private ?? false,
      defaultBranch: wanted.defaultBranch ?? "master",
      hasIssues: true,
      hasWiki: true,
      created,
      updated: created,
      collaborators: new Map(),
      hooks: [],
      git: new GitRepository(),
    };
    this.#byId.set(repository.id, repository);
    this.#byName.set(key, repository);
    this.#formerNames.delete(key);
    this.#hold(owner.id, repository);
    this.#alphabetical.delete(0);
    return repository;
  }

  byId(id: number): Repository | undefined {
    return this.#byId.get(id);
  }

  byName(owner: User, name: string): Repository | undefined {
    return this.#byName.get(keyOf(owner, name));
  }

  /** The repository which used to be called so. */
  byFormerName(owner: User, name: string): Repository | undefined {
    return this.#byId.get(this.#formerNames.get(keyOf(owner, name)) ?? 0);
  }

  /** What a user owns or collaborates on, by name. */
  heldBy(user: User): readonly Repository[] {
    return this.#sorted(user.id, () => this.#heldBy.get(user.id) ?? []);
  }

  /** What a user owns, oldest first. */
  ownedBy(user: User): Repository[] {
    return this.heldBy(user)
      .filter((repository) => repository.owner === user)
      .sort((a, b) => a.id - b.id);
  }

  /** Every repository, by name. */
  all(): readonly Repository[] {
    return this.#sorted(0, () => this.#byId.values());
  }

  setCollaborator(repository: Repository, user: User, level: CollaboratorLevel): void {
    repository.collaborators.set(user.id, level);
    this.#hold(user.id, repository);
  }

  removeCollaborator(repository: Repository, user: User): void {
    if (!repository.collaborators.delete(user.id)) return;
    this.#heldBy.get(user.id)?.delete(repository);
    this.#alphabetical.delete(user.id);
  }

  rename(repository: Repository, name: string): void {
    const key = keyOf(repository.owner, name);
    const holder = this.#byName.get(key);
    if (holder !== undefined && holder !== repository) {
      throw new Problem(422, `repo name is already taken [name: ${name}]`);
    }
    const former = keyOf(repository.owner, repository.name);
    this.#byName.delete(former);
    if (former !== key) this.#formerNames.set(former, repository.id);
    this.#formerNames.delete(key);
    repository.name = name;
    this.#byName.set(key, repository);
    this.#alphabetical.clear();
  }

  remove(repository: Repository): void {
    this.#byId.delete(repository.id);
    this.#byName.delete(keyOf(repository.owner, repository.name));
    for (const id of [repository.owner.id, ...repository.collaborators.keys()]) {
      this.#heldBy.get(id)?.delete(repository);
      this.#alphabetical.delete(id);
    }
    this.#alphabetical.delete(0);
  }

  #hold(userId: number, repository: Repository): void {
    const held = this.#heldBy.get(userId);
    if (held === undefined) this.#heldBy.set(userId, new Set([repository]));
    else held.add(repository);
    this.#alphabetical.delete(userId);
  }

  #sorted(key: number, list: () => Iterable<Repository>): readonly Repository[] {
    const known = this.#alphabetical.get(key);
    if (known !== undefined) return known;
    const sorted = [...list()].sort((a, b) => (a.name === b.name ? a.id - b.id : a.name < b.name ? -1 : 1));
    this.#alphabetical.set(key, sorted);
    return sorted;
  }
}

function keyOf(owner: User, name: string): string {
  return `${owner.id}/${name.toLowerCase()}`;
}
