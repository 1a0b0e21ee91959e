import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { blocksOf, readDocument } from "../docs/markdown.blocks.ts";

const command = fileURLToPath(new URL("../../dist/sett.js", import.meta.url));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command with nothing in its environment but what is said. */
function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...words], { env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

/** What is another each time. */
const steady = (text: string) =>
  text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:…")
    .replace(/\S+ leads\./, "… leads.")
    .trim();

const production = { NODE_ENV: "production", ENVIRONMENT_SECRET: "sixteen-characters-or-more" };

test("what the documentation shows is what the doctor says of a sandbox", { timeout: 90_000 }, async () => {
  const shown = blocksOf(readDocument("docs/doctor.md")).find(({ meta }) => meta === "doctor");
  const { code, out, err } = await run(["doctor", "--sandbox", "--patience", "30s"], production);
  expect(err).toBe("");
  expect(steady(out)).toBe(shown?.text.trim());
  expect(code).toBe(0);
});

test(
  "exit codes tell a platform that is wrong from a configuration and a command that are",
  { timeout: 90_000 },
  async () => {
    const nobody = "http://127.0.0.1:1";
    const platform = { GITEA_URL: nobody, GIT_API_URL: nobody, CONFIGSTORE_URL: nobody };
    const [wrong, unread, unknown, help, ...others] = await Promise.all([
      run(["doctor", "--json"], { ...platform, GITEA_TOKEN: "a-token-that-is-secret" }),
      run(["doctor"], platform),
      run(["doktor"]),
      run(["help"]),
      run(["start"], platform),
      run(["actualizer"], platform),
    ]);
    expect(wrong.code).toBe(1);
    const report = JSON.parse(wrong.out) as {
      healthy: boolean;
      findings: { check: string; standing: string }[];
    };
    expect(report.healthy).toBe(false);
    const found = report.findings.filter(({ standing }) => standing === "wrong").map(({ check }) => check);
    expect(found).toEqual(["gitea", "git-api", "configstore"]);
    expect(wrong.out).not.toContain("a-token-that-is-secret");

    expect(unread.code).toBe(78);
    expect(unread.out).toContain("GITEA_TOKEN: must be set");

    expect(unknown.code).toBe(64);
    expect(unknown.err).toContain('"doktor"');
    expect(unknown.err).toContain("  doctor  ");
    for (const { code, err } of others) {
      expect(code).toBe(78);
      expect(err).toContain("GITEA_TOKEN: must be set");
    }
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toContain("  actualizer  ");
  },
);
