import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { startGitea, type GiteaSandbox } from "../../../src/sandbox/gitea/gitea.server.ts";
import type { GiteaTiming } from "../../../src/sandbox/gitea/gitea.state.ts";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

export interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** The Gitea of the running test; each test has one of its own. */
export let gitea: GiteaSandbox;
let now: number;
let listener: Server | undefined;

/** Calls the API with the token of this person, or as nobody. */
export async function call(
  person: string | undefined,
  path: string,
  { method, body, headers }: Ask = {},
): Promise<Answer> {
  const response = await fetch(`${gitea.url}/api/v1${path}`, {
    method: method ?? "GET",
    redirect: "manual",
    headers: {
      ...(person === undefined ? {} : { Authorization: `token ${person}-token` }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** Listens for webhooks; the list grows as they arrive. */
export async function listen(): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  listener = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.end();
    });
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  return { url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`, received };
}

/** Waits until so many have arrived. */
export async function arrived(received: Received[], count: number): Promise<Received[]> {
  await vi.waitFor(() => expect(received).toHaveLength(count), { interval: 5, timeout: 10_000 });
  return received;
}

export const basic = (pair: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(pair).toString("base64")}`,
});
export const base64 = (text: string): string => Buffer.from(text).toString("base64");
export const hidden = expect.objectContaining({
  errors: null,
  message: "The target couldn't be found.",
}) as unknown;
export const broken = expect.objectContaining({ message: "" }) as unknown;
export const aKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPhbhgG3B8BDZghkz0V54Fg1vHM/jgLdqq0+KdVc4R/J laptop";
export const dev = "/repos/customer-demo/dev";

/** A Gitea with a site admin, an owner, a writer, a reader and a stranger. */
async function start(timing: Partial<GiteaTiming> = {}): Promise<GiteaSandbox> {
  const server = await startGitea({ clock: () => new Date(now), timing: { hookDelayMs: 0, ...timing } });
  const { platform } = server;
  platform.addUser({ login: "admin-user", email: "admin@example.com", isAdmin: true, password: "secret" });
  platform.addToken("admin-user", "admin-token");
  for (const name of ["demo", "al", "zu", "stranger"]) {
    const login = `customer-${name}`;
    platform.addUser({ login, email: `${name}@customer.com`, loginName: login, password: "secret" });
    platform.addToken(login, `${name}-token`);
  }
  platform.addRepository("customer-demo", "dev", {
    files: { "lunchbadger.json": "{}\n", "server/model.json": "1" },
  });
  platform.addRepository("customer-demo", "empty");
  platform.addRepository("customer-demo", "open", { private: false, files: { "README.md": "# open\n" } });
  platform.setCollaborator("customer-demo", "dev", "customer-al", "write");
  platform.setCollaborator("customer-demo", "dev", "customer-zu", "read");
  return server;
}

/** Lets time pass for the Gitea. */
export function goBy(milliseconds: number): void {
  now += milliseconds;
}

/** Starts the test's Gitea anew, at another pace. */
export async function restart(timing: Partial<GiteaTiming>): Promise<void> {
  await gitea.stop();
  gitea = await start(timing);
}

/** Gives each test of a file a Gitea of its own. Files may share this module, so each asks for it. */
export function eachTestHasAGitea(): void {
  beforeEach(async () => {
    now = Date.parse("2026-11-20T10:00:00Z");
    gitea = await start();
  });

  afterEach(async () => {
    await gitea.stop();
    listener?.close();
    listener = undefined;
  });
}
