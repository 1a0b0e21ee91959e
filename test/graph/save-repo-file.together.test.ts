import { expect, test } from "vitest";
import { ReadFileDocument, SaveFileDocument, type SaveRepoFileInput } from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";

const repo = { owner: "customer-demo", name: "dev" };

const save = (person: Person, input: Partial<SaveRepoFileInput>) =>
  person.ask(SaveFileDocument, { input: { repo, path: "README.md", content: "new", ...input } });

const ten = Array.from({ length: 10 }, (_, index) => `file-${index}.txt`);

const content = (sett: Sett, path = "README.md") =>
  sett.sandbox.gitea.platform.readFile("customer-demo", "dev", path);

const sendStraight = async (sett: Sett, path: string) => {
  const url = `${sett.sandbox.gitea.url}/api/v1/repos/customer-demo/dev/contents/straight-${path}`;
  const headers = { authorization: "token demo-token", "content-type": "application/json" };
  const body = JSON.stringify({ content: Buffer.from(path).toString("base64") });
  return (await fetch(url, { method: "POST", headers, body })).status;
};

test("ten files written to one branch at once: straight to Gitea most are lost, through the gateway none", async () => {
  const sett = await startSett({ timing: { writeMs: 20 } });
  const statuses = await Promise.all(ten.map((path) => sendStraight(sett, path)));
  expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(5);

  const answers = await Promise.all(ten.map((path) => save(sett.as("al"), { path, content: path })));
  expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
  expect(ten.map((path) => content(sett, path))).toEqual(ten);
});

test("of eight who replace the same content one wins, and the others learn the winner's sha", async () => {
  const sett = await startSett();
  const read = async () => (await sett.as("demo").ask(ReadFileDocument, { ...repo, path: "README.md" })).data;
  const sha = (await read())?.repo?.file?.sha ?? "";
  const texts = Array.from({ length: 8 }, (_, index) => `version ${index}`);
  const answers = await Promise.all(texts.map((text) => save(sett.as("al"), { sha, content: text })));
  const won = answers.filter(({ errors }) => errors.length === 0);
  const lost = answers.filter(({ codes }) => codes[0] === "CONFLICT");
  expect([won.length, lost.length]).toEqual([1, 7]);
  expect(content(sett)).toBe(won[0]?.data?.saveRepoFile?.file.text);
  const present = (await read())?.repo?.file?.sha;
  for (const { errors } of lost) expect(errors[0]?.extensions["current"]).toMatchObject({ sha: present });
});

test("a write that git was too busy for is sent again", async () => {
  const sett = await startSett();
  const busy = { method: "POST", path: /contents/, times: 2 };
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500, body: '{"message":""}' }, busy);
  expect((await save(sett.as("al"), { path: "a.txt" })).codes).toEqual([]);
  expect(content(sett, "a.txt")).toBe("new");
});

test.each([
  ["new", {}],
  ["changed", { replace: true }],
])(
  "a %s file whose answer got lost is recognised as written, and is not written twice",
  async (_kind, kind) => {
    const sett = await startSett();
    const path = "replace" in kind ? "README.md" : "a.txt";
    const read = await sett.as("al").ask(ReadFileDocument, { ...repo, path: "README.md" });
    const sha = "replace" in kind ? { sha: read.data?.repo?.file?.sha ?? "" } : {};
    const { git } = sett.sandbox.gitea.platform.repository("customer-demo", "dev");
    const before = git.commits;
    sett.sandbox.gitea.faults.set({ mode: "lose" }, { path: /contents\/[^?]*$/, times: 1 });
    const { data, errors } = await save(sett.as("al"), { path, ...sha });
    expect(errors).toEqual([]);
    expect(data?.saveRepoFile?.commitSha).toBe(git.branches.get("master")?.head.id);
    expect(git.commits).toBe(before + 1);
  },
);

test("a write that never arrived is an outage, and nothing is written", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "drop" }, { method: "POST", path: /contents/ });
  expect((await save(sett.as("al"), { path: "a.txt" })).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(content(sett, "a.txt")).toBeUndefined();
});

test("more writes than may wait are told when to try again; those that waited are done", async () => {
  const sett = await startSett({ env: { WRITE_QUEUE_LIMIT: "2" }, timing: { writeMs: 50 } });
  const answers = await Promise.all(ten.map((path) => save(sett.as("al"), { path })));
  const done = answers.filter(({ codes }) => codes.length === 0);
  const refused = answers.filter(({ codes }) => codes[0] === "RATE_LIMITED");
  expect(done.length).toBeGreaterThanOrEqual(3);
  expect(refused.length).toBeGreaterThan(0);
  expect(done.length + refused.length).toBe(10);
  for (const { errors } of refused) expect(errors[0]?.extensions["retryAfterMs"]).toBeGreaterThan(0);
});

test("writes to other repositories do not wait for a slow one", async () => {
  const sett = await startSett({ env: { WRITE_QUEUE_LIMIT: "1" } });
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { method: "POST", path: /dev\/contents/ });
  const slow = save(sett.as("al"), { path: "a.txt" });
  await expect.poll(() => sett.sandbox.gitea.requests.some(({ method }) => method === "POST")).toBe(true);
  const other = await save(sett.as("al"), { repo: { ...repo, name: "functions" }, path: "a.txt" });
  expect(other.codes).toEqual([]);
  await sett.sandbox.gitea.stop();
  expect((await slow).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});
