import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The redis-server of this machine. */
export const redisBinary = process.env["REDIS_SERVER"] ?? "/usr/bin/redis-server";

/** A Redis of one's own, which remembers nothing once it is stopped. */
export interface RedisServer {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Goes on listening and answers nothing, until it is thawed. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

/** A Redis that leaves nothing behind once it is removed. */
export interface RedisProcess extends RedisServer {
  readonly remove: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a Redis. */
export async function runRedis(moreOptions: readonly string[] = []): Promise<RedisProcess> {
  const folder = await mkdtemp(join(tmpdir(), "sett-redis-"));
  const port = String(await freePort());
  let running: ChildProcess | undefined;

  const start = async () => {
    const child = spawn(
      redisBinary,
      [
        ...["--port", port, "--bind", "127.0.0.1", "--dir", folder],
        ...["--save", "", "--appendonly", "no", ...moreOptions],
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    running = child;
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`redis-server ended with ${String(code)}`)));
      lines.on("line", (line) => {
        if (line.includes("Ready to accept connections")) resolve();
      });
    });
  };

  const stop = async () => {
    const child = running;
    running = undefined;
    if (!child) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    freeze: () => running?.kill("SIGSTOP"),
    thaw: () => running?.kill("SIGCONT"),
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
