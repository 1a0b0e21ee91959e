import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseEnv } from "node:util";
import { runRedis, type RedisProcess } from "../redis.process.ts";
import { startBalancer, type Backend, type Balancer } from "./balancer.ts";
import { startProgram, type Program } from "./program.process.ts";

/** One of the gateways, in a process of its own. */
export interface Replica extends Backend {
  /** Its own address, past the balancer; undefined while it does not run. */
  readonly url: string;
  readonly output: () => string;
  readonly start: () => Promise<void>;
  /** Asks it to stop, and waits until it has: its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it without a word. */
  readonly kill: () => Promise<void>;
}

/** Two gateways behind a balancer, before one platform, with a Redis between them: each a process of its own. */
export interface Stand {
  /** The balancer's address. */
  readonly url: string;
  readonly balancer: Balancer;
  readonly redis: RedisProcess;
  readonly replicas: readonly [Replica, Replica];
  readonly close: () => Promise<void>;
}

/** The one place in a text at which a gateway says where it listens. */
const portOf = (text: string): number | undefined => {
  const [, port] = /GraphQL {3}http:\/\/127\.0\.0\.1:(\d+)\/graphql\n/.exec(text) ?? [];
  return port === undefined ? undefined : Number(port);
};

/** The last of what a sandbox prints is the last of its variables. */
const variablesOf = (text: string) =>
  /^FUNCTIONS_REPOSITORY=.*\n/m.test(text) ? (parseEnv(text) as Record<string, string>) : undefined;

function createReplica(file: string, env: () => Readonly<Record<string, string>>): Replica {
  let running: Program<number> | undefined;
  let before = "";
  const current = () => {
    if (!running) throw new Error("The replica does not run.");
    return running;
  };
  const end = async (signal: NodeJS.Signals) => {
    const program = current();
    program.signal(signal);
    const code = await program.ended;
    before += program.output();
    running = undefined;
    return code;
  };
  return {
    get port() {
      return running?.start;
    },
    get url() {
      return `http://127.0.0.1:${current().start}`;
    },
    output: () => before + (running?.output() ?? ""),
    start: async () => {
      running = await startProgram(file, env(), portOf);
    },
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
}

/** Whether the balancer sends connections to each of them. */
async function allTrusted(balancer: Balancer, replicas: readonly Replica[]): Promise<void> {
  while (!replicas.every(balancer.trusts)) await wait(20);
}

/** Starts all of it out of the folder where the gateway is compiled. */
export async function openStand(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Stand> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const each of closing.splice(0).toReversed()) await each();
  };
  try {
    const redis = await runRedis();
    closing.push(redis.remove);
    const sandbox = await startProgram(join(folder, "sandbox/main.js"), {}, variablesOf);
    closing.push(async () => {
      sandbox.signal("SIGKILL");
      await sandbox.ended;
    });
    let publicUrl = "";
    const replicaEnv = () => ({
      ...sandbox.start,
      ...{ PORT: "0", REDIS_URL: redis.url, PUBLIC_URL: publicUrl, LOOP_DELAY_LIMIT: "0ms" },
      ...{ KUBERNETES_RETRY: "100ms", GATEWAY_SETTLE_INTERVAL: "10ms", ...env },
    });
    const file = join(folder, "main.js");
    const replicas = [createReplica(file, replicaEnv), createReplica(file, replicaEnv)] as const;
    const balancer = await startBalancer(replicas);
    publicUrl = balancer.url;
    closing.push(balancer.stop, () =>
      Promise.all(replicas.filter(({ port }) => port !== undefined).map((each) => each.kill())),
    );
    await Promise.all(replicas.map((each) => each.start()));
    await allTrusted(balancer, replicas);
    return { url: balancer.url, balancer, redis, replicas, close };
  } catch (error) {
    await close();
    throw error;
  }
}
