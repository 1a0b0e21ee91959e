import { EventEmitter, once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { empty, parseJson, startServer } from "../../src/sandbox/http.ts";

/** A web hook's call, as it arrived. */
export interface HookCall {
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** A server that web hooks can call. */
export interface HookListener {
  url: string;
  /** The first call of that event to that path which nobody has taken yet; waits for it. */
  next(path: string, event: string): Promise<HookCall>;
  stop(): Promise<void>;
}

/** Starts a listener on any free port. */
export async function startHookListener(): Promise<HookListener> {
  const calls: HookCall[] = [];
  const arrivals = new EventEmitter();
  const server = await startServer({
    handle: ({ url, headers, body }) => {
      calls.push({ path: url, headers, body: parseJson(body) });
      arrivals.emit("call");
      return empty(200);
    },
  });
  return {
    url: server.url,
    stop: server.stop,
    next: async (path, event) => {
      for (;;) {
        const at = calls.findIndex((call) => call.path === path && call.headers["x-gitea-event"] === event);
        const [found] = at < 0 ? [] : calls.splice(at, 1);
        if (found !== undefined) return found;
        await once(arrivals, "call");
      }
    },
  };
}
