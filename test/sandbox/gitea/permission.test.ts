import { expect, test } from "vitest";
import { type Ask, call, dev, eachTestHasAGitea, gitea, hidden } from "./gitea.harness.ts";

eachTestHasAGitea();

test.each([
  ["admin", { admin: true, push: true, pull: true }],
  ["demo", { admin: true, push: true, pull: true }],
  ["al", { admin: false, push: true, pull: true }],
  ["zu", { admin: false, push: false, pull: true }],
])("%s sees %j in the repository", async (person, permissions) => {
  expect(await call(person, dev)).toMatchObject({ status: 200, body: { id: 1, permissions } });
});

test("to strangers and to nobody a private repository is absent, whatever they ask of it", async () => {
  for (const person of ["stranger", undefined]) {
    for (const path of [
      "",
      "/collaborators",
      "/branches",
      "/contents/lunchbadger.json",
      "/hooks",
      "/raw/lunchbadger.json",
    ]) {
      expect(await call(person, dev + path)).toMatchObject({ status: 404, body: hidden });
    }
    expect(await call(person, dev, { method: "DELETE" })).toMatchObject({ status: 404, body: hidden });
  }
});

test("a public repository is readable by all but restricted users", async () => {
  const open = "/repos/customer-demo/open";
  expect((await call(undefined, open)).body).toMatchObject({
    permissions: { admin: false, push: false, pull: true },
  });
  expect(await call("stranger", open, { method: "DELETE" })).toMatchObject({ status: 403 });
  gitea.platform.user("customer-stranger").restricted = true;
  expect(await call("stranger", open)).toMatchObject({ status: 404, body: hidden });
});

test("readers and writers are told what they lack", async () => {
  const lacks = async (path: string, ask: Ask, message: string): Promise<void> =>
    expect(await call("zu", dev + path, ask)).toMatchObject({ status: 403, body: { message } });
  await lacks(
    "",
    { method: "PATCH", body: {} },
    "user should be an owner or a collaborator with admin write of a repository",
  );
  await lacks("", { method: "DELETE" }, "user should be the owner of the repo");
  await lacks("/branches", { method: "POST", body: {} }, "user should have a permission to write to a repo");
  const file = { method: "POST", body: { content: "" } };
  await lacks("/contents/x", file, "user should have a permission to write to this branch");
});

test("a collaborator who is taken away is a stranger with the next call", async () => {
  expect(await call("zu", dev)).toMatchObject({ status: 200 });
  expect(await call("demo", `${dev}/collaborators/customer-zu`, { method: "DELETE" })).toMatchObject({
    status: 204,
  });
  expect(await call("zu", dev)).toMatchObject({ status: 404 });
  expect(await call("demo", `${dev}/collaborators/customer-zu`, { method: "DELETE" })).toMatchObject({
    status: 204,
  });
  expect(gitea.platform.accessOf("customer-zu", "customer-demo", "dev")).toBe("none");
});
