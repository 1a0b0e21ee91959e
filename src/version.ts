import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Which build this is: its version, and what the one who built it said of it. */
export interface BuildVersion {
  readonly version: string;
  /** The commit that it was built of. */
  readonly commit?: string;
  /** When it was built, as ISO 8601. */
  readonly builtAt?: string;
}

/** What a build tells of itself at `/version` and on the command line. */
export interface VersionReport extends BuildVersion {
  /** The version of Node.js that runs it. */
  readonly node: string;
  /** A short hash of the schema: replicas that serve the same one agree in it. The actualizer serves none. */
  readonly schema?: string;
}

/** Beside `src` as beside `dist`, so whichever way this file was loaded. */
const packageFile = new URL("../package.json", import.meta.url);

/** Reads what the package says, and what the one who built it left in the environment. */
export function readVersion({
  SETT_COMMIT: commit,
  SETT_BUILT_AT: builtAt,
}: NodeJS.ProcessEnv): BuildVersion {
  const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { readonly version: string };
  return { version, ...(commit ? { commit } : {}), ...(builtAt ? { builtAt } : {}) };
}

/** The version of the build that runs. */
export const version: BuildVersion = readVersion(process.env);

/** What stands for a schema as it is served: as many digits of its SHA-256 as tell schemas apart. */
export const schemaHash = (sdl: string): string =>
  createHash("sha256").update(sdl).digest("hex").slice(0, 12);

/** What is told of this build, and of the SDL that it serves. */
export const versionReport = (sdl?: string): VersionReport => ({
  ...version,
  node: process.versions.node,
  ...(sdl === undefined ? {} : { schema: schemaHash(sdl) }),
});
