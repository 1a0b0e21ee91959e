import { expect, test } from "vitest";
import { aKey, call, eachTestHasAGitea, gitea } from "./gitea.harness.ts";

eachTestHasAGitea();

test("others see blank flags, and the address only when they are signed in", async () => {
  const blank = { login_name: "", active: false, is_admin: false, last_login: "0001-01-01T00:00:00Z" };
  const seen = await call("al", "/users/CUSTOMER-DEMO");
  expect(seen.body).toMatchObject({ ...blank, login: "customer-demo", email: "demo@customer.com" });
  const unsigned = await call(undefined, "/users/customer-demo");
  expect(unsigned.body).toMatchObject({ ...blank, email: "customer-demo@noreply.127.0.0.1" });
  expect((await call("admin", "/users/customer-demo")).body).toMatchObject({
    active: true,
    login_name: "customer-demo",
  });
});

test("a private user exists only for himself and site admins", async () => {
  gitea.platform.addUser({ login: "customer-privy", email: "privy@customer.com", visibility: "private" });
  const refused = await call("al", "/users/customer-privy");
  expect(refused).toMatchObject({ status: 404, body: { message: "GetUserByName" } });
  expect((await call("al", "/users/search?q=privy")).body).toEqual({ data: [], ok: true });
  expect(await call("admin", "/users/customer-privy")).toMatchObject({ status: 200 });
});

test("the search gives everybody when no page is named, and links to a second page all the same", async () => {
  const everybody = await call("al", "/users/search?limit=2");
  expect((everybody.body as { data: unknown[] }).data).toHaveLength(5);
  expect(everybody.headers.get("x-total-count")).toBe("5");
  expect(everybody.headers.get("link")).toContain(
    `${gitea.url}/api/v1/users/search?limit=2&page=2>; rel="next"`,
  );
  const second = await call("al", "/users/search?limit=2&page=2");
  expect((second.body as { data: { login: string }[] }).data.map(({ login }) => login)).toEqual([
    "customer-demo",
    "customer-stranger",
  ]);
  expect((await call("al", "/users/search?q=demo@customer.com")).body).toEqual({ data: [], ok: true });
});

test("the list of one's repositories has the collaborations, with permissions, by page", async () => {
  const { body, headers } = await call("demo", "/user/repos?limit=2&page=1");
  expect(body).toMatchObject([
    { name: "dev", permissions: { admin: true } },
    { name: "empty", empty: true },
  ]);
  expect(headers.get("x-total-count")).toBe("3");
  expect(headers.get("link")).toBe(
    `<${gitea.url}/api/v1/user/repos?limit=2&page=2>; rel="next",<${gitea.url}/api/v1/user/repos?limit=2&page=2>; rel="last"`,
  );
  const zu = await call("zu", "/user/repos");
  expect(zu.body).toMatchObject([
    { full_name: "customer-demo/dev", permissions: { admin: false, push: false, pull: true } },
  ]);
  expect((await call("admin", "/user/repos")).body).toEqual([]);
});

test("the list of another's repositories leaks in its count how many are hidden", async () => {
  const { body, headers } = await call("stranger", "/users/customer-demo/repos");
  expect(body).toMatchObject([{ name: "open" }]);
  expect(headers.get("x-total-count")).toBe("3");
  expect((await call(undefined, "/users/customer-demo/repos")).headers.get("x-total-count")).toBe("1");
});

test("anybody signed in may read a key by its id, but only its owner is told whose it is and may remove it", async () => {
  const made = await call("al", "/user/keys", { method: "POST", body: { title: "laptop", key: aKey } });
  expect(made).toMatchObject({
    status: 201,
    body: { fingerprint: "SHA256:H/lWH0DH6Hm5bb3gW93xiqaCtArojjmAzQAw1if0sZk" },
  });
  const { id } = made.body as { id: number };
  const path = `/user/keys/${id}`;
  expect(Object.keys((await call("zu", path)).body as object)).not.toContain("user");
  expect((await call("al", path)).body).toMatchObject({ user: { login: "customer-al" }, key_type: "user" });
  expect(await call("zu", path, { method: "DELETE" })).toMatchObject({ status: 403 });
  const reused = await call("zu", "/user/keys", { method: "POST", body: { title: "mine", key: aKey } });
  expect(reused).toMatchObject({
    status: 422,
    body: { message: "Key content has been used as non-deploy key" },
  });
  const garbage = await call("zu", "/user/keys", {
    method: "POST",
    body: { title: "bad", key: "garbage" },
  });
  expect((garbage.body as { message: string }).message).toMatch(/illegal base64 data at input byte 4$/);
  expect(await call("admin", path, { method: "DELETE" })).toMatchObject({ status: 204 });
  expect((await call("zu", "/users/customer-al/keys")).body).toEqual([]);
});
