import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Running } from "./dockerfile.stages.ts";
import type { Built } from "./stage.folders.ts";

type Words = Readonly<Record<string, string>>;

/** The image as it is run: its files, and how. */
export interface Runtime {
  readonly built: Built;
  readonly running: Running;
  /** A folder with nothing in it but `node`: all that is found by name. */
  readonly path: string;
}

/** A process of it. */
export interface RuntimeProcess {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

interface Asked {
  /** In place of the image's own command. */
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly variables?: Words;
  /** Whether Node.js is to refuse it every write, process of its own, and read of any file but the image's. */
  readonly isConfined?: boolean;
}

/** Of the machine's files it may read what is told of the process itself, which a container has too. */
const confinement = (root: string) =>
  `--experimental-permission --allow-fs-read=${root}/* --allow-fs-read=/proc/* --disable-warning=ExperimentalWarning`;

/** As the image's user, where whoever runs this may become another. */
function userOf({ user = "" }: Running) {
  const [uid = "", gid = ""] = user.split(":");
  return process.getuid?.() === 0 ? { uid: Number(uid), gid: Number(gid) } : {};
}

/** Starts the image's entry point with its variables and nothing of this process's own. */
export function startRuntime({ built, running, path }: Runtime, asked: Asked = {}): RuntimeProcess {
  const { command = running.command, entrypoint = running.entrypoint, variables, isConfined = false } = asked;
  const [program = "", ...rest] = [...entrypoint, ...command];
  const child = spawn(join(path, program), rest, {
    ...userOf(running),
    cwd: join(built.root, built.workdir),
    env: {
      ...built.variables,
      ...variables,
      ...(isConfined ? { NODE_OPTIONS: confinement(built.root) } : {}),
      PATH: path,
      // Whoever wants to write for a while finds no place to.
      TMPDIR: join(built.root, "tmp"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  ended.catch(() => undefined);
  const kill = (signal: NodeJS.Signals) => void child.kill(signal);
  return { pid: child.pid ?? 0, stdout: () => stdout, stderr: () => stderr, kill, ended };
}

/** How much of the memory a process holds, in MiB; undefined where the system does not tell. */
export function memoryOf(pid: number): number | undefined {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024);
  } catch {
    return undefined;
  }
}

/** The processes that a process has started and that still run. */
export function startedBy(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  } catch {
    return [];
  }
}
