import { expect, test } from "vitest";
import { ListCommitsDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { hostilePaths } from "./hostile-names.ts";

const repo = { owner: "customer-demo", name: "dev" };

const push = (sett: Sett, count: number, branch = "master") =>
  sett.sandbox.gitea.platform.push("customer-demo", "dev", {
    branch,
    by: "customer-al",
    commits: Array.from({ length: count }, (_, index) => ({
      message: `change ${index + 1}`,
      files: { [index % 2 === 0 ? "even.txt" : "odd.txt"]: `${branch} ${index}` },
    })),
  });

test("commits come newest first, with what they say and who made them", async () => {
  const sett = await startSett();
  const { id } = push(sett, 1);
  const { data, errors } = await sett.as("zu").ask(ListCommitsDocument, repo);
  expect(errors).toEqual([]);
  expect(data?.repo?.commits?.totalCount).toBe(2);
  expect(data?.repo?.commits?.nodes[0]).toEqual({
    sha: id,
    message: "change 1\n",
    authorName: "customer-al",
    authorLogin: "customer-al",
    webUrl: `${sett.sandbox.gitea.url}/customer-demo/dev/commit/${id}`,
  });
});

test("a hundred commits come in pages of any length, each once, with the right total", async () => {
  const sett = await startSett();
  push(sett, 99);
  const seen: string[] = [];
  let after: string | null | undefined;
  do {
    const page = { ...repo, first: 37, after: after ?? null };
    const part = (await sett.as("zu").ask(ListCommitsDocument, page)).data?.repo?.commits;
    expect(part?.totalCount).toBe(100);
    seen.push(...(part?.nodes.map(({ sha }) => sha) ?? []));
    after = part?.pageInfo.hasNextPage ? part.pageInfo.endCursor : undefined;
  } while (after);
  expect([seen.length, new Set(seen).size]).toEqual([100, 100]);
});

test("a hundred can be asked for at once, more than Gitea gives", async () => {
  const sett = await startSett();
  push(sett, 120);
  const { data } = await sett.as("zu").ask(ListCommitsDocument, { ...repo, first: 100 });
  const commits = data?.repo?.commits;
  expect(new Set(commits?.nodes.map(({ sha }) => sha)).size).toBe(100);
  expect(commits?.totalCount).toBe(121);
});

test("the commits of one file are those that changed it, with their own total", async () => {
  const sett = await startSett();
  push(sett, 5);
  const { data } = await sett.as("zu").ask(ListCommitsDocument, { ...repo, path: "odd.txt" });
  expect(data?.repo?.commits?.nodes.map(({ message }) => message)).toEqual(["change 4\n", "change 2\n"]);
  expect(data?.repo?.commits?.totalCount).toBe(2);
});

test("the commits before a branch or a commit are those, and no others", async () => {
  const sett = await startSett();
  const { id } = push(sett, 2);
  push(sett, 3, "feature/one");
  const total = async (ref: string) =>
    (await sett.as("zu").ask(ListCommitsDocument, { ...repo, ref })).data?.repo?.commits?.totalCount;
  expect([await total("feature/one"), await total(id), await total("master")]).toEqual([6, 3, 3]);
});

test("an argument that is null is one that was left out", async () => {
  const sett = await startSett();
  const nothing = { ref: null, path: null, after: null };
  const { text } = await sett.as("zu").ask(ListCommitsDocument, { ...repo, ...nothing });
  expect(text).toBe((await sett.as("zu").ask(ListCommitsDocument, repo)).text);
});

test("an unknown reference is not found, and neither is a file that never was", async () => {
  const sett = await startSett();
  const byRef = await sett.as("zu").ask(ListCommitsDocument, { ...repo, ref: "nowhere" });
  const byPath = await sett.as("zu").ask(ListCommitsDocument, { ...repo, path: "never.txt" });
  expect(byRef.errors[0]).toMatchObject({
    message: expect.stringContaining("reference") as string,
    extensions: { code: "NOT_FOUND" },
  });
  expect(byPath.errors[0]).toMatchObject({
    message: expect.stringContaining("file") as string,
    extensions: { code: "NOT_FOUND" },
  });
  expect(byRef.data?.repo).toEqual({ name: "dev", commits: null });
});

test("a Gitea that breaks over a reference it knows is an outage, and no reference is called unknown", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500 }, { path: /dev\/commits/ });
  const { codes } = await sett.as("zu").ask(ListCommitsDocument, { ...repo, ref: "master" });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("an empty repository has no commits, at whatever place they are asked for", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.addRepository("customer-demo", "empty");
  const ofDev = await sett.as("demo").ask(ListCommitsDocument, repo);
  const after = ofDev.data?.repo?.commits?.pageInfo.endCursor ?? null;
  for (const place of [{}, { after }]) {
    const page = { ...repo, name: "empty", ...place };
    const { data, errors } = await sett.as("demo").ask(ListCommitsDocument, page);
    expect(errors).toEqual([]);
    expect(data?.repo?.commits).toMatchObject({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false },
    });
  }
});

test.each(Object.entries(hostilePaths))(
  "neither path nor reference may be %s, and Gitea is asked for the repository alone",
  async (_kind, path) => {
    const sett = await startSett();
    const { errors } = await sett.as("zu").ask(ListCommitsDocument, { ...repo, path, ref: `../${path}` });
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "path" }, { field: "ref" }],
    });
    expect(sett.upstreamCalls().filter((call) => call.includes("commits"))).toEqual([]);
  },
);

test.each([0, -1, 101])("a page of %i is bad input", async (first) => {
  const sett = await startSett();
  const { errors } = await sett.as("zu").ask(ListCommitsDocument, { ...repo, first });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "first" }] });
});
