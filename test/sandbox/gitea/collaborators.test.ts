import { expect, test } from "vitest";
import { type Answer, broken, call, dev, eachTestHasAGitea, gitea } from "./gitea.harness.ts";

eachTestHasAGitea();

const put = (login: string, body: unknown): Promise<Answer> =>
  call("demo", `${dev}/collaborators/${login}`, { method: "PUT", body });

test("a level Gitea does not know means write to a newcomer and changes nothing for others", async () => {
  for (const permission of ["bogus", "none", "owner", undefined]) {
    expect(await put("customer-stranger", { permission })).toMatchObject({ status: 204 });
    expect(gitea.platform.accessOf("customer-stranger", "customer-demo", "dev")).toBe("write");
    gitea.platform.removeCollaborator("customer-demo", "dev", "customer-stranger");
  }
  await put("customer-zu", { permission: "bogus" });
  expect(gitea.platform.accessOf("customer-zu", "customer-demo", "dev")).toBe("read");
});

test("unknown users are 422, inactive ones 500, and the owner is no collaborator whatever one does", async () => {
  expect(await put("nosuch", { permission: "read" })).toMatchObject({ status: 422 });
  gitea.platform.user("customer-stranger").active = false;
  expect(await put("customer-stranger", { permission: "read" })).toMatchObject({
    status: 500,
    body: broken,
  });
  expect(await put("customer-demo", { permission: "read" })).toMatchObject({ status: 204 });
  expect(await call("demo", `${dev}/collaborators/customer-demo`)).toMatchObject({ status: 404 });
  expect(await call("demo", `${dev}/collaborators/customer-al`)).toMatchObject({ status: 204 });
});

test("a body is required, and has to be JSON", async () => {
  const path = `${dev}/collaborators/customer-zu`;
  const bare = await call("demo", path, { method: "PUT" });
  expect(bare).toMatchObject({ status: 422, body: { message: "[]: Empty Content-Type" } });
});

test("the list is counted but never linked", async () => {
  const { body, headers } = await call("demo", `${dev}/collaborators?limit=1&page=2`);
  expect(body).toMatchObject([{ login: "customer-zu" }]);
  expect(headers.get("x-total-count")).toBe("2");
  expect(headers.has("link")).toBe(false);
});

test("one may ask one's own permission only with a login name that is spelt the same", async () => {
  const own = `${dev}/collaborators/customer-al/permission`;
  expect((await call("al", own)).body).toMatchObject({ permission: "write", role_name: "write" });
  expect(await call("al", `${dev}/collaborators/CUSTOMER-AL/permission`)).toMatchObject({ status: 403 });
  expect(await call("zu", own)).toMatchObject({ status: 403 });
  gitea.platform.user("customer-al").loginName = "";
  expect(await call("al", own)).toMatchObject({ status: 403 });
  expect((await call("demo", own)).body).toMatchObject({ permission: "write" });
  expect((await call("demo", `${dev}/collaborators/admin-user/permission`)).body).toMatchObject({
    permission: "owner",
  });
});
