import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { UpstreamAddresses } from "../../src/config.ts";
import type { Settings } from "../servers/settings.ts";
import { readMessage, type Reading } from "./measured.ts";

/** A server in a process of its own, so that its CPU time is its own. */
export interface ServerProcess {
  readonly port: number;
  readonly addresses?: UpstreamAddresses;
  readonly read: () => Promise<Reading>;
  /** Tells it something and waits for what it answers. */
  readonly ask: (message: object) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** The next message of a process; an error when it ends instead. */
export async function nextMessage(child: ChildProcess, name: string): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, "exit", { signal }).then(() => {
    throw new Error(`The ${name} server has ended.`);
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal }), ended])) as [unknown];
    return message;
  } finally {
    waiting.abort();
    ended.catch(() => undefined);
  }
}

/** What makes a process leave a CPU profile in a folder. */
export const profiling = (folder: string): readonly string[] => [
  "--cpu-prof",
  `--cpu-prof-dir=${folder}`,
  "--cpu-prof-interval=200",
];

/** Starts one of the servers; what it writes, its log above all, is written to nowhere, but it is written. */
export async function startServer(
  name: string,
  settings: Settings,
  profileFolder: string | undefined,
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const file = fileURLToPath(new URL(`../servers/${name}.server.js`, import.meta.url));
  const child = fork(file, [JSON.stringify(settings)], {
    execArgv: [...flags, ...(profileFolder === undefined ? [] : profiling(profileFolder))],
    // As a deployment runs it: without this, graphql checks more at every value.
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const serving = (await nextMessage(child, name)) as Pick<ServerProcess, "port" | "addresses">;
  return {
    ...serving,
    read: async () => {
      const message = nextMessage(child, name);
      child.send(readMessage);
      return (await message) as Reading;
    },
    ask: async (message) => {
      const coming = nextMessage(child, name);
      child.send(message);
      return ((await coming) as { answer: unknown }).answer;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

/** Waits for servers that start at once. */
export async function startedTogether<Name extends string>(
  starting: Readonly<Record<Name, Promise<ServerProcess>>>,
): Promise<Record<Name, ServerProcess>> {
  const entries = Object.entries<Promise<ServerProcess>>(starting);
  const started = await Promise.all(entries.map(async ([name, server]) => [name, await server] as const));
  return Object.fromEntries(started) as Record<Name, ServerProcess>;
}
