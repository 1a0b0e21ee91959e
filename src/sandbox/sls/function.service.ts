import type { Commit } from "../gitea/git.objects.ts";
import type { Repository } from "../gitea/repository.store.ts";
import { ConnectionCut, type Handler } from "../http.ts";
import type { RepositoryCheckout } from "../workspace/repository.checkout.ts";
import { pass } from "../workspace/workspace.timing.ts";
import type { FunctionCluster } from "./function.cluster.ts";
import { FunctionCommands } from "./function.commands.ts";
import { FunctionFolders, type ServiceBody } from "./function.folders.ts";
import type { FunctionTiming } from "./function.timing.ts";
import { templateOf } from "./runtime.templates.ts";
import { languageOf, newDocument, type FunctionPlace, type NewService } from "./serverless.document.ts";
import { fileFailure, serverRoot } from "./sls.error.ts";
import { slsHandler } from "./sls.handler.ts";

/** What the sls-api of a producer's environment is made with. */
export interface FunctionServiceOptions {
  place: FunctionPlace;
  /** The repository that the functions are kept in. */
  repository: Repository;
  checkout: RepositoryCheckout;
  cluster: FunctionCluster;
  timing: FunctionTiming;
}

/** The sls-api of one producer's environment: it begins with what its repository holds, and both follow each other. */
export class FunctionService {
  readonly repository: Repository;
  readonly commands: FunctionCommands;
  readonly handle: Handler;
  readonly #place: FunctionPlace;
  readonly #checkout: RepositoryCheckout;
  readonly #timing: FunctionTiming;
  readonly #folders: FunctionFolders;
  #isGone = false;

  constructor({ place, repository, checkout, cluster, timing }: FunctionServiceOptions) {
    this.repository = repository;
    this.#place = place;
    this.#checkout = checkout;
    this.#timing = timing;
    this.#folders = new FunctionFolders(checkout.files());
    this.commands = new FunctionCommands(place, { folders: this.#folders, cluster, timing });
    const handle = slsHandler(this);
    this.handle = async (request) => {
      const reply = await handle(request);
      if (this.#isGone) throw new ConnectionCut();
      return reply;
    };
  }

  /** The names of all services. */
  names(): string[] {
    return this.#folders.names();
  }

  has(name: string): boolean {
    return this.#folders.has(name);
  }

  /** A service; one that is not there is told as an empty one. */
  read(name: string): ServiceBody {
    return this.#folders.read(name);
  }

  /** Makes a service out of its runtime's template. */
  async create(wanted: NewService): Promise<ServiceBody> {
    const language = languageOf(wanted.env);
    const files = templateOf(language, wanted.version);
    if (files === undefined) {
      throw fileFailure("ENOENT", "scandir", `${serverRoot}/lib/templates/${language}/${wanted.version}`);
    }
    this.#folders.create(wanted.name, newDocument(this.#place, wanted), files);
    return this.#committed(wanted.name);
  }

  async write(name: string, body: ServiceBody): Promise<ServiceBody> {
    this.#folders.write(name, body);
    return this.#committed(name);
  }

  /** Removes what a service has deployed, and then its folder. */
  async remove(name: string): Promise<{ msg: string }> {
    if (!this.has(name)) return { msg: "ALREADY_REMOVED" };
    await this.commands.remove(name);
    this.#folders.remove(name);
    await this.#committed(name);
    return { msg: "REMOVED" };
  }

  /** Pushes at once what would be pushed in a moment. */
  push(): void {
    this.#checkout.push();
  }

  /** Hears of a push to the repository: somebody else's is taken over. */
  hear(head: Commit): void {
    if (this.#checkout.isPushing) return;
    const { files } = this.#folders;
    const pushed = this.#checkout.takeOver(head);
    files.clear();
    for (const [path, text] of pushed) files.set(path, text);
  }

  /** Ends it: its connections are cut, and what it still does goes nowhere. */
  close(): void {
    this.#isGone = true;
    this.#checkout.close();
  }

  async #committed(name: string): Promise<ServiceBody> {
    await pass(this.#timing.writeMs);
    if (!this.#isGone) this.#checkout.commit(Object.fromEntries(this.#folders.files));
    return this.read(name);
  }
}
