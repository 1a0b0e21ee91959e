import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Options } from "../options.ts";
import { nextMessage, profiling, startServer } from "../process/server.process.ts";
import type { WatchingFigures, WatchingTask } from "./watching.figures.ts";

/** One way to watch so many pods, with what each round said. */
export interface ClusterRow {
  readonly way: WatchingTask["way"];
  readonly pods: number;
  readonly samples: readonly WatchingFigures[];
}

const relists = 3;
const ways = ["engine", "informer"] as const;

/** Lets a process of its own watch and measure; it ends with an error where it knows anything wrong. */
async function runWatching(task: WatchingTask, { profileFolder }: Options): Promise<WatchingFigures> {
  const file = fileURLToPath(new URL("watching.process.js", import.meta.url));
  const child = fork(file, [JSON.stringify(task)], {
    execArgv: profileFolder === undefined ? [] : [...profiling(profileFolder)],
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return (await nextMessage(child, `${task.way} watch`)) as WatchingFigures;
}

/** Compares the gateway's watch with the official client's informer on few and on many pods, round after round. */
export async function measureCluster(options: Options): Promise<readonly ClusterRow[]> {
  const { clusterPods, clusterRounds, clusterChanges, profileFolder } = options;
  const server = await startServer("cluster", { upstream: "", environment: {} }, profileFolder);
  const url = `http://127.0.0.1:${server.port}`;
  const rows = clusterPods.flatMap((pods) =>
    ways.map((way) => ({ way, pods, samples: [] as WatchingFigures[] })),
  );
  try {
    for (let round = 0; round < clusterRounds; round += 1) {
      for (const { way, pods, samples } of round % 2 === 0 ? rows : rows.toReversed()) {
        const task = { way, url, namespace: `pods-${pods}`, relists, changes: clusterChanges };
        samples.push(await runWatching(task, options));
      }
    }
  } finally {
    await server.stop();
  }
  return rows;
}
