import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Compiles the gateway and the client once, before the tests that run it in a process of its own. */
export function setup(): void {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const built = spawnSync("npx", ["tsc", "--build", "client", "."], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The gateway does not compile:\n${built.stdout}${built.stderr}`);
}
