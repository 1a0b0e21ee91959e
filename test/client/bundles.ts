import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

/** A program as a page gets it. */
export interface Bundle {
  readonly code: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

const entry = "virtual:entry";

/** Bundles a program for browsers, with all that it imports. */
export async function bundleOf(source: string): Promise<Bundle> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const result = await build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? `${root}/client/entry.js` : undefined),
        load: (id) => (id.endsWith("/client/entry.js") ? source : undefined),
      },
    ],
    build: { write: false, target: "es2023", rolldownOptions: { input: entry } },
  });
  const outputs = [result].flat().flatMap((each) => ("output" in each ? each.output : []));
  const code = outputs.map((each) => (each.type === "chunk" ? each.code : "")).join("");
  return { code, bytes: code.length, gzipBytes: gzipSync(code).length };
}
