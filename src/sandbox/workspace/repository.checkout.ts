import type { Commit } from "../gitea/git.objects.ts";
import { blobContent } from "../gitea/git.repository.ts";
import type { GiteaPlatform } from "../gitea/gitea.platform.ts";
import type { Repository } from "../gitea/repository.store.ts";

/** Who commits in a pod, whoever's project it is: change streams do not take it for somebody from outside. */
const author = { name: "LunchBadger", email: "support@lunchbadger.com" };

/** The least time between two pushes: what is committed meanwhile goes in one, or the history grew with every call. */
const pauseMs = 50;

type Texts = ReadonlyMap<string, string>;

/** A pod's working copy of its repository: pushes what the pod commits, and takes over what others push. */
export class RepositoryCheckout {
  readonly #platform: GiteaPlatform;
  readonly #repository: Repository;
  readonly #message: string;
  /** What the repository holds. */
  #pushed: Texts;
  /** What the pod has committed since. */
  #committed: Texts | undefined;
  #planned: NodeJS.Timeout | undefined;
  #pushedAt = 0;
  #isPushing = false;

  /** `message` is what its commits say. */
  constructor(platform: GiteaPlatform, repository: Repository, message = "Save the workspace") {
    this.#platform = platform;
    this.#repository = repository;
    this.#message = message;
    this.#pushed = textsOf(repository.git.branches.get(repository.defaultBranch)?.head);
  }

  /** Whether the push that is heard of just now is the pod's own. */
  get isPushing(): boolean {
    return this.#isPushing;
  }

  /** What the repository holds, by path. */
  files(): Record<string, string> {
    return Object.fromEntries(this.#pushed);
  }

  /** Commits all files; they are pushed when there is time for it. */
  commit(files: Readonly<Record<string, string>>): void {
    // What the pod writes outside of its folder is no part of the repository.
    this.#committed = new Map(Object.entries(files).filter(([path]) => !path.startsWith("../")));
    this.#planned ??= setTimeout(
      () => this.push(),
      Math.max(0, this.#pushedAt + pauseMs - Date.now()),
    ).unref();
  }

  /** Pushes what is committed and not pushed yet, as the repository's owner; nothing when nothing differs. */
  push(): void {
    this.close();
    const committed = this.#committed ?? this.#pushed;
    this.#committed = undefined;
    const files = differences(this.#pushed, committed);
    const { owner, name } = this.#repository;
    const isThere = this.#platform.findRepository(owner.login, name) === this.#repository;
    if (Object.keys(files).length === 0 || !isThere) return;
    this.#pushed = committed;
    this.#pushedAt = Date.now();
    this.#isPushing = true;
    try {
      const commits = [{ message: this.#message, files, author }];
      this.#platform.push(owner.login, name, { branch: this.#repository.defaultBranch, commits });
    } finally {
      this.#isPushing = false;
    }
  }

  /** What the files are after a push by somebody else: theirs, with what the pod had committed before that. */
  takeOver(head: Commit): Texts {
    const theirs = textsOf(head);
    const merged = new Map(theirs);
    const own = differences(this.#pushed, this.#committed ?? this.#pushed);
    for (const [path, text] of Object.entries(own)) {
      if (theirs.get(path) !== this.#pushed.get(path)) continue;
      if (text === null) merged.delete(path);
      else merged.set(path, text);
    }
    this.#pushed = theirs;
    this.#committed &&= merged;
    return merged;
  }

  /** Forgets the push that is planned. */
  close(): void {
    clearTimeout(this.#planned);
    this.#planned = undefined;
  }
}

function textsOf(commit: Commit | undefined): Texts {
  const files = [...(commit?.files ?? [])];
  return new Map(files.map(([path, sha]) => [path, blobContent(sha)?.toString("utf8") ?? ""]));
}

function differences(from: Texts, to: Texts): Record<string, string | null> {
  const changed = [...to].filter(([path, text]) => from.get(path) !== text);
  const gone = [...from.keys()].filter((path) => !to.has(path)).map((path) => [path, null] as const);
  return Object.fromEntries([...changed, ...gone]);
}
