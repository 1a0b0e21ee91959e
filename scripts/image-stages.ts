import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { readIgnored } from "./image/build.context.ts";
import { readStages, type Running } from "./image/dockerfile.stages.ts";
import { changedIn, checkPackages, layerOf, makeReadOnly, packedSize } from "./image/layer.ts";
import type { Runtime } from "./image/runtime.process.ts";
import { checkGateway, checkOtherCommands, checkSandboxed } from "./image/runtime.checks.ts";
import { buildStage, type Built } from "./image/stage.folders.ts";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: true; readonly devOptional?: true }>>;
}

const { values: options } = parseArgs({
  options: {
    // Takes the packages that this checkout has, rather than install the same anew.
    installed: { type: "boolean", default: false },
    // Leaves what came of it where it is, and says where.
    keep: { type: "boolean", default: false },
  },
});

const tell = (line: string) => console.log(line);
const context = process.cwd();
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;

/** A digest is asked for and has no meaning here: bases are this machine's own Node.js. */
const givenArguments = {
  NODE_DIGEST: "sha256:none",
  RUNTIME_DIGEST: "sha256:none",
  VERSION: manifest.version,
  COMMIT: "of-these-stages",
  BUILT_AT: new Date().toISOString(),
};

/** Packages that are found upwards of a folder would be taken for the image's own. */
function makePlace(): string {
  const place = mkdtempSync(join(tmpdir(), "sett-image-"));
  chmodSync(place, 0o755);
  for (let above = dirname(place); above !== dirname(above); above = dirname(above)) {
    if (existsSync(join(above, "node_modules")))
      throw new Error(`${above} has packages: set TMPDIR elsewhere`);
  }
  return place;
}

function removePlace(place: string): void {
  for (const path of ["", ...readdirSync(place, { recursive: true, encoding: "utf8" })]) {
    const status = statSync(join(place, path), { throwIfNoEntry: false });
    if (status?.isDirectory()) chmodSync(join(place, path), 0o755);
  }
  rmSync(place, { recursive: true });
}

/** Carries out every stage in turn; the last is what runs. */
async function build(place: string): Promise<{ built: Built; running: Running }> {
  const stages = readStages(readFileSync("Dockerfile", "utf8"), givenArguments);
  const isIgnored = readIgnored(readFileSync(".dockerignore", "utf8"));
  const means = { context, isIgnored, place, tell, ...(options.installed ? { installed: context } : {}) };
  const done = new Map<string, Built>();
  for (const stage of stages) done.set(stage.name, await buildStage(stage, done, means));
  const last = stages.at(-1);
  const built = last && done.get(last.name);
  if (!built) throw new Error("Dockerfile: there is no stage in it");
  return { built, running: last.running };
}

const inMebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;

async function checkImage(place: string): Promise<void> {
  const { built, running } = await build(place);
  const { root, workdir } = built;
  const whatBuilds = Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path.lastIndexOf("node_modules/") === 0 && (dev ?? devOptional))
    .map(([path]) => path.replace("node_modules/", ""));
  const needed = Object.keys(manifest.dependencies);
  const packages = checkPackages(join(root, workdir), needed, ["@sett/client", ...whatBuilds]);

  makeReadOnly(root);
  const path = join(place, "path");
  mkdirSync(path);
  symlinkSync(process.execPath, join(path, "node"));
  const runtime: Runtime = { built, running, path };
  const before = layerOf(root);
  const { aliveMs, readyMs, idleMemory } = await checkGateway(runtime);
  await checkSandboxed(runtime);
  await checkOtherCommands(runtime);
  const changed = changedIn(before, layerOf(root));
  if (changed.length > 0) throw new Error(`It has written: ${changed.slice(0, 20).join(", ")}`);

  const sizes = [...before.values()].filter(({ isFile }) => isFile).map(({ size }) => size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  tell("The image's own files, as they are above its base:");
  tell(`  size         ${inMebibytes(bytes)}, ${inMebibytes(await packedSize(root))} packed`);
  tell(`  files        ${sizes.length}, of ${packages} packages and this one`);
  tell(`  /livez after ${aliveMs} ms, /readyz after ${readyMs} ms, in front of a platform`);
  tell(
    `  memory       ${idleMemory === undefined ? "not told here" : `${idleMemory} MiB once it has answered`}`,
  );
  tell("It starts no process, writes nothing, reads no file but its own, and SIGTERM ends it with 0.");
}

const place = makePlace();
try {
  await checkImage(place);
} finally {
  if (options.keep) tell(`What came of it is in ${place}.`);
  else removePlace(place);
}
