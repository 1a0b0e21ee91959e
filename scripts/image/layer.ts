import { spawn } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createGzip } from "node:zlib";

interface Entry {
  readonly isFile: boolean;
  readonly size: number;
  readonly written: number;
}

/** What is in a folder, by its path there: how long it is, and when it was last written. */
export type Layer = ReadonlyMap<string, Entry>;

/** Looks at everything below a folder. */
export function layerOf(root: string): Layer {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => {
    const status = lstatSync(join(root, path));
    return [path, { isFile: status.isFile(), size: status.size, written: status.mtimeMs }] as const;
  });
  return new Map(files);
}

/** What is another in a layer than it was, or new, or gone. */
export function changedIn(before: Layer, after: Layer): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    return was?.size !== is?.size || was?.written !== is?.written;
  });
}

/** Takes from everybody the right to write anything below a folder. */
export function makeReadOnly(root: string): void {
  for (const path of ["", ...readdirSync(root, { recursive: true, encoding: "utf8" })]) {
    const whole = join(root, path);
    const status = lstatSync(whole);
    if (!status.isSymbolicLink()) chmodSync(whole, status.mode & 0o555);
  }
}

/** How many bytes of it are pulled: as registries keep layers. */
export async function packedSize(root: string): Promise<number> {
  const tar = spawn("tar", ["-cf", "-", "-C", root, "."], { stdio: ["ignore", "pipe", "inherit"] });
  let size = 0;
  for await (const chunk of tar.stdout.pipe(createGzip())) size += (chunk as Buffer).length;
  return size;
}

/** The names and versions of what is installed at a folder. */
function installedAt(folder: string): ReadonlySet<string> {
  const lock = readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: Readonly<Record<string, { version: string }>> };
  const names = Object.entries(packages).map(
    ([path, { version }]) => `${path.split("node_modules/").at(-1)}@${version}`,
  );
  return new Set(names);
}

interface Inventory {
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

/** Holds what is installed to what the inventory lists, and to what has to run: none of what only builds or tests. */
export function checkPackages(
  folder: string,
  wanted: readonly string[],
  unwanted: readonly string[],
): number {
  const installed = installedAt(folder);
  const { components } = JSON.parse(readFileSync(join(folder, "sbom.cdx.json"), "utf8")) as Inventory;
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const unlisted = [...installed, ...listed].filter((each) => !installed.has(each) || !listed.has(each));
  if (unlisted.length > 0) throw new Error(`The inventory is not what is installed: ${unlisted.join(", ")}`);
  const names = new Set([...installed].map((each) => each.replace(/@[^@]*$/, "")));
  const missing = wanted.filter((name) => !names.has(name));
  const idle = unwanted.filter((name) => names.has(name));
  if (missing.length + idle.length > 0) {
    throw new Error(
      `Missing: ${missing.join(", ") || "nothing"}; there without need: ${idle.join(", ") || "nothing"}`,
    );
  }
  return installed.size;
}
