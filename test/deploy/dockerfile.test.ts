import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { readIgnored } from "../../scripts/image/build.context.ts";
import { readStages, type Step } from "../../scripts/image/dockerfile.stages.ts";
import { ownVariables } from "../../src/actualizer/actualizer.config.ts";
import { variables } from "../../src/variables.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const text = read("Dockerfile");
const digests = { NODE_DIGEST: "sha256:a", RUNTIME_DIGEST: "sha256:b" };
const given = { ...digests, VERSION: "1.2.3", COMMIT: "abc", BUILT_AT: "2026-01-02T03:04:05Z" };
const stages = readStages(text, given);
const runtime = stages.at(-1);
if (!runtime) throw new Error("the Dockerfile has no stage");
const isIgnored = readIgnored(read(".dockerignore"));

const copies = (steps: readonly Step[]) => steps.flatMap((step) => (step.does === "copy" ? [step] : []));
const settings = Object.assign(
  {},
  ...runtime.steps.flatMap((step) => (step.does === "set" ? [step.variables] : [])),
) as Readonly<Record<string, string>>;

/** Files of the package, besides itself, that the code reads: by the addresses it has them at. */
function readByCode(): readonly string[] {
  const files = readdirSync(new URL("../../src", import.meta.url), { recursive: true, encoding: "utf8" });
  const addresses = files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [...read(`src/${file}`).matchAll(/new URL\("(\.\.\/[^"]*)",\s*import\.meta\.url\)/g)].map(
        ([, address = ""]) => posix.join("src", posix.dirname(file), address),
      ),
    );
  return [...new Set(addresses)].filter((path) => !path.startsWith("src/"));
}

describe("the image", () => {
  test("every base is named by its digest, and there is none without", () => {
    const images = stages.map(({ base }) => base).filter((base) => base !== "scratch");
    const names = new Set(stages.map(({ name }) => name));
    expect(images.filter((base) => !names.has(base))).toEqual([
      expect.stringMatching(/^node:20\.[\w.-]+@sha256:a$/),
      expect.stringMatching(/^[\w./-]+:nonroot@sha256:b$/),
    ]);
    expect(
      readStages(text, {})
        .map(({ base }) => base)
        .filter((base) => base.endsWith("@")),
    ).toHaveLength(2);
  });

  test("what runs is nobody of the machine, by a number that a cluster can check", () => {
    const [uid, gid] = (runtime.running.user ?? "").split(":").map(Number);
    expect([uid, gid]).toEqual([65_532, 65_532]);
  });

  test("no shell takes part in it: nothing is run to make it, and everything is started by its words", () => {
    expect(runtime.steps.filter(({ does }) => does === "run")).toEqual([]);
    expect(runtime.running).toMatchObject({
      entrypoint: ["node"],
      command: ["dist/main.js"],
      healthcheck: ["node", "dist/health.js"],
      stopSignal: "SIGTERM",
    });
  });

  test("it listens where others reach it, at the ports that it names and the health check asks at", () => {
    const health = read("src/health.ts");
    expect(settings).toMatchObject({ HOST: "0.0.0.0", ACTUALIZER_HOST: "0.0.0.0" });
    expect(runtime.running.ports).toEqual([settings["PORT"], settings["ACTUALIZER_PORT"]]);
    expect([variables.PORT.unset, ownVariables.ACTUALIZER_PORT.unset]).toEqual(runtime.running.ports);
    for (const port of runtime.running.ports) expect(health).toContain(`"${port}"`);
  });

  test("nothing secret is in it, not even as an argument of its build", () => {
    const named = [...text.matchAll(/^\s*(?:ARG|ENV)\s+(.*(?:\\\n.*)*)/gm)]
      .map(([, words]) => words)
      .join(" ");
    expect(named).not.toMatch(/TOKEN|SECRET|PASSWORD|KEY|CREDENTIAL/i);
    const ours = new Set([...Object.keys(variables), ...Object.keys(ownVariables)]);
    const set = Object.keys(settings).filter((name) => ours.has(name));
    expect(set).toEqual(["HOST", "PORT", "ACTUALIZER_HOST", "ACTUALIZER_PORT"]);
    expect(read(".npmrc")).not.toMatch(/_auth|token|password/i);
  });

  test("it tells which build it is, as labels and at /version", () => {
    expect(settings).toMatchObject({ SETT_COMMIT: "abc", SETT_BUILT_AT: "2026-01-02T03:04:05Z" });
    expect(runtime.running.labels).toMatchObject({
      "org.opencontainers.image.version": "1.2.3",
      "org.opencontainers.image.revision": "abc",
      "org.opencontainers.image.created": "2026-01-02T03:04:05Z",
      "org.opencontainers.image.base.digest": "sha256:b",
    });
  });

  test("all that the code reads when it runs is copied into it", () => {
    const copied = copies(runtime.steps).flatMap(({ sources, to }) =>
      sources.map((source) => (to.endsWith("/") ? posix.join(to, posix.basename(source)) : to)),
    );
    const wanted = readByCode();
    expect(wanted).toEqual(
      expect.arrayContaining(["package.json", "trusted-documents.json", "trusted-documents.released.json"]),
    );
    const isCopied = (path: string) => copied.some((each) => `${path}/`.startsWith(`${each}/`));
    expect(wanted.filter((path) => !isCopied(path.replace(/\/$/, "")))).toEqual([]);
  });

  test.each([
    ".env",
    "src/.env",
    ".git/config",
    "test/drift.test.ts",
    "dist/main.js",
    "node_modules/got/package.json",
  ])("%s does not even reach a build", (path) => expect(isIgnored(path)).toBe(true));

  test("all that its stages copy does", () => {
    const sources = stages.flatMap(({ steps }) => copies(steps)).filter(({ from }) => from === undefined);
    const paths = sources.flatMap((step) => step.sources);
    expect(paths.length).toBeGreaterThan(8);
    expect(paths.filter((path) => isIgnored(path))).toEqual([]);
  });
});

describe("what carries the stages out refuses to guess", () => {
  test.each([
    ["an instruction that it does not know", "FROM a AS b\nONBUILD RUN c"],
    ["a shell's form where words are to be", "FROM a AS b\nENTRYPOINT node dist/main.js"],
    ["a path of the machine", "FROM a AS b\nRUN cp /etc/passwd ."],
    ["a flag of a copy", "FROM a AS b\nCOPY --exclude=c d e"],
    ["a base without a name for its stage", "FROM a"],
    ["a variable with a default of its own", "FROM a AS b\nWORKDIR ${C:-d}"],
  ])("%s", (_what, dockerfile) => expect(() => readStages(dockerfile, {})).toThrow(/^Dockerfile: /));

  test("a pattern of .dockerignore that it does not know", () => {
    expect(() => readIgnored("src/**/*.ts")).toThrow(/^\.dockerignore: /);
  });
});
