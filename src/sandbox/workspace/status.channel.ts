import { randomBytes, randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

/** What the pod tells of its running project. */
export interface WorkspaceStatus {
  status: "running" | "installing" | "crashed";
  output: string;
  /** Another one after each change from outside. */
  instance: string;
  id: 1;
  running: boolean;
  /** The commit that is checked out. */
  ws_git: string;
}

/** The status of a pod, and those who listen to it. */
export class StatusChannel {
  readonly #subscribers = new Set<ServerResponse>();
  readonly #installMs: number;
  #installed: NodeJS.Timeout | undefined;
  #status: WorkspaceStatus = {
    status: "running",
    output: "",
    instance: randomUUID(),
    id: 1,
    running: false,
    ws_git: newCommit(),
  };

  constructor(installMs: number) {
    this.#installMs = installMs;
  }

  get current(): WorkspaceStatus {
    return this.#status;
  }

  /** Opens a stream on a response, with the current state at once. */
  subscribe(response: ServerResponse): void {
    response.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-cache",
      Connection: "keep-alive",
      Vary: "Origin",
    });
    response.write(`:ok\n\n${this.#event()}`);
    this.#subscribers.add(response);
    response.once("close", () => void this.#subscribers.delete(response));
  }

  /** Changes something, which subscribers hear of even when it stays the same. */
  update(change: Partial<WorkspaceStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const subscriber of this.#subscribers) subscriber.write(this.#event());
  }

  /** After a save: the commit is another one. */
  committed(): void {
    this.update({ ws_git: newCommit() });
  }

  /** Installs the project's packages anew, which takes a while. */
  reinstall(): void {
    this.update({ status: "installing", output: 'Now running "yarn install"' });
    const installed = (): void => this.update({ status: "running", output: "" });
    clearTimeout(this.#installed);
    if (this.#installMs === 0) return installed();
    this.#installed = setTimeout(installed, this.#installMs).unref();
  }

  /** What a push from outside does: the files are reset to it, and all is installed anew. */
  pushedFromOutside(commit = newCommit()): void {
    const change = { instance: randomUUID(), ws_git: commit };
    this.#status = { ...this.#status, ...change };
    this.update({ status: "installing", output: 'Now running "yarn install"' });
    this.reinstall();
  }

  /** Cuts off who listens, as when the pod is gone. */
  close(): void {
    clearTimeout(this.#installed);
    for (const subscriber of this.#subscribers) subscriber.destroy();
  }

  #event(): string {
    const event = { target: 1, data: this.#status, type: "update" };
    return `event: data\ndata: ${JSON.stringify(event)}\n\n`;
  }
}

function newCommit(): string {
  return randomBytes(20).toString("hex");
}
