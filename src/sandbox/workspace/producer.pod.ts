import type { Commit } from "../gitea/git.objects.ts";
import type { Repository } from "../gitea/repository.store.ts";
import { ConnectionCut, type Handler } from "../http.ts";
import { loopbackHandler } from "./loopback.server.ts";
import { projectRoutes, workspaceRoutes } from "./pod.routes.ts";
import { blankFiles, documentPath, packagePath } from "./project.template.ts";
import type { RepositoryCheckout } from "./repository.checkout.ts";
import { runningProject } from "./running-project.handler.ts";
import { isDisabled } from "./saved.document.ts";
import { WorkspaceState } from "./workspace.state.ts";
import type { WorkspaceTiming } from "./workspace.timing.ts";

/** What a producer's pod is made with. */
export interface ProducerPodOptions {
  /** The project's id: the producer and the environment. */
  id: string;
  repository: Repository;
  checkout: RepositoryCheckout;
  timing: WorkspaceTiming;
  damage: boolean;
}

/** The pod of one producer's environment: it begins with what its repository holds, and both follow each other. */
export class ProducerPod {
  readonly repository: Repository;
  readonly state: WorkspaceState;
  readonly projectApi: Handler;
  readonly workspaceApi: Handler;
  readonly runningProject: Handler;
  readonly #id: string;
  readonly #checkout: RepositoryCheckout;
  #isGone = false;

  constructor({ id, repository, checkout, timing, damage }: ProducerPodOptions) {
    this.#id = id;
    this.repository = repository;
    this.#checkout = checkout;
    const files = checkout.files();
    const onSaved = (saved: Record<string, string>): void => {
      if (!this.#isGone) this.#checkout.commit(saved);
    };
    this.state = new WorkspaceState({ id, files, timing, damage, onSaved });
    const { state } = this;
    const ready = (): Promise<void> => state.disk.idle();
    this.projectApi = this.#whileThere(loopbackHandler(projectRoutes(state), ready));
    this.workspaceApi = this.#whileThere(loopbackHandler(workspaceRoutes(state), ready));
    this.runningProject = this.#whileThere(runningProject(state));
  }

  /** Whether the pod runs no more: its connections are cut, and what it still does goes nowhere. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Pushes at once what would be pushed in a moment. */
  push(): void {
    this.#checkout.push();
  }

  /** Hears of a push to the repository: somebody else's resets the files, and the document may disable the pod. */
  hear(head: Commit): void {
    const isOwn = this.#checkout.isPushing;
    const files = isOwn ? undefined : this.#checkout.takeOver(head);
    if (isDisabled(this.#checkout.files()[documentPath], this.#id)) {
      // What was acknowledged before is not lost.
      if (!isOwn) this.push();
      this.close();
    } else if (files !== undefined) this.#reset(files, head.id);
  }

  close(): void {
    this.#isGone = true;
    this.#checkout.close();
    this.state.close();
  }

  #reset(pushed: ReadonlyMap<string, string>, commit: string): void {
    const blank = pushed.has(packagePath) ? [] : blankFiles(this.#id);
    const present = [...Object.keys(this.state.files()), documentPath].map((path) => [path, null] as const);
    const files = new Map<string, string | null>([...present, ...blank, ...pushed]);
    this.state.pushFromOutside(Object.fromEntries(files), commit);
  }

  #whileThere(handler: Handler): Handler {
    return async (request) => {
      const reply = this.#isGone ? undefined : await handler(request);
      if (reply === undefined || this.#isGone) throw new ConnectionCut();
      return reply;
    };
  }
}
