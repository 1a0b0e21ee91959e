import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";

const longMemory = { PERMISSION_TTL: "10m", VIEWER_TTL: "10m" };
const noMemory = { PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" };

const projects = "{ viewer { projects(first: 100) { nodes { producer viewerPermission } } } }";
const theRepository = "gitea GET /api/v1/repos/customer-demo/dev";

const manyFields = `query ($owner: Login!) {
  one: repo(owner: $owner, name: "dev") { name description viewerPermission cloneUrl sshUrl }
  two: repo(owner: "CUSTOMER-demo", name: "DEV") { webUrl createdAt viewerCan(permission: "repo:write") }
  three: project(producer: "demo") { env repo { name updatedAt } viewerCan(permission: "project:admin") }
}`;

function addSharedProjects(sett: Sett, count: number): void {
  const { platform } = sett.sandbox.gitea;
  for (let index = 0; index < count; index += 1) {
    const login = `customer-p${index}`;
    platform.addUser({ login, email: `p${index}@customer.example` });
    platform.addRepository(login, "dev");
    platform.setCollaborator(login, "dev", "customer-eve", "read");
  }
}

test.each([
  [10, 1],
  [48, 1],
  [49, 2],
  [118, 3],
])("listing %i shared projects costs who one is and %i pages of fifty repositories", async (count, pages) => {
  const sett = await startSett();
  addSharedProjects(sett, count);
  const { codes } = await sett.as("eve").askText(projects);
  expect(codes).toEqual([]);
  const calls = sett.upstreamCalls();
  expect(calls.filter((call) => call.includes("/user/repos"))).toHaveLength(pages);
  expect(calls).toHaveLength(pages + 1);
});

test("a repository touched by ten fields and aliases, however it is spelt, is one call to Gitea", async () => {
  const sett = await startSett();
  const { codes } = await sett.as("al").askText(manyFields, { owner: "customer-demo" });
  expect(codes).toEqual([]);
  expect(sett.upstreamCalls()).toEqual([theRepository]);
});

test("a read of what was read a moment ago costs no call", async () => {
  const sett = await startSett({ env: longMemory });
  await sett.as("al").askText(manyFields, { owner: "customer-demo" });
  sett.upstreamCalls();
  const { codes } = await sett.as("al").askText(manyFields, { owner: "customer-demo" });
  expect(codes).toEqual([]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("the same question of fifty requests at once is asked once", async () => {
  const sett = await startSett({ env: noMemory });
  const { faults } = sett.sandbox.gitea;
  faults.set({ mode: "freeze" }, { path: /\/repos\// });
  const asked = Array.from({ length: 50 }, () =>
    sett.as("al").askText(manyFields, { owner: "customer-demo" }),
  );
  // All are there, with the one that asks how many there are, before any is answered.
  await expect.poll(() => sett.measured("sett_http_requests_running"), { timeout: 10_000 }).toBe(51);
  faults.clear();
  expect((await Promise.all(asked)).flatMap(({ codes }) => codes)).toEqual([]);
  expect(sett.upstreamCalls()).toEqual([theRepository]);
});

test("nobody is answered with what somebody else was told", async () => {
  const sett = await startSett({ env: longMemory });
  const ask = (name: "al" | "eve" | "zu") =>
    sett.as(name).askText('{ repo(owner: "customer-demo", name: "dev") { viewerPermission } }');
  expect((await ask("al")).data).toEqual({ repo: { viewerPermission: "WRITE" } });
  expect((await ask("zu")).data).toEqual({ repo: { viewerPermission: "READ" } });
  expect((await ask("eve")).codes).toEqual(["NOT_FOUND"]);
  expect(sett.upstreamCalls()).toEqual([theRepository, theRepository, theRepository]);
});

test("a write asks Gitea although a read of the same is remembered", async () => {
  const sett = await startSett({ env: longMemory });
  const read = '{ repo(owner: "customer-demo", name: "dev") { viewerPermission } }';
  await sett.as("al").askText(read);
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "dev", "customer-al", "read");
  expect((await sett.as("al").askText(read)).data).toEqual({ repo: { viewerPermission: "WRITE" } });
  sett.upstreamCalls();
  const write = `mutation { saveRepoFile(input: {
    repo: { owner: "customer-demo", name: "dev" }, path: "a.txt", content: "a"
  }) { commitSha } }`;
  expect((await sett.as("al").askText(write)).codes).toEqual(["FORBIDDEN"]);
  expect(sett.upstreamCalls()).toEqual([theRepository]);
  // What the write learnt is what reads are now told.
  expect((await sett.as("al").askText(read)).data).toEqual({ repo: { viewerPermission: "READ" } });
});

test("a right taken away in Gitea itself is gone within the time to live", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "50ms" } });
  const read = '{ repo(owner: "customer-demo", name: "dev") { viewerPermission } }';
  expect((await sett.as("al").askText(read)).codes).toEqual([]);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  await expect.poll(async () => (await sett.as("al").askText(read)).codes).toEqual(["NOT_FOUND"]);
});

test("an outage is neither a refusal nor a permission, for viewerCan as well", async () => {
  const sett = await startSett({ env: noMemory });
  await sett.sandbox.gitea.stop();
  const { codes, data } = await sett.as("al").askText(`{
    repo(owner: "customer-demo", name: "dev") { viewerCan(permission: "repo:read") }
    project(producer: "demo") { id }
    viewer { viewerCan(permission: "platform:admin") }
  }`);
  expect(data).toEqual({ repo: null, project: null, viewer: null });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE"]);
});
