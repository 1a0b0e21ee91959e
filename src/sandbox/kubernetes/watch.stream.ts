import type { ServerResponse } from "node:http";
import type { Fields } from "./kubernetes.object.ts";
import type { Change, ObjectStore } from "./object.store.ts";
import type { Selector } from "./object.selector.ts";
import type { ObjectView } from "./object.view.ts";
import type { Resource } from "./resource.kinds.ts";

/** What somebody watches, and how he wants to be told. */
export interface WatchOptions {
  readonly resource: Resource;
  readonly selects: Selector;
  readonly view: ObjectView;
  /** What he has seen; undefined when he is to be told of everything there is first. */
  readonly from: number | undefined;
  readonly timeoutMs: number;
  /** How often he is told of the version alone; undefined when he did not ask for it. */
  readonly bookmarkMs: number | undefined;
  /** Whether he is told when he has been told of everything there is. */
  readonly marksEnd: boolean;
}

/** How the lines of a watch get to who reads them; tests hold them up. */
export interface LineGate {
  /** Hands a line on when it is time. */
  pass(write: () => void): void;
}

/** A watch: lines of JSON on a response that stays open, each a change of something. */
export class WatchStream {
  readonly #store: ObjectStore;
  readonly #options: WatchOptions;
  readonly #response: ServerResponse;
  readonly #gate: LineGate;
  #marked = 0;

  constructor(store: ObjectStore, response: ServerResponse, gate: LineGate, options: WatchOptions) {
    this.#store = store;
    this.#response = response;
    this.#gate = gate;
    this.#options = options;
  }

  start(): void {
    const { from, timeoutMs, bookmarkMs } = this.#options;
    this.#response.writeHead(200, {
      "Content-Type": "application/json",
      "Cache-Control": "no-cache, private",
    });
    this.#response.flushHeaders();
    const { watch: floor } = this.#store.floors;
    if (from !== undefined && from < floor)
      return this.expire(`too old resource version: ${from} (${floor})`);
    if (from === undefined) this.#tellAll();
    else for (const change of this.#store.since(from)) this.#tell(change);
    this.#marked = from ?? this.#store.version;

    const unsubscribe = this.#store.onChange((change) => this.#tell(change));
    const timers = [setTimeout(() => this.end(), timeoutMs)];
    if (bookmarkMs !== undefined) {
      timers.push(setInterval(() => this.bookmark(), bookmarkMs));
      // The last one comes shortly before the end, so that nothing has to be told twice by the next watch.
      if (timeoutMs > 2000) timers.push(setTimeout(() => this.bookmark(), timeoutMs - 1150));
    }
    for (const timer of timers) timer.unref();
    this.#response.once("close", () => {
      unsubscribe();
      for (const timer of timers) clearTimeout(timer);
    });
  }

  /** Whether it takes bookmarks. */
  get takesBookmarks(): boolean {
    return this.#options.bookmarkMs !== undefined;
  }

  /** Tells of the version alone, unless nothing has changed since that was told. */
  bookmark(): void {
    const { version } = this.#store;
    if (version > this.#marked)
      this.#send("BOOKMARK", this.#options.view.bookmark({ resourceVersion: String(version) }));
    this.#marked = Math.max(this.#marked, version);
  }

  /** Says that it cannot go on from where it is, and ends. */
  expire(message: string): void {
    const status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message };
    this.#send("ERROR", { ...status, reason: "Expired", code: 410 });
    this.end();
  }

  /** Writes anything. */
  write(text: string): void {
    this.#gate.pass(() => {
      if (!this.#response.writableEnded && !this.#response.destroyed) this.#response.write(text);
    });
  }

  /** Ends it as if all were well. */
  end(): void {
    this.#gate.pass(() => void this.#response.end());
  }

  /** Cuts the connection. */
  drop(): void {
    this.#response.destroy();
  }

  #tellAll(): void {
    const { resource, selects, view, marksEnd } = this.#options;
    const { version } = this.#store;
    for (const object of this.#store.list(resource).filter(selects)) this.#send("ADDED", view.one(object));
    if (!marksEnd) return;
    const annotations = { "k8s.io/initial-events-end": "true" };
    this.#send("BOOKMARK", view.bookmark({ resourceVersion: String(version), annotations }));
  }

  #tell({ resource, version, type, object, before }: Change): void {
    const { from = 0, resource: own, selects, view } = this.#options;
    // A version that is ahead of the server's means silence until the server has got there.
    if (resource !== own || version <= from) return;
    const was = before !== undefined && selects(before);
    const is = type !== "DELETED" && selects(object);
    if (!was && !is) return;
    if (is) return this.#send(was ? "MODIFIED" : "ADDED", view.one(object));
    // Who leaves the selection is told of as deleted: as he was before, with the version of the change.
    const { resourceVersion } = object.metadata;
    const last = type === "DELETED" || before === undefined ? object : before;
    this.#send("DELETED", view.one({ ...last, metadata: { ...last.metadata, resourceVersion } }));
  }

  #send(type: string, object: Fields): void {
    this.write(`${JSON.stringify({ type, object })}\n`);
  }
}
