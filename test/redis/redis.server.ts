import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

const binary = process.env["REDIS_SERVER"] ?? "/usr/bin/redis-server";

/** A Redis of the test's own, which remembers nothing once it is stopped. */
export interface RedisServer {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Goes on listening and answers nothing, until it is thawed. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a Redis, which is killed with the test. */
export async function startRedis(moreOptions: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "sett-redis-"));
  const port = await freePort();
  let running: ChildProcess | undefined;

  const start = async () => {
    const child = spawn(
      binary,
      [
        "--port",
        String(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        folder,
        ...moreOptions,
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

  onTestFinished(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    freeze: () => running?.kill("SIGSTOP"),
    thaw: () => running?.kill("SIGCONT"),
  };
}
