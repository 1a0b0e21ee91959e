import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the peers are, seen from where this file is once it is compiled. */
const folder = fileURLToPath(new URL("../../../../bench/peers/", import.meta.url));
const lockFile = `${folder}package-lock.json`;
const noteFile = `${folder}node_modules/.installed-lock`;

/** The file of a peer's server. */
export const peerFile = (name: string): string => `${folder}servers/${name}.mjs`;

/**
 * Installs the peers' libraries, which are none of the product's, unless what their lock file names is there; no
 * script of theirs runs.
 */
export async function installPeers(print: (line: string) => void): Promise<void> {
  const wanted = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  if (existsSync(noteFile) && readFileSync(noteFile, "utf8") === wanted) return;
  print("Installing the servers that the gateway is compared with, under bench/peers.");
  // The folder's own .npmrc holds npm to this version of Node.
  const npm = spawn("npm", ["ci", "--ignore-scripts"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(npm, "exit")) as [number | null];
  if (code !== 0) throw new Error(`The peers could not be installed: npm ended with ${code ?? "a signal"}.`);
  writeFileSync(noteFile, wanted);
}
