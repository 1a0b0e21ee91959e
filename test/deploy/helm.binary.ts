import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";

const carrier = "@aws-cdk/asset-kubectl-v20";
const require = createRequire(import.meta.url);

/** Takes Helm out of the package that carries it, once. */
function unpacked(): string {
  const manifest = require.resolve(`${carrier}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = fileURLToPath(new URL(`../../node_modules/.cache/helm-${version}/`, import.meta.url));
  const program = join(folder, "helm");
  if (existsSync(program)) return program;
  const entry = "helm/helm";
  const archive = readFileSync(join(dirname(manifest), "lib/layer.zip"));
  const content = unzipSync(archive, { filter: ({ name }) => name === entry })[entry];
  if (!content) throw new Error(`${carrier} ${version} carries no Helm`);
  mkdirSync(folder, { recursive: true });
  // Several processes may be at it: each is done by a name of its own, and all end as the same.
  const own = `${program}-${process.pid}`;
  writeFileSync(own, content, { mode: 0o755 });
  renameSync(own, program);
  return program;
}

/** Where Helm is: HELM says, else out of a package, for Linux on x64. Undefined where it cannot be run. */
export function helmProgram(): string | undefined {
  const { HELM } = process.env;
  if (HELM) return HELM;
  if (process.platform === "linux" && process.arch === "x64") return unpacked();
  console.warn(
    `NOT TESTED: the chart. ${carrier} carries a Helm for linux x64 and this is ${process.platform} ${process.arch}; HELM=<path of helm> names another.`,
  );
  return undefined;
}
