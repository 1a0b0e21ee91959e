import { expect, test } from "vitest";
import { basic, call, eachTestHasAGitea } from "./gitea.harness.ts";

eachTestHasAGitea();

const wanted = { username: "customer-new", email: "new@customer.com", password: "secret" };

test("a new user must change the password before his own credentials work", async () => {
  expect(await call("admin", "/admin/users", { method: "POST", body: wanted })).toMatchObject({
    status: 201,
  });
  expect(await call(undefined, "/user", { headers: basic("customer-new:secret") })).toMatchObject({
    status: 403,
  });
  const change = { login_name: "customer-new", source_id: 0, must_change_password: false };
  const path = "/admin/users/customer-new";
  expect(await call("admin", path, { method: "PATCH", body: {} })).toMatchObject({ status: 422 });
  expect(await call("admin", path, { method: "PATCH", body: change })).toMatchObject({ status: 200 });
  expect(await call(undefined, "/user", { headers: basic("customer-new:secret") })).toMatchObject({
    status: 200,
  });
});

test.each([
  [{ ...wanted, username: "customer-al" }, "user already exists [name: customer-al]"],
  [{ ...wanted, email: "al@customer.com" }, "e-mail already in use [email: al@customer.com]"],
  [{ ...wanted, username: "bad name" }, "[Username]: invalid username"],
  [{ ...wanted, username: "a".repeat(41) }, "[Username]: MaxSize"],
  [{ ...wanted, username: "admin" }, "name is reserved [name: admin]"],
  [{ ...wanted, email: "notmail" }, "[Email]: Email"],
  [{}, "[Username]: Required"],
])("a user like %j is refused", async (body, message) => {
  expect(await call("admin", "/admin/users", { method: "POST", body })).toMatchObject({
    status: 422,
    body: { message },
  });
});

test("nobody else may", async () => {
  expect(await call("al", "/admin/users")).toMatchObject({
    status: 403,
    body: { message: "user should be the site admin" },
  });
  expect(await call(undefined, "/admin/users")).toMatchObject({ status: 401 });
});

test("a renamed user is redirected to, and a user with repositories goes only when they are purged", async () => {
  const rename = { method: "POST", body: { new_username: "customer-demo2" } };
  expect(await call("admin", "/admin/users/customer-demo/rename", rename)).toMatchObject({
    status: 200,
    text: "",
  });
  const former = await call("stranger", "/repos/customer-demo/dev");
  expect(former.status).toBe(307);
  expect(former.headers.get("location")).toBe("/api/v1/repos/customer-demo2/dev");
  expect((await call("al", "/users/customer-demo")).headers.get("location")).toBe(
    "/api/v1/users/customer-demo2",
  );
  const path = "/admin/users/customer-demo2";
  expect(await call("admin", path, { method: "DELETE" })).toMatchObject({ status: 422 });
  expect(await call("admin", `${path}?purge=true`, { method: "DELETE" })).toMatchObject({ status: 204 });
  expect(await call("demo", "/user")).toMatchObject({ status: 401 });
  expect((await call("al", "/user/repos")).body).toEqual([]);
});
