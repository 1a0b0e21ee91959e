import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { watchByEngine } from "./engine.watching.ts";
import { watchByInformer } from "./informer.watching.ts";
import type { ListFigures, WatchingFigures, WatchingTask } from "./watching.figures.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const changesToWarmUp = 1000;
const lookEachMs = 5;
const task = JSON.parse(process.argv[2] ?? "") as WatchingTask;
const watching = task.way === "engine" ? watchByEngine(task) : watchByInformer(task);

async function ask<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${task.url}${path}`)).json()) as Answer;
}
const command = <Answer>(what: string) => ask<Answer>(`/commands/${task.namespace}/${what}`);

/** What is on the heap when nothing is there that nobody holds. */
async function heapBytes(): Promise<number> {
  for (let time = 0; time < 3; time += 1) {
    collectGarbage();
    await wait(lookEachMs);
  }
  return process.memoryUsage().heapUsed;
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function listing(work: () => Promise<unknown>): Promise<ListFigures> {
  collectGarbage();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const before = cpuMicroseconds();
  delays.enable();
  await work();
  delays.disable();
  return { cpuMs: (cpuMicroseconds() - before) / 1000, blockMs: delays.max / 1e6 };
}

/** CPU time of each of some changes, from the first of them until all were told. */
async function changing(count: number): Promise<number> {
  const from = watching.told();
  const before = cpuMicroseconds();
  const { told } = await command<{ told: number }>(`change?count=${count}`);
  while (watching.told() - from < told) await wait(lookEachMs);
  return (cpuMicroseconds() - before) / told;
}

async function check(when: string): Promise<void> {
  const { items } = await ask<{ items: unknown[] }>(`/api/v1/namespaces/${task.namespace}/pods`);
  const right = [...watching.right(items)].sort();
  const known = [...watching.known()].sort();
  const wrong = known.find((line, number) => line !== right[number]);
  if (known.length === right.length && wrong === undefined) return;
  throw new Error(
    `${task.way}, ${when}: ${known.length} pods of ${right.length}, a wrong one: ${wrong ?? ""}`,
  );
}

async function measure(): Promise<WatchingFigures> {
  // The server makes its pods when it is first asked for them.
  await command("change?count=0");
  const before = await heapBytes();
  const first = await listing(async () => {
    watching.start();
    await command("opened");
  });
  const keptBytes = (await heapBytes()) - before;
  await check("after the first list");
  const relists: ListFigures[] = [];
  for (let time = 0; time < task.relists; time += 1) {
    relists.push(await listing(() => command("expire")));
    await check("after another list");
    await changing(1);
  }
  await changing(changesToWarmUp);
  const changeMicroseconds = await changing(task.changes);
  await check("after changes");
  return { keptBytes, first, relists, changeMicroseconds };
}

measure().then(
  (figures) => {
    process.send?.(figures);
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
