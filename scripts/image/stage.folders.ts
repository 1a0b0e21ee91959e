import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import { performance } from "node:perf_hooks";
import type { Stage, Step } from "./dockerfile.stages.ts";

/** What stages are carried out with. */
export interface Means {
  /** The folder that is built. */
  readonly context: string;
  readonly isIgnored: (path: string) => boolean;
  /** Where each stage gets a folder of its own. */
  readonly place: string;
  readonly tell: (line: string) => void;
  /** Where this checkout's own packages are taken for `npm ci`, which has just installed the same. */
  readonly installed?: string;
}

type CopyStep = Step & { readonly does: "copy" };

interface Place {
  readonly root: string;
  readonly workdir: string;
}

/** What has become of a stage: its files, and what the next begins with. */
export interface Built extends Place {
  readonly variables: Readonly<Record<string, string>>;
}

/** Of this machine: what npm is told by whoever uses it, as a builder would have it, and no more. */
const ofTheMachine = Object.entries(process.env).filter(([name]) =>
  /^(?:HOME|https?_proxy|no_proxy|npm_config_(?:cache|registry|userconfig)|NODE_EXTRA_CA_CERTS)$/i.test(name),
);

function run(command: readonly string[], cwd: string, variables: Readonly<Record<string, string>>) {
  const [program = "", ...rest] = command;
  const path = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
  const env = { ...Object.fromEntries(ofTheMachine), ...variables, PATH: path };
  return new Promise<void>((resolve, reject) => {
    const child = spawn(program, rest, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding("utf8").on("data", (text: string) => (said += text));
    }
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command.join(" ")} ended with ${code}:\n${said.slice(-4000)}`)),
    );
  });
}

/** Copies as a layer is: with times and modes, and by reference where the file system can. */
const copyWhole = (from: string, to: string) =>
  run(["cp", "-a", "--reflink=auto", from, to], dirname(from), {});

/** As `COPY` does: of a folder what is in it, of a file itself, which is named anew unless it goes into a folder. */
function placesOf(source: string, isFolder: boolean, place: Place, to: string): string {
  const whole = join(place.root, posix.resolve(place.workdir, to));
  return isFolder || !to.endsWith("/") ? whole : join(whole, basename(source));
}

async function copyFrom(stage: Built, place: Place, { sources, to }: CopyStep): Promise<void> {
  for (const source of sources) {
    const from = join(stage.root, posix.resolve("/", source));
    if (!existsSync(from)) throw new Error(`Dockerfile: COPY ${source} finds nothing`);
    const isFolder = statSync(from).isDirectory();
    const target = placesOf(source, isFolder, place, to);
    mkdirSync(isFolder ? target : dirname(target), { recursive: true });
    await copyWhole(isFolder ? `${from}/.` : from, target);
  }
}

function copyContext({ context, isIgnored }: Means, place: Place, { sources, to }: CopyStep): void {
  const filter = (path: string) => !isIgnored(relative(context, path).split(sep).join("/"));
  for (const source of sources) {
    const from = join(context, source);
    if (!existsSync(from) || isIgnored(source)) {
      throw new Error(`Dockerfile: COPY ${source} finds nothing that .dockerignore lets through`);
    }
    cpSync(from, placesOf(source, statSync(from).isDirectory(), place, to), { recursive: true, filter });
  }
}

/** The packages of this checkout, which `npm ci` has installed from the same lock file. */
async function takeInstalled(installed: string, to: string): Promise<void> {
  await copyWhole(join(installed, "node_modules"), to);
  // What tools have kept beside the packages since.
  const packages = join(to, "node_modules");
  for (const name of readdirSync(packages)) {
    const isKept = name.startsWith(".") && ![".bin", ".package-lock.json"].includes(name);
    if (isKept) rmSync(join(packages, name), { recursive: true });
  }
  await run(["npm", "ls", "--all"], to, {});
}

/** Carries out a stage in a folder of its own; those that it is made of have to be there. */
export async function buildStage(
  stage: Stage,
  done: ReadonlyMap<string, Built>,
  means: Means,
): Promise<Built> {
  const root = join(means.place, stage.name);
  const base = done.get(stage.base);
  if (base) await copyWhole(base.root, root);
  else mkdirSync(root);
  let { workdir, variables } = base ?? { workdir: "/", variables: {} };
  const here = () => join(root, workdir);

  for (const step of stage.steps) {
    const startedAt = performance.now();
    if (step.does === "set") variables = { ...variables, ...step.variables };
    if (step.does === "workdir") {
      workdir = posix.resolve(workdir, step.folder);
      mkdirSync(here(), { recursive: true });
    }
    if (step.does === "copy" && step.from === undefined) copyContext(means, { root, workdir }, step);
    if (step.does === "copy" && step.from !== undefined) {
      const from = done.get(step.from);
      if (!from) throw new Error(`Dockerfile: COPY --from=${step.from} names no stage before it`);
      await copyFrom(from, { root, workdir }, step);
    }
    if (step.does === "run") {
      const isInstall = means.installed !== undefined && step.command.startsWith("npm ci ");
      if (isInstall) await takeInstalled(means.installed, here());
      else await run(["sh", "-c", step.command], here(), variables);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      means.tell(`  ${stage.name}: ${step.command}${isInstall ? " (as installed here)" : ""} ${seconds} s`);
    }
  }
  return { root, workdir, variables };
}
