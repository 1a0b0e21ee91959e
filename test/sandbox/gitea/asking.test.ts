import { expect, test } from "vitest";
import { type Ask, basic, call, dev, eachTestHasAGitea, gitea, goBy, hidden } from "./gitea.harness.ts";

eachTestHasAGitea();

test.each([
  ["token", { Authorization: "token al-token" }, ""],
  ["bearer in any case", { Authorization: "bEARER al-token" }, ""],
  ["the query's token", {}, "?token=al-token"],
  ["the query's access_token", {}, "?access_token=al-token"],
  ["Basic with a password", basic("customer-al:secret"), ""],
  ["Basic with a token for a password", basic("customer-al:al-token"), ""],
  ["Basic with a token for a name", basic("al-token:x-oauth-basic"), ""],
])("%s signs al in", async (_, headers, query) => {
  const { status, body } = await call(undefined, `/user${query}`, { headers });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: 3,
    login: "customer-al",
    active: true,
    last_login: "1970-01-01T00:00:00Z",
  });
});

test("a wrong token is refused on every route, the open ones included", async () => {
  for (const path of ["/version", "/users/customer-demo", "/repos/customer-demo/open", "/nosuch"]) {
    const { status, body } = await call("nobody", path);
    expect(status).toBe(401);
    expect(body).toMatchObject({ message: "user does not exist [uid: 0, name: , keyid: 0]" });
  }
});

test("a header which is no credential, or an empty one, counts as nobody", async () => {
  for (const Authorization of ["garbage", "token ", "Digest abc"]) {
    expect(await call(undefined, "/version", { headers: { Authorization } })).toMatchObject({
      status: 200,
    });
    const refused = await call(undefined, "/user", { headers: { Authorization } });
    expect(refused).toMatchObject({ status: 401, body: { message: "token is required" } });
  }
});

test("an OAuth2 access token works as bearer until it expires", async () => {
  const token = gitea.platform.addOauthToken("customer-al", 3600);
  const headers = { Authorization: `Bearer ${token}` };
  expect(token.split(".")).toHaveLength(3);
  expect(await call(undefined, dev, { headers })).toMatchObject({ status: 200 });
  goBy(3_600_000);
  expect(await call(undefined, dev, { headers })).toMatchObject({ status: 401 });
});

test("a revoked token stops working with the next call", async () => {
  expect(await call("al", "/user")).toMatchObject({ status: 200 });
  gitea.platform.revokeToken("al-token");
  expect(await call("al", "/user")).toMatchObject({ status: 401 });
});

test("a locked, inactive or new user is turned away in Gitea's words, while sudo still speaks for him", async () => {
  const al = gitea.platform.user("customer-al");
  const prohibited = {
    message: "This account is prohibited from signing in, please contact your site administrator.",
  };
  al.prohibitLogin = true;
  expect(await call("al", "/version")).toMatchObject({ status: 403, body: prohibited });
  expect((await call("al", "/version")).body).toEqual(prohibited);
  al.prohibitLogin = false;
  al.active = false;
  expect((await call("al", "/user")).body).toEqual(prohibited);
  expect(await call("admin", "/user?sudo=customer-al")).toMatchObject({
    status: 200,
    body: { login: "customer-al" },
  });
  al.active = true;
  al.mustChangePassword = true;
  const { status, body } = await call("al", "/user");
  expect({ status, body }).toEqual({
    status: 403,
    body: { message: `You must change your password. Change it at: ${gitea.url}//user/change_password` },
  });
});

test("sudo takes a site admin and a name that exists, and gives that user's rights", async () => {
  const as = (login: string): Ask => ({ headers: { Sudo: login } });
  expect(await call("admin", dev, as("CUSTOMER-ZU"))).toMatchObject({
    status: 200,
    body: { permissions: { push: false } },
  });
  expect(await call("admin", dev, as("customer-stranger"))).toMatchObject({ status: 404, body: hidden });
  expect(await call("admin", "/admin/users", as("customer-al"))).toMatchObject({ status: 403 });
  expect(await call("admin", "/user", as("nosuch"))).toMatchObject({ status: 404, body: hidden });
  const refused = await call("al", "/user", as("customer-al"));
  expect(refused).toMatchObject({ status: 403 });
  expect(refused.body).toEqual({ message: "Only administrators allowed to sudo." });
  expect(await call(undefined, "/user?sudo=customer-al")).toMatchObject({ status: 403 });
  const both = await call("admin", "/user?sudo=customer-al", as("customer-zu"));
  expect(both.body).toMatchObject({ login: "customer-al" });
});

test("a token reaches only what its scopes name", async () => {
  const { platform } = gitea;
  const lacking = (scope: string): unknown => ({
    status: 403,
    body: { message: `token does not have at least one of required scope(s): [${scope}]` },
  });
  platform.addToken("customer-al", "reader-token", ["read:user"]);
  expect(await call("reader", "/user")).toMatchObject({ status: 200 });
  expect(await call("reader", "/user/repos")).toMatchObject(lacking("read:repository") as object);
  expect(await call("reader", "/version")).toMatchObject({ status: 200 });
  platform.addToken("customer-al", "repository-token", ["read:repository"]);
  expect(await call("repository", dev)).toMatchObject({ status: 200 });
  expect(await call("repository", "/user/repos")).toMatchObject(lacking("read:user") as object);
  const write = { method: "POST", body: { content: "" } };
  expect(await call("repository", `${dev}/contents/x`, write)).toMatchObject(
    lacking("write:repository") as object,
  );
  platform.addToken("customer-al", "noscope-token", [""]);
  expect(await call("noscope", "/user")).toMatchObject(lacking("read:user") as object);
  platform.addToken("customer-al", "bounded-token", ["public-only", "read:repository"]);
  expect(await call("bounded", dev)).toMatchObject({ status: 200 });
  expect(await call("bounded", `${dev}/collaborators/customer-al/permission`)).toMatchObject({
    status: 403,
  });
});

test("tokens are made, listed without their secret, and taken away with a password only", async () => {
  const path = "/users/customer-al/tokens";
  const headers = basic("customer-al:secret");
  const made = await call(undefined, path, {
    method: "POST",
    headers,
    body: { name: "ci", scopes: ["read:user"] },
  });
  expect(made).toMatchObject({ status: 201, body: { name: "ci", scopes: null } });
  const { sha1, id } = made.body as { sha1: string; id: number };
  expect(await call(undefined, "/user", { headers: { Authorization: `token ${sha1}` } })).toMatchObject({
    status: 200,
  });
  const listed = await call(undefined, path, { headers });
  expect(listed.body).toContainEqual({
    id,
    name: "ci",
    sha1: "",
    token_last_eight: sha1.slice(-8),
    scopes: ["read:user"],
  });
  expect(await call("al", path)).toMatchObject({ status: 401, body: { message: "auth required" } });
  expect(await call(undefined, path, { headers: basic("customer-zu:secret") })).toMatchObject({
    status: 403,
  });
  const again = await call(undefined, path, { method: "POST", headers, body: { name: "ci" } });
  expect(again).toMatchObject({
    status: 400,
    body: { message: "access token name has been used already" },
  });
  expect(await call(undefined, `${path}/${id}`, { method: "DELETE", headers })).toMatchObject({
    status: 204,
  });
  expect(await call(undefined, `${path}/ci`, { method: "DELETE", headers })).toMatchObject({ status: 404 });
});
