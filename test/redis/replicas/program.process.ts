import { spawn } from "node:child_process";
import { once } from "node:events";

/** A built program that runs in a process of its own, as in production. */
export interface Program<Start> {
  /** What it said when it had started. */
  readonly start: Start;
  /** All that it has printed so far. */
  readonly output: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its exit code, once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts a program with these variables and nothing else of the environment; ready once `read` finds what it looks for. */
export async function startProgram<Start>(
  file: string,
  env: Readonly<Record<string, string>>,
  read: (stdout: string) => Start | undefined,
): Promise<Program<Start>> {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const start = await new Promise<Start>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      const found = read(stdout);
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`${file} ended before it had started:\n${stdout}${stderr}`)));
  });
  return { start, output: () => stdout + stderr, signal: (name) => void child.kill(name), ended };
}
