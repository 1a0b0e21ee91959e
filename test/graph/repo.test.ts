import { expect, test } from "vitest";
import { ListBranchesDocument, ReadRepoDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";

const repo = { owner: "customer-demo", name: "dev" };

test("zu reads what demo's repository is, and how to clone it", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("zu").ask(ReadRepoDocument, repo);
  expect(errors).toEqual([]);
  expect(data?.repo).toMatchObject({
    ...repo,
    description: "The project of demo in dev",
    isEmpty: false,
    isPrivate: true,
    isArchived: false,
    defaultBranch: "master",
    webUrl: `${sett.sandbox.gitea.url}/customer-demo/dev`,
    cloneUrl: `${sett.sandbox.gitea.url}/customer-demo/dev.git`,
    sshUrl: "ssh://git@127.0.0.1:3022/customer-demo/dev.git",
    viewerPermission: "READ",
  });
});

test("a repository is found however its name is cased, under the one id and name that it has", async () => {
  const sett = await startSett();
  const plain = await sett.as("al").ask(ReadRepoDocument, repo);
  const shouted = await sett.as("al").ask(ReadRepoDocument, { owner: "CUSTOMER-DEMO", name: "DEV" });
  expect(shouted.errors).toEqual([]);
  expect(shouted.text).toBe(plain.text);
});

test("a hidden repository, an absent one and one of nobody's look the same, byte for byte", async () => {
  const sett = await startSett();
  const asked = [repo, { ...repo, name: "nothing" }, { owner: "customer-nobody", name: "dev" }];
  const answers = await Promise.all(asked.map((each) => sett.as("eve").ask(ReadRepoDocument, each)));
  expect(answers[0]?.codes).toEqual(["NOT_FOUND"]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test("a renamed repository is absent under its old name, also for its owner, and is not followed", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.renameRepository("customer-demo", "dev", "newname");
  const { codes } = await sett.as("demo").ask(ReadRepoDocument, repo);
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/repos/customer-demo/dev"]);
});

test("what belongs to a renamed account is absent under its old name", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.renameUser("customer-demo", "customer-renamed");
  const old = await sett.as("al").ask(ReadRepoDocument, repo);
  const absent = await sett.as("al").ask(ReadRepoDocument, { ...repo, name: "nothing" });
  expect(old.codes).toEqual(["NOT_FOUND"]);
  expect(old.text).toBe(absent.text);
});

test.each(Object.entries(hostileNames))(
  "neither owner nor name may be %s, and no upstream is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const { errors, data } = await sett.as("demo").ask(ReadRepoDocument, { owner: name, name });
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "owner" }, { field: "name" }],
    });
    expect(data).toEqual({ repo: null });
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("branches come in pages with the right total, each once", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  const names = Array.from({ length: 7 }, (_, index) => `feature/${index}`);
  for (const branch of names) {
    platform.push("customer-demo", "dev", { branch, commits: [{ message: "m", files: { a: branch } }] });
  }
  const first = await sett.as("zu").ask(ListBranchesDocument, { ...repo, first: 5 });
  const after = first.data?.repo?.branches?.pageInfo.endCursor ?? null;
  const rest = await sett.as("zu").ask(ListBranchesDocument, { ...repo, first: 5, after });
  const parts = [first, rest].map(({ data }) => data?.repo?.branches);
  expect(parts).toMatchObject([
    { totalCount: 8, pageInfo: { hasNextPage: true, hasPreviousPage: false } },
    { totalCount: 8, pageInfo: { hasNextPage: false, hasPreviousPage: true } },
  ]);
  const found = parts.flatMap((part) => part?.nodes.map(({ name }) => name));
  expect(found.toSorted()).toEqual([...names, "master"]);
});

test("a branch names its newest commit", async () => {
  const sett = await startSett();
  const { data } = await sett.as("zu").ask(ListBranchesDocument, repo);
  const { git } = sett.sandbox.gitea.platform.repository("customer-demo", "dev");
  const commitSha = git.branches.get("master")?.head.id;
  expect(data?.repo?.branches?.nodes).toEqual([{ name: "master", commitSha, isProtected: false }]);
});

test("an empty repository says so, and has no branches", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.addRepository("customer-demo", "empty");
  const empty = { ...repo, name: "empty" };
  expect((await sett.as("demo").ask(ReadRepoDocument, empty)).data?.repo?.isEmpty).toBe(true);
  const { data, errors } = await sett.as("demo").ask(ListBranchesDocument, empty);
  expect(errors).toEqual([]);
  expect(data?.repo?.branches).toMatchObject({ totalCount: 0, nodes: [] });
});
