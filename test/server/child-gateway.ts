import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = (program: string) => fileURLToPath(new URL(`../../dist/${program}`, import.meta.url));

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built gateway in a process of its own, as it is run in production. */
export interface Child {
  /** All that it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its address, once it listens; fails when it ends before. */
  readonly listening: () => Promise<string>;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<Ending>;
}

interface Program {
  /** Below `dist`; the gateway if not said. */
  readonly program?: string;
  readonly programArguments?: readonly string[];
}

/** Starts what is built with these variables and nothing else of the environment; it is killed with the test. */
export function startChild(
  env: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
  { program = "main.js", programArguments = [] }: Program = {},
): Child {
  const child = spawn(process.execPath, [...nodeArguments, built(program), ...programArguments], {
    cwd: root,
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ending>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });

  const address = () => /GraphQL {3}(http\S+)\/graphql\n/.exec(stdout)?.[1];
  const listening = () =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = address();
        if (found !== undefined) resolve(found);
      };
      child.stdout.on("data", look);
      look();
      void ended.then(() => reject(new Error(`The gateway ended before it listened:\n${stdout}${stderr}`)));
    });
  return { stdout: () => stdout, stderr: () => stderr, listening, signal: (name) => child.kill(name), ended };
}
