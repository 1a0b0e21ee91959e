import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

const inProject = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

async function runNode(...commandLine: string[]): Promise<number> {
  const [code] = (await once(spawn(process.execPath, commandLine, { stdio: "inherit" }), "exit")) as [
    number | null,
  ];
  return code ?? 1;
}

// What is measured is the gateway as the compiler builds it for production, without a loader in its process.
const compiled = await runNode(
  inProject("node_modules/typescript/bin/tsc"),
  "-p",
  inProject("bench/tsconfig.build.json"),
);
// What the product reads beside its own code has to be where that is.
for (const path of ["deploy", "package.json", "trusted-documents.json", "trusted-documents.released.json"]) {
  cpSync(inProject(path), inProject(`dist/bench/${path}`), { recursive: true });
}
process.exitCode =
  compiled === 0 ? await runNode(inProject("dist/bench/bench/bench.js"), ...process.argv.slice(2)) : compiled;
