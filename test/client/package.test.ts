import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import * as client from "@sett/client";
import { expect, test } from "vitest";
import { errorCodes } from "../../src/errors.ts";
import { bundleOf } from "./bundles.ts";

const root = new URL("../../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), "utf8");
const run = promisify(execFile);

const documents = Object.values(client).filter(
  (each): each is Extract<typeof each, { readonly id: string }> => typeof each === "object" && "id" in each,
);
const manifest = JSON.parse(read("trusted-documents.json")) as Record<string, string>;

test("the client's documents are those that the gateway trusts: each text, and its hash", () => {
  expect(Object.fromEntries(documents.map(({ id, text }) => [id, text]))).toEqual(
    Object.fromEntries(Object.entries(manifest).map(([hash, text]) => [`sha256:${hash}`, text])),
  );
  for (const { id, text } of documents) {
    expect(id).toBe(`sha256:${createHash("sha256").update(text).digest("hex")}`);
  }
});

test("the client has a class for every code that the gateway may say, and for no other", () => {
  const invalid = [
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "OPERATION_RESOLUTION_FAILURE",
    "BAD_REQUEST",
  ];
  expect(Object.keys(client.errorClasses).sort()).toEqual([...Object.keys(errorCodes), ...invalid].sort());
});

test("what is published is what was built, how to use it and under which terms", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "-w", "client"], { cwd: root });
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = packed.files.map(({ path }) => path);
  expect(paths.filter((path) => !/^dist\/[\w./-]+\.(?:js|d\.ts)$/.test(path)).sort()).toEqual([
    "LICENSE",
    "README.md",
    "package.json",
  ]);
  const { exports } = JSON.parse(read("client/package.json")) as {
    exports: Record<string, Record<string, string>>;
  };
  expect(Object.values(exports).map((conditions) => Object.keys(conditions)[0])).toEqual(["types", "types"]);
  for (const path of Object.values(exports).flatMap((conditions) => Object.values(conditions))) {
    expect(paths).toContain(path.slice(2));
  }
});

test("the README's programs are the examples, to the letter", () => {
  const readme = read("client/README.md");
  for (const name of ["first-data.ts", "page.ts", "errors.ts", "subscriptions.ts", "react.tsx"]) {
    const language = name.split(".")[1];
    expect(readme).toContain(`\`\`\`${language}\n${read(`client/examples/${name}`)}\`\`\``);
  }
});

/** Whole kilobytes, as the README tells them. */
const kilobytes = (bytes: number) => Math.round(bytes / 1000);

test("a page gets the client and the documents that it names, and no others, and is as small as the README says", async () => {
  const one = await bundleOf(read("client/examples/page.ts"));
  const all = await bundleOf('import * as sett from "@sett/client"; globalThis.sett = sett;');
  expect(documents.filter(({ id }) => one.code.includes(id)).map(({ name }) => name)).toEqual([
    "ReadProject",
  ]);
  expect(documents.filter(({ id }) => !all.code.includes(id))).toEqual([]);
  const told = [...read("client/README.md").matchAll(/(\d+) kB/g)].map(([, count]) => Number(count));
  const measured = [one.bytes, one.gzipBytes, all.bytes, all.gzipBytes].map(kilobytes);
  expect(told).toHaveLength(measured.length);
  for (const [place, count] of measured.entries()) {
    expect(Math.abs(count - (told[place] ?? 0)), `${measured.join()} kB`).toBeLessThanOrEqual(
      Math.max(2, count * 0.1),
    );
  }
  expect(one.gzipBytes).toBeLessThan(20_000);
});
