import { accessOf, type Access } from "./permission.rule.ts";
import type { Commit, Signature } from "./git.objects.ts";
import { blobContent, type FileChanges } from "./git.repository.ts";
import type { GiteaState, PushListener } from "./gitea.state.ts";
import { newHook, type Hook, type NewHook } from "./hook.store.ts";
import type { Key } from "./key.store.ts";
import { branchDeleted, pushed } from "./push.event.ts";
import type { CollaboratorLevel, NewRepository, Repository } from "./repository.store.ts";
import { removeUser } from "./user.removal.ts";
import type { NewUser, User } from "./user.store.ts";

/** New text by path; null takes the file away. */
export type Files = Readonly<Record<string, string | null>>;

/** A push as git would make it: several commits at once, by anybody. */
export interface PushedCommits {
  branch?: string;
  /** Who pushes; the owner unless told otherwise. */
  by?: string;
  commits: { message: string; files: Files; author?: Pick<Signature, "name" | "email"> }[];
}

/** The state of a sandbox Gitea for seeding and tests: every function is immediate, and none asks who may. */
export class GiteaPlatform {
  readonly #state: GiteaState;

  constructor(state: GiteaState) {
    this.#state = state;
  }

  addUser(user: NewUser): User {
    return this.#state.users.add(user, this.#state.now());
  }

  user(login: string): User {
    return found(this.#state.users.byLogin(login), `user ${login}`);
  }

  /** Of all accounts that there are. */
  logins(): readonly string[] {
    return this.#state.users.alphabetical().map(({ login }) => login);
  }

  removeUser(login: string): void {
    removeUser(this.#state, this.user(login));
  }

  renameUser(login: string, newLogin: string): void {
    this.#state.users.rename(this.user(login), newLogin);
  }

  /** Adds a personal token; without scopes it may do everything. */
  addToken(login: string, secret: string, scopes: readonly string[] = ["all"]): void {
    this.#state.tokens.add(this.user(login), this.#state.now(), { secret, scopes });
  }

  /** Adds an access token as the OAuth2 flow would give it, and returns it. */
  addOauthToken(login: string, expiresInSeconds = 3600): string {
    return this.#state.tokens.addOauth(this.user(login), this.#state.now(), expiresInSeconds).secret;
  }

  revokeToken(secret: string): void {
    const token = this.#state.tokens.find(secret, this.#state.now());
    if (token !== undefined) this.#state.tokens.remove(token);
  }

  /** Adds a repository, private unless told otherwise; with files it has a first commit by its owner. */
  addRepository(
    login: string,
    name: string,
    wanted: Omit<NewRepository, "name"> & { files?: Files } = {},
  ): Repository {
    const { files, ...rest } = wanted;
    const owner = this.user(login);
    const repository = this.#state.repositories.add(
      owner,
      { private: true, ...rest, name },
      this.#state.now(),
    );
    if (files !== undefined) {
      repository.git.commit(repository.defaultBranch, changesOf(files), {
        author: this.#sign(owner),
        message: "Initial commit",
      });
    }
    return repository;
  }

  /** The repository, if there is such a user and such a repository. */
  findRepository(login: string, name: string): Repository | undefined {
    const owner = this.#state.users.byLogin(login);
    return owner && this.#state.repositories.byName(owner, name);
  }

  /** Tells of every push at once, whoever makes it. */
  onPush(listener: PushListener): void {
    this.#state.pushListeners.add(listener);
  }

  repository(login: string, name: string): Repository {
    return found(this.#state.repositories.byName(this.user(login), name), `repository ${login}/${name}`);
  }

  renameRepository(login: string, name: string, newName: string): void {
    this.#state.repositories.rename(this.repository(login, name), newName);
  }

  removeRepository(login: string, name: string): void {
    this.#state.repositories.remove(this.repository(login, name));
  }

  setCollaborator(login: string, name: string, collaborator: string, level: CollaboratorLevel): void {
    this.#state.repositories.setCollaborator(this.repository(login, name), this.user(collaborator), level);
  }

  removeCollaborator(login: string, name: string, collaborator: string): void {
    this.#state.repositories.removeCollaborator(this.repository(login, name), this.user(collaborator));
  }

  /** What a user may do with a repository; nobody in particular when no user is named. */
  accessOf(user: string | undefined, login: string, name: string): Access {
    return accessOf(user === undefined ? undefined : this.user(user), this.repository(login, name));
  }

  addKey(login: string, title: string, content: string): Key {
    return this.#state.keys.add(this.user(login), title, content, this.#state.now());
  }

  /** The keys of a user, oldest first. */
  keysOf(login: string): readonly Key[] {
    return this.#state.keys.of(this.user(login));
  }

  /** Adds a webhook, active unless told otherwise. */
  addHook(login: string, name: string, wanted: NewHook): Hook {
    const hook = newHook(this.#state.nextHookId(), { active: true, ...wanted }, this.#state.now());
    this.repository(login, name).hooks.push(hook);
    return hook;
  }

  /** Commits and pushes, with the webhooks that follow from it; returns the new head. */
  push(login: string, name: string, { branch: wanted, by = login, commits }: PushedCommits): Commit {
    const repository = this.repository(login, name);
    const doer = this.user(by);
    const branch = wanted ?? repository.defaultBranch;
    const { git } = repository;
    const before = git.branches.get(branch)?.head;
    const base = git.branches.get(repository.defaultBranch)?.head;
    if (before === undefined && base !== undefined)
      git.branches.set(branch, { name: branch, head: base, listedFrom: 0 });
    for (const { message, files, author } of commits) {
      git.commit(branch, changesOf(files), { author: { ...this.#sign(doer), ...author }, message });
    }
    const after = found(git.branches.get(branch), `branch ${branch}`).head;
    pushed(this.#state, repository, doer, { branch, before, after });
    return after;
  }

  /** Removes a branch as a push would, with the webhook that follows from it. */
  deleteBranch(login: string, name: string, branch: string): void {
    const repository = this.repository(login, name);
    if (repository.git.branches.delete(branch))
      branchDeleted(this.#state, repository, this.user(login), branch);
  }

  /** The text of a file; undefined when there is none. */
  readFile(login: string, name: string, path: string, branch?: string): string | undefined {
    const repository = this.repository(login, name);
    const sha = repository.git.branches.get(branch ?? repository.defaultBranch)?.head.files.get(path);
    return sha === undefined ? undefined : blobContent(sha)?.toString("utf8");
  }

  #sign(user: User): Signature {
    return { name: user.fullName || user.login, email: user.email, date: this.#state.now() };
  }
}

function changesOf(files: Files): FileChanges {
  return new Map(
    Object.entries(files).map(([path, text]) => [path, text === null ? null : Buffer.from(text)]),
  );
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the sandbox has no ${what}`);
  return value;
}
