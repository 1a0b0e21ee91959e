import { expect, test } from "vitest";
import { ReadFileDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { hostilePaths } from "./hostile-names.ts";

const repo = { owner: "customer-demo", name: "dev" };

const read = (sett: Sett, path: string, ref: string | null = null) =>
  sett.as("zu").ask(ReadFileDocument, { ...repo, path, ref });

const push = (sett: Sett, files: Record<string, string>, branch = "master") =>
  sett.sandbox.gitea.platform.push("customer-demo", "dev", { branch, commits: [{ message: "m", files }] });

test("zu reads a file of demo's: its text, its size, its sha and the commit that wrote it", async () => {
  const sett = await startSett();
  const { id } = push(sett, { "docs/ä b#?.md": "Grüße" });
  const { data, errors } = await read(sett, "docs/ä b#?.md");
  expect(errors).toEqual([]);
  expect(data?.repo?.file).toEqual({
    path: "docs/ä b#?.md",
    text: "Grüße",
    base64: Buffer.from("Grüße").toString("base64"),
    size: 7,
    sha: "92a168af117eb31cde9c7bdd39faa9e516c2b4d4",
    lastCommitSha: id,
  });
});

test("what is no text comes in base64 alone", async () => {
  const sett = await startSett();
  push(sett, { "logo.png": "\u0000PNG" });
  const { data } = await read(sett, "logo.png");
  expect(data?.repo?.file).toMatchObject({ text: null, base64: Buffer.from("\0PNG").toString("base64") });
});

test("an empty file is a text of no length", async () => {
  const sett = await startSett();
  push(sett, { "empty.txt": "" });
  expect((await read(sett, "empty.txt")).data?.repo?.file).toMatchObject({ text: "", size: 0 });
});

test("a file is read as it is on a branch, and as it was at a commit", async () => {
  const sett = await startSett();
  const { id } = push(sett, { "a.txt": "then" });
  push(sett, { "a.txt": "now" });
  push(sett, { "a.txt": "elsewhere" }, "feature/one");
  const text = async (ref?: string) => (await read(sett, "a.txt", ref)).data?.repo?.file?.text;
  expect([await text(id), await text(), await text("feature/one")]).toEqual(["then", "now", "elsewhere"]);
});

test("what is absent, a folder, and anything at an unknown reference are not found", async () => {
  const sett = await startSett();
  push(sett, { "docs/a.txt": "a" });
  const answers = [
    await read(sett, "nothing.txt"),
    await read(sett, "docs"),
    await read(sett, "docs/a.txt", "nowhere"),
  ];
  for (const { codes, data } of answers) {
    expect(codes).toEqual(["NOT_FOUND"]);
    expect(data).toEqual({ viewer: { login: "customer-zu" }, repo: { name: "dev", file: null } });
  }
});

test("an empty repository has no files", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.addRepository("customer-demo", "empty");
  const asked = { ...repo, name: "empty", path: "README.md" };
  expect((await sett.as("demo").ask(ReadFileDocument, asked)).codes).toEqual(["NOT_FOUND"]);
});

const standing = {
  name: "x",
  path: "x",
  sha: "0".repeat(40),
  last_commit_sha: "0".repeat(40),
  content: null,
};

test.each(["symlink", "submodule"])("what is a %s is no file", async (type) => {
  const sett = await startSett();
  const body = JSON.stringify({ ...standing, type, size: 5, encoding: null });
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 200, body }, { path: /contents/ });
  expect((await read(sett, "x")).codes).toEqual(["NOT_FOUND"]);
});

test("a file too large for Gitea to hand out is refused, never shown as empty", async () => {
  const sett = await startSett();
  const body = JSON.stringify({
    ...standing,
    type: "file",
    size: 20_000_000,
    encoding: "base64",
    content: "",
  });
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 200, body }, { path: /contents/ });
  const { codes, errors } = await read(sett, "x");
  expect(codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(errors[0]?.message).toContain("too large");
});

test.each(Object.entries(hostilePaths))(
  "a path may not be %s, and no file is asked for",
  async (_kind, path) => {
    const sett = await startSett();
    const { errors } = await read(sett, path, "a..b");
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "path" }, { field: "ref" }],
    });
    expect(sett.upstreamCalls().filter((call) => call.includes("contents"))).toEqual([]);
  },
);
