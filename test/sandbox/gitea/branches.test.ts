import { expect, test } from "vitest";
import { broken, call, dev, eachTestHasAGitea, goBy } from "./gitea.harness.ts";

eachTestHasAGitea();

const create = { method: "POST", body: { new_branch_name: "next" } };

test("a new branch is there at once by name, but not in the list, nor to be deleted, for two seconds", async () => {
  expect(await call("al", `${dev}/branches`, create)).toMatchObject({
    status: 201,
    body: { name: "next" },
  });
  expect(await call("al", `${dev}/branches/next`)).toMatchObject({ status: 200 });
  expect((await call("al", `${dev}/branches`)).body).toMatchObject([{ name: "master" }]);
  expect(await call("al", `${dev}/branches/next`, { method: "DELETE" })).toMatchObject({
    status: 500,
    body: broken,
  });
  goBy(2_000);
  expect((await call("al", `${dev}/branches`)).body).toHaveLength(2);
  expect(await call("al", `${dev}/branches/next`, { method: "DELETE" })).toMatchObject({ status: 204 });
  expect(await call("al", `${dev}/branches/next`)).toMatchObject({ status: 404 });
});

test("a taken or impossible name, and the end of the default branch, are refused", async () => {
  await call("al", `${dev}/branches`, create);
  expect(await call("al", `${dev}/branches`, create)).toMatchObject({ status: 409 });
  const bad = { method: "POST", body: { new_branch_name: "bad name~" } };
  expect(await call("al", `${dev}/branches`, bad)).toMatchObject({
    body: { message: "[BranchName]: GitRefName" },
  });
  expect(await call("al", `${dev}/branches/master`, { method: "DELETE" })).toMatchObject({ status: 403 });
});
