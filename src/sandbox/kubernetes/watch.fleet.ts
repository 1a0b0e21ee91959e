import type { ServerResponse } from "node:http";
import type { Reply, SandboxRequest } from "../http.ts";
import type { ObjectStore } from "./object.store.ts";
import { selectorOf, versionIn, type ObjectScope } from "./object.list.ts";
import { viewOf } from "./object.view.ts";
import { WatchStream, type LineGate, type WatchOptions } from "./watch.stream.ts";

/** How often watches are told of nothing but the version, and how long those last that say nothing of it. */
export interface WatchTiming {
  readonly bookmarkMs: number;
  readonly watchMs: number;
}

const tooOld = "too old resource version";

/** All watches that are open, and what tests do to them. */
export class WatchFleet {
  /** What each line is late by. */
  delayMs = 0;
  /** Whether watches end as soon as they are begun. */
  endsAtOnce = false;
  /** Whether watches are told as soon as they are begun that they cannot go on from where they are. */
  expiresAtOnce = false;
  /** What all watches say first, such as what a proxy says in place of the server. */
  saysAtOnce = "";
  readonly #store: ObjectStore;
  readonly #timing: WatchTiming;
  readonly #open = new Set<WatchStream>();
  #held: (() => void)[] | undefined;

  constructor(store: ObjectStore, timing: WatchTiming) {
    this.#store = store;
    this.#timing = timing;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Makes all watches, and those to come, silent: they stay open, and nothing comes. */
  stall(): void {
    this.#held ??= [];
  }

  /** Lets everything through that was held up. */
  resume(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const write of held) write();
  }

  /** Cuts all connections. */
  drop(): void {
    for (const watch of this.#open) watch.drop();
  }

  /** Ends all watches as if all were well. */
  end(): void {
    for (const watch of this.#open) watch.end();
  }

  /** Tells all that they cannot go on from where they are. */
  expire(): void {
    for (const watch of this.#open) watch.expire(tooOld);
  }

  /** Sends a bookmark to all who take them, if there is anything new. */
  bookmark(): void {
    for (const watch of this.#open) if (watch.takesBookmarks) watch.bookmark();
  }

  /** Writes anything to all, such as half a line. */
  write(text: string): void {
    for (const watch of this.#open) watch.write(text);
  }

  /** Answers a watch. */
  reply(scope: ObjectScope, { query, headers }: Pick<SandboxRequest, "query" | "headers">): Reply {
    const version = versionIn(query);
    const seconds = Number(query.get("timeoutSeconds") ?? 0);
    const takesBookmarks = isTrue(query.get("allowWatchBookmarks"));
    const wantsAll = isTrue(query.get("sendInitialEvents"));
    const options: WatchOptions = {
      resource: scope.resource,
      selects: selectorOf(scope, query),
      view: viewOf(scope.resource, headers.accept),
      from: version === 0 || wantsAll ? undefined : version,
      timeoutMs: seconds > 0 ? seconds * 1000 : this.#timing.watchMs,
      bookmarkMs: takesBookmarks ? this.#timing.bookmarkMs : undefined,
      marksEnd: wantsAll && takesBookmarks,
    };
    return { status: 200, stream: (response) => this.#start(response, options) };
  }

  #start(response: ServerResponse, options: WatchOptions): void {
    const watch = new WatchStream(this.#store, response, this.#gate(), options);
    this.#open.add(watch);
    response.once("close", () => void this.#open.delete(watch));
    watch.start();
    if (this.saysAtOnce !== "") watch.write(this.saysAtOnce);
    if (this.expiresAtOnce) watch.expire(tooOld);
    if (this.endsAtOnce) watch.end();
  }

  /** A way for the lines of one watch: in order, even when the delay changes in between. */
  #gate(): LineGate {
    let last = 0;
    const late: (() => void)[] = [];
    return {
      pass: (write) => {
        if (this.#held !== undefined) return void this.#held.push(write);
        last = Math.max(last, Date.now() + this.delayMs);
        const waitMs = last - Date.now();
        if (waitMs <= 0 && late.length === 0) return write();
        late.push(write);
        // Timers that are due at once may go off in any order: each lets the line pass whose turn it is.
        setTimeout(() => late.shift()?.(), waitMs).unref();
      },
    };
  }
}

function isTrue(value: string | null): boolean {
  return value === "true" || value === "1";
}
