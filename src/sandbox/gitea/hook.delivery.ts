import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import type { GiteaState } from "./gitea.state.ts";
import type { Hook } from "./hook.store.ts";
import type { Repository } from "./repository.store.ts";

/** Something the hooks of a repository may want to hear of. */
export interface HookEvent {
  event: "push" | "create" | "delete";
  branch: string;
  payload: Record<string, unknown>;
}

/** Sends an event to every hook that wants it, a moment later and once: a failure is not tried again. */
export function deliver(state: GiteaState, repository: Repository, event: HookEvent): void {
  for (const hook of repository.hooks) {
    if (hook.events.includes(event.event)) deliverTo(state, hook, event);
  }
}

/** Sends an event to one hook, unless it is switched off or filters the branch out. */
export function deliverTo(state: GiteaState, hook: Hook, { event, branch, payload }: HookEvent): void {
  if (!hook.active || !matches(hook.branchFilter, branch)) return;
  const { body, headers } = deliveryOf(hook, event, JSON.stringify(payload, undefined, 2));
  const { url } = hook;
  setTimeout(() => post(url, headers, body), state.timing.hookDelayMs).unref();
}

function deliveryOf(
  hook: Hook,
  event: string,
  content: string,
): { headers: Record<string, string>; body: string } {
  // Without a secret the headers are there all the same, with nothing in them.
  const sign = (algorithm: string): string =>
    hook.secret === "" ? "" : createHmac(algorithm, hook.secret).update(content).digest("hex");
  const signature = sign("sha256");
  const isForm = hook.contentType === "form";
  const names = { Delivery: randomUUID(), Event: event, "Event-Type": event };
  const headers: Record<string, string> = {
    "User-Agent": "Go-http-client/1.1",
    ...(hook.authorizationHeader === "" ? {} : { Authorization: hook.authorizationHeader }),
    "Content-Type": isForm ? "application/x-www-form-urlencoded" : "application/json",
    ...prefixed("X-GitHub-", names),
    ...prefixed("X-Gitea-", { ...names, Signature: signature }),
    ...prefixed("X-Gogs-", { ...names, Signature: signature }),
    "X-Hub-Signature": `sha1=${sign("sha1")}`,
    "X-Hub-Signature-256": `sha256=${signature}`,
    "Accept-Encoding": "gzip",
  };
  // The signature is of the JSON, also where the JSON travels inside a form.
  return { headers, body: isForm ? new URLSearchParams({ payload: content }).toString() : content };
}

function prefixed(prefix: string, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [prefix + name, value]));
}

function post(url: string, headers: Record<string, string>, body: string): void {
  try {
    const sent = request(url, {
      method: "POST",
      timeout: 5000,
      headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
    });
    sent.on("response", (response) => response.resume());
    sent.on("timeout", () => sent.destroy());
    // Nobody listening, or an address that is none: Gitea notes it in its history and goes on.
    sent.on("error", () => undefined);
    sent.end(body);
  } catch {
    return;
  }
}

/** Whether a filter such as `{main,release/**}` lets a branch through; an empty one lets all through. */
function matches(filter: string, branch: string): boolean {
  if (filter === "" || filter === "*") return true;
  const pattern = filter
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(${names.replaceAll(",", "|")})`)
    .replace(/\*+/g, (stars) => (stars === "*" ? "[^/]*" : ".*"))
    .replaceAll("?", "[^/]");
  return new RegExp(`^${pattern}$`).test(branch);
}
