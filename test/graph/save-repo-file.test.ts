import { expect, test } from "vitest";
import { ReadFileDocument, SaveFileDocument, type SaveRepoFileInput } from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { hostilePaths } from "./hostile-names.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const repo = { owner: "customer-demo", name: "dev" };

const save = (person: Person, input: Partial<SaveRepoFileInput>) =>
  person.ask(SaveFileDocument, { input: { repo, path: "README.md", content: "new", ...input } });

const shaOf = async (sett: Sett, path = "README.md") =>
  (await sett.as("demo").ask(ReadFileDocument, { ...repo, path })).data?.repo?.file?.sha ?? "";

const content = (sett: Sett, path = "README.md", branch?: string) =>
  sett.sandbox.gitea.platform.readFile("customer-demo", "dev", path, branch);

const head = (sett: Sett) =>
  sett.sandbox.gitea.platform.repository("customer-demo", "dev").git.branches.get("master")?.head;

test("al writes a new file, deep in folders, into demo's repository, as himself", async () => {
  const sett = await startSett();
  const input = { path: "docs/a b/ä.md", content: "# Grüße 🦡\n", message: "Say hello" };
  const { data, errors } = await save(sett.as("al"), input);
  expect(errors).toEqual([]);
  expect(content(sett, input.path)).toBe(input.content);
  expect(head(sett)).toMatchObject({ message: "Say hello\n", author: { name: "customer-al" } });
  const { path, content: text } = input;
  expect(data?.saveRepoFile?.commitSha).toBe(head(sett)?.id);
  const sha = await shaOf(sett, path);
  expect(data?.saveRepoFile?.file).toMatchObject({ path, text, sha, size: Buffer.byteLength(text) });
});

test("a file is replaced by whoever names the sha it has, and the commit says so without being told", async () => {
  const sett = await startSett();
  const { errors } = await save(sett.as("al"), { sha: await shaOf(sett) });
  expect(errors).toEqual([]);
  expect(content(sett)).toBe("new");
  expect(head(sett)?.message).toBe("Save README.md\n");
});

test("whoever read an older content learns the sha of the present one, and nothing is written", async () => {
  const sett = await startSett();
  const old = await shaOf(sett);
  await save(sett.as("demo"), { sha: old, content: "demo's" });
  const { errors } = await save(sett.as("al"), { sha: old, content: "al's" });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", current: { sha: await shaOf(sett) } });
  expect(content(sett)).toBe("demo's");
});

test("a file that is gone is a conflict with nothing there, and is not made anew", async () => {
  const sett = await startSett();
  const sha = await shaOf(sett);
  const commits = [{ message: "Clean up", files: { "README.md": null } }];
  sett.sandbox.gitea.platform.push("customer-demo", "dev", { commits });
  const { errors } = await save(sett.as("al"), { sha });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { sha: null, lastCommitSha: null },
  });
  expect(content(sett)).toBeUndefined();
});

test("a new file where there is one already is a conflict with that one", async () => {
  const sett = await startSett();
  const { errors } = await save(sett.as("al"), {});
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", current: { sha: await shaOf(sett) } });
  expect(content(sett)).toContain("demo in dev");
});

test("what is null is what was left out: a new file on the default branch, with a message made for it", async () => {
  const sett = await startSett();
  const { errors } = await save(sett.as("al"), { path: "a.txt", sha: null, branch: null, message: null });
  expect(errors).toEqual([]);
  expect(content(sett, "a.txt")).toBe("new");
  expect(head(sett)?.message).toBe("Save a.txt\n");
});

test("bytes that are no text are written and read back in base64, unchanged", async () => {
  const sett = await startSett();
  const bytes = Buffer.from([0, 255, 137, 80, 78, 71, 10]).toString("base64");
  const { data } = await save(sett.as("al"), { path: "logo.png", content: bytes, encoding: "BASE64" });
  expect(data?.saveRepoFile?.file).toMatchObject({ base64: bytes, text: null, size: 7 });
  const read = await sett.as("demo").ask(ReadFileDocument, { ...repo, path: "logo.png" });
  expect(read.data?.repo?.file).toMatchObject({ base64: bytes, text: null, size: 7 });
});

test.each(["not base64!", "YQ", "YQ==\n", "Y Q=="])("base64 such as %j is bad input", async (written) => {
  const sett = await startSett();
  const { errors } = await save(sett.as("al"), { path: "a.txt", content: written, encoding: "BASE64" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.content" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a file is written on another branch, and the default one stays as it is", async () => {
  const sett = await startSett();
  const commits = [{ message: "Begin", files: { "a.txt": "a" } }];
  sett.sandbox.gitea.platform.push("customer-demo", "dev", { branch: "feature/one", commits });
  const input = { branch: "feature/one", sha: await shaOf(sett), content: "there" };
  expect((await save(sett.as("al"), input)).errors).toEqual([]);
  expect(content(sett, "README.md", "feature/one")).toBe("there");
  expect(content(sett)).toContain("demo in dev");
});

test("an unknown branch is not found, with a sha and without one", async () => {
  const sett = await startSett();
  const sha = await shaOf(sett);
  for (const input of [{ path: "a.txt" }, { sha }]) {
    const { codes, errors } = await save(sett.as("al"), { branch: "nowhere", ...input });
    expect(codes).toEqual(["NOT_FOUND"]);
    expect(errors[0]?.message).toContain("branch");
  }
});

test("the first file of an empty repository makes its first commit", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  platform.addRepository("customer-demo", "empty");
  const { data, errors } = await save(sett.as("demo"), { repo: { ...repo, name: "empty" } });
  expect(errors).toEqual([]);
  expect(data?.saveRepoFile?.file.text).toBe("new");
  expect(platform.readFile("customer-demo", "empty", "README.md")).toBe("new");
});

test("an archived repository refuses to be written into, and says why", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.repository("customer-demo", "dev").archivedAt = new Date();
  const { codes, errors } = await save(sett.as("demo"), { path: "a.txt" });
  expect(codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(errors[0]?.message).toContain("archived");
});

test.each([
  [403, 1],
  [409, 3],
  [500, 3],
])("while git is busy, which Gitea tells by %i, a write is sent again", async (status, times) => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set(
    { mode: "answer", status, body: "{}" },
    { method: "POST", path: /contents/, times },
  );
  const { errors } = await save(sett.as("al"), { path: "busy.md" });
  expect(errors).toEqual([]);
  expect(content(sett, "busy.md")).toBe("new");
});

test("a write that Gitea refuses again and again is refused, though the permission is there", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set(
    { mode: "answer", status: 403, body: "{}" },
    { method: "POST", path: /contents/ },
  );
  const { codes } = await save(sett.as("al"), { path: "guarded.md" });
  expect(codes).toEqual(["FORBIDDEN"]);
  expect(upstreamWrites(sett)).toHaveLength(2);
  expect(content(sett, "guarded.md")).toBeUndefined();
});

test("zu may read demo's files but not change them, and Gitea is not asked to", async () => {
  const sett = await startSett();
  const { errors } = await save(sett.as("zu"), { path: "a.txt" });
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "repo:write" });
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each(Object.entries(hostilePaths))(
  "a path may not be %s, and no upstream is asked",
  async (_kind, path) => {
    const sett = await startSett();
    const input = { path, branch: "../master", sha: "not a sha", message: " " };
    const { codes, errors } = await save(sett.as("demo"), input);
    expect(codes).toEqual(["BAD_USER_INPUT"]);
    const problems = errors[0]?.extensions["problems"] as { field: string }[];
    expect(problems.map(({ field }) => field).sort()).toEqual([
      "input.branch",
      "input.message",
      "input.path",
      "input.sha",
    ]);
    expect(sett.upstreamCalls()).toEqual([]);
  },
);
