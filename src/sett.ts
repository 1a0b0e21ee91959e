#!/usr/bin/env node
/** One thing that `sett` does: what it is for, and how its code is loaded, which runs it. */
interface Command {
  readonly about: string;
  readonly run: () => Promise<unknown>;
}

/** Sysexits' number for a command that is not used as it is meant to be. */
const usageExitCode = 64;

async function tellVersion(): Promise<void> {
  const { versionReport } = await import("./version.ts");
  const { graph } = await import("./server/graph.ts");
  process.stdout.write(`${JSON.stringify(versionReport(graph().sdl), undefined, 2)}\n`);
}

/** Each loads nothing but its own. */
const commands: Readonly<Record<string, Command>> = {
  start: {
    about: "the gateway, on its sandbox where nothing is configured",
    run: () => import("./main.ts"),
  },
  actualizer: {
    about: "the actualizer, which makes what is saved run",
    run: () => import("./actualizer/main.ts"),
  },
  sandbox: {
    about: "a platform to try things on, and the variables of a gateway in front of it",
    run: () => import("./sandbox/main.ts"),
  },
  doctor: {
    about: "says what is wrong with the configuration and the platform, and how to mend it",
    run: () => import("./doctor/main.ts"),
  },
  version: { about: "which build this is", run: tellVersion },
};

/** What can be asked for. */
function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return ["Usage: sett <command>", "", ...lines, `  ${"help".padEnd(width)}  this list`, ""].join("\n");
}

async function main([name = "", ...rest]: readonly string[]): Promise<void> {
  if (["help", "--help", "-h"].includes(name)) {
    process.stdout.write(usage());
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const problem = name === "" ? "What is sett to do?" : `sett knows no command ${JSON.stringify(name)}.`;
    process.stderr.write(`${problem}\n\n${usage()}`);
    process.exitCode = usageExitCode;
    return;
  }
  // What runs reads its options as if it had been started by itself; signals and exit codes are its own.
  process.argv = [...process.argv.slice(0, 2), ...rest];
  await command.run();
}

await main(process.argv.slice(2));
