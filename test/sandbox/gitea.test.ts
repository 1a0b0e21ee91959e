import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startGitea, type GiteaSandbox } from "../../src/sandbox/gitea/gitea.server.ts";
import type { GiteaTiming } from "../../src/sandbox/gitea/gitea.state.ts";

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let gitea: GiteaSandbox;
let now: number;
let listener: Server | undefined;

/** Calls the API with the token of this person, or as nobody. */
async function call(
  person: string | undefined,
  path: string,
  { method, body, headers }: Ask = {},
): Promise<Answer> {
  const response = await fetch(`${gitea.url}/api/v1${path}`, {
    method: method ?? "GET",
    redirect: "manual",
    headers: {
      ...(person === undefined ? {} : { Authorization: `token ${person}-token` }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** Listens for webhooks; the list grows as they arrive. */
async function listen(): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  listener = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.end();
    });
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  return { url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`, received };
}

async function arrived(received: Received[], count: number): Promise<Received[]> {
  await vi.waitFor(() => expect(received).toHaveLength(count), { interval: 5 });
  return received;
}

const basic = (pair: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(pair).toString("base64")}`,
});
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const hidden = expect.objectContaining({ errors: null, message: "The target couldn't be found." }) as unknown;
const broken = expect.objectContaining({ message: "" }) as unknown;
const aKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPhbhgG3B8BDZghkz0V54Fg1vHM/jgLdqq0+KdVc4R/J laptop";
const dev = "/repos/customer-demo/dev";

/** A Gitea with a site admin, an owner, a writer, a reader and a stranger. */
async function start(timing: Partial<GiteaTiming> = {}): Promise<GiteaSandbox> {
  const server = await startGitea({ clock: () => new Date(now), timing: { hookDelayMs: 0, ...timing } });
  const { platform } = server;
  platform.addUser({ login: "admin-user", email: "admin@example.com", isAdmin: true, password: "secret" });
  platform.addToken("admin-user", "admin-token");
  for (const name of ["demo", "al", "zu", "stranger"]) {
    const login = `customer-${name}`;
    platform.addUser({ login, email: `${name}@customer.com`, loginName: login, password: "secret" });
    platform.addToken(login, `${name}-token`);
  }
  platform.addRepository("customer-demo", "dev", {
    files: { "lunchbadger.json": "{}\n", "server/model.json": "1" },
  });
  platform.addRepository("customer-demo", "empty");
  platform.addRepository("customer-demo", "open", { private: false, files: { "README.md": "# open\n" } });
  platform.setCollaborator("customer-demo", "dev", "customer-al", "write");
  platform.setCollaborator("customer-demo", "dev", "customer-zu", "read");
  return server;
}

beforeEach(async () => {
  now = Date.parse("2026-11-20T10:00:00Z");
  gitea = await start();
});

afterEach(async () => {
  await gitea.stop();
  listener?.close();
  listener = undefined;
});

describe("who is asking", () => {
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
    now += 3_600_000;
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
});

describe("users", () => {
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
});

describe("what site admins do", () => {
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
});

describe("permission", () => {
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
    await lacks(
      "/branches",
      { method: "POST", body: {} },
      "user should have a permission to write to a repo",
    );
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
});

describe("collaborators", () => {
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
});

describe("repositories", () => {
  test("names and paths are not case-sensitive, and a repository is also found by its id", async () => {
    expect((await call("al", "/repos/Customer-Demo/DEV")).body).toMatchObject({
      full_name: "customer-demo/dev",
    });
    expect((await call("al", "/repositories/1")).body).toMatchObject({ full_name: "customer-demo/dev" });
    expect(await call("stranger", "/repositories/1")).toMatchObject({ status: 404 });
    const nobody = await call("al", "/repos/nosuch/dev");
    expect(nobody.body).toMatchObject({
      message: "GetUserByName",
      errors: ["user redirect does not exist [name: nosuch]"],
    });
  });

  test("a renamed repository redirects before any look at access, so strangers learn the new name", async () => {
    await call("demo", dev, { method: "PATCH", body: { name: "dev2" } });
    for (const person of ["demo", "stranger", undefined]) {
      const { status, headers, text } = await call(person, dev);
      expect(status).toBe(307);
      expect(headers.get("location")).toBe("/api/v1/repos/customer-demo/dev2");
      expect(text).toBe(`<a href="/api/v1/repos/customer-demo/dev2">Temporary Redirect</a>.\n\n`);
    }
  });

  test("an archived repository breaks on writes", async () => {
    await call("demo", dev, { method: "PATCH", body: { archived: true } });
    const write = { method: "POST", body: { content: "" } };
    expect(await call("demo", `${dev}/contents/x`, write)).toMatchObject({ status: 500, body: broken });
  });

  test("a repository is made with a first commit or empty, and its name is checked", async () => {
    const make = (body: unknown): Promise<Answer> => call("al", "/user/repos", { method: "POST", body });
    expect(await make({ name: "new", auto_init: true })).toMatchObject({
      status: 201,
      body: { empty: false, private: false },
    });
    expect(await make({ name: "new" })).toMatchObject({ status: 409 });
    expect(await make({ name: "bad name!" })).toMatchObject({
      status: 422,
      body: { message: "[Name]: AlphaDashDot" },
    });
    expect(await make({})).toMatchObject({ status: 422, body: { message: "[Name]: Required" } });
    const forAl = { method: "POST", body: { name: "given", private: true } };
    expect(await call("admin", "/admin/users/customer-al/repos", forAl)).toMatchObject({
      status: 201,
      body: { empty: true },
    });
  });

  test("the search finds what the caller may read", async () => {
    const names = async (person: string | undefined, query: string): Promise<string[]> =>
      ((await call(person, `/repos/search?${query}`)).body as { data: { name: string }[] }).data.map(
        ({ name }) => name,
      );
    expect(await names("al", "limit=5")).toEqual(["dev", "open"]);
    expect(await names(undefined, "")).toEqual(["open"]);
    expect(await names("admin", "q=E&sort=id&order=desc")).toEqual(["open", "empty", "dev"]);
    expect(await names("al", "private=false")).toEqual(["open"]);
    expect(await call("al", "/repos/search?mode=nosuch")).toMatchObject({ status: 422 });
  });

  test("an empty repository has no contents, null for branches, no commits, and breaks when read raw", async () => {
    const at = "/repos/customer-demo/empty";
    expect((await call("demo", `${at}/contents`)).body).toEqual([]);
    expect((await call("demo", `${at}/contents/any.json`)).body).toEqual([]);
    expect(await call("demo", `${at}/branches`)).toMatchObject({ status: 200, body: null });
    expect(await call("demo", `${at}/commits`)).toMatchObject({
      status: 409,
      body: { message: "Git Repository is empty." },
    });
    expect(await call("demo", `${at}/raw/any.json`)).toMatchObject({ status: 500, body: broken });
    const first = { method: "POST", body: { content: base64("{}") } };
    expect(await call("demo", `${at}/contents/any.json`, first)).toMatchObject({ status: 201 });
    expect((await call("demo", at)).body).toMatchObject({ empty: false });
  });
});

describe("branches", () => {
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
    now += 2_000;
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
});

describe("files", () => {
  const change = (method: string, path: string, body: unknown, person = "al"): Promise<Answer> =>
    call(person, `${dev}/contents${path}`, { method, body });
  const read = (path: string): string | undefined => gitea.platform.readFile("customer-demo", "dev", path);

  test("a file comes with git's own blob id and its content, a folder as a list without", async () => {
    const file = await call("zu", `${dev}/contents/lunchbadger.json`);
    expect(file.body).toMatchObject({
      sha: "0967ef424bce6791893e9a57bb952f80fd536e93",
      content: base64("{}\n"),
      encoding: "base64",
      url: `${gitea.url}/api/v1${dev}/contents/lunchbadger.json?ref=master`,
    });
    const folder = await call("zu", `${dev}/contents`);
    expect(folder.body).toMatchObject([
      { name: "lunchbadger.json", content: null },
      { name: "server", type: "dir", download_url: null },
    ]);
    expect(await call("zu", `${dev}/contents/server%2Fmodel.json`)).toMatchObject({
      body: { path: "server/model.json" },
    });
  });

  test("paths cannot leave the repository or enter git's folder", async () => {
    expect(await call("zu", `${dev}/contents/..%2f..%2fetc%2fpasswd`)).toMatchObject({
      status: 404,
      body: { errors: ["object does not exist [id: , rel_path: etc]"] },
    });
    expect(await call("zu", `${dev}/contents/.git/config`)).toMatchObject({ status: 500 });
    expect(await change("POST", "/.git/hooks/x", {})).toMatchObject({ status: 422 });
    expect(await change("POST", "/..%2fx", {})).toMatchObject({ status: 500 });
  });

  test("a change needs the present sha: stale is 422 to put and 400 to delete, missing is 422", async () => {
    const made = await change("POST", "/notes.txt", { content: base64("one"), message: "add notes" });
    expect(made).toMatchObject({
      status: 201,
      body: { commit: { message: "add notes\n", created: "0001-01-01T00:00:00Z" } },
    });
    const { sha } = (made.body as { content: { sha: string } }).content;
    expect(await change("PUT", "/notes.txt", { content: base64("two"), sha })).toMatchObject({ status: 200 });
    const stale = await change("PUT", "/notes.txt", { content: base64("three"), sha });
    expect(stale).toMatchObject({ status: 422 });
    expect((stale.body as { message: string }).message).toMatch(/^sha does not match \[given: /);
    expect(await change("PUT", "/notes.txt", { content: "" })).toMatchObject({
      body: { message: "[SHA]: Required" },
    });
    expect(await change("DELETE", "/notes.txt", { sha })).toMatchObject({ status: 400 });
    expect(await change("PUT", "/nosuch.txt", { sha })).toMatchObject({ status: 500, body: broken });
    expect(await change("DELETE", "/nosuch.txt", { sha })).toMatchObject({ status: 404 });
    expect(await change("POST", "/notes.txt", {})).toMatchObject({ status: 422 });
    expect(read("notes.txt")).toBe("two");
  });

  test("content which is no base64 and a branch which is none are refused", async () => {
    const bad = await change("POST", "/a.txt", { content: "not base64!!" });
    expect(bad.body).toMatchObject({ message: "illegal base64 data at input byte 3" });
    const lost = await change("POST", "/a.txt", { content: "", branch: "nosuch" });
    expect(lost).toMatchObject({ status: 404, body: { message: "branch does not exist [name: nosuch]" } });
  });

  test("of several writes to one branch at a time one succeeds and the others break, even of different files", async () => {
    await gitea.stop();
    // Long enough for all six to arrive while the first is at it, however busy the machine.
    gitea = await start({ writeMs: 500 });
    const writes = [1, 2, 3, 4, 5, 6].map((number) => change("POST", `/race-${number}.txt`, { content: "" }));
    const answers = await Promise.all(writes);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 500, 500, 500, 500, 500]);
    expect(answers.filter(({ status }) => status === 500)).toMatchObject(Array(5).fill({ body: broken }));
  });

  test("several files go into one commit, or none does", async () => {
    const file = (operation: string, path: string): unknown => ({ operation, path, content: base64("1") });
    const both = await change("POST", "", {
      message: "batch",
      files: [file("create", "b/one"), file("create", "b/two")],
    });
    expect(both).toMatchObject({ status: 201, body: { files: [{ path: "b/one" }, { path: "b/two" }] } });
    const half = await change("POST", "", { files: [file("create", "b/three"), file("create", "b/one")] });
    expect(half).toMatchObject({
      status: 422,
      body: { message: "repository file already exists [path: b/one]" },
    });
    expect(read("b/three")).toBeUndefined();
    const { headers } = await call("al", `${dev}/commits`);
    expect(headers.get("x-total-count")).toBe("2");
  });

  test("raw files have an ETag, and a branch may stand in front of the path", async () => {
    const { headers, text } = await call("zu", `${dev}/raw/lunchbadger.json`);
    const etag = headers.get("etag") ?? "";
    expect({ etag, text }).toEqual({ etag: `"0967ef424bce6791893e9a57bb952f80fd536e93"`, text: "{}\n" });
    const unchanged = await call("zu", `${dev}/raw/lunchbadger.json`, { headers: { "If-None-Match": etag } });
    expect(unchanged).toMatchObject({ status: 304, text: "" });
    expect((await call("zu", `${dev}/raw/master//lunchbadger.json`)).text).toBe("{}\n");
    expect(await call("zu", `${dev}/raw/nosuch`)).toMatchObject({ status: 404, body: hidden });
  });

  test("commits are listed by page and path, and an unknown start breaks", async () => {
    await change("POST", "/notes.txt", { content: base64("one\ntwo\n") });
    const page = await call("zu", `${dev}/commits?limit=1&page=1`);
    expect(page.body).toMatchObject([
      {
        files: [{ filename: "notes.txt", status: "added" }],
        stats: { total: 2, additions: 2, deletions: 0 },
      },
    ]);
    expect(page.headers.get("x-hasmore")).toBe("true");
    const ofPath = await call(
      "zu",
      `${dev}/commits?path=lunchbadger.json&stat=false&files=false&verification=false`,
    );
    expect(ofPath.body).toMatchObject([{ files: null, stats: null, commit: { verification: null } }]);
    expect(await call("zu", `${dev}/commits?sha=nosuch`)).toMatchObject({ status: 500, body: broken });
  });
});

describe("git's own objects", () => {
  test("a tree is listed by page, named by its commit", async () => {
    const tree = await call("zu", `${dev}/git/trees/master?recursive=1&per_page=2&page=2`);
    expect(tree.body).toMatchObject({
      tree: [{ path: "server/model.json" }],
      truncated: true,
      page: 2,
      total_count: 3,
    });
    expect(await call("zu", `${dev}/git/trees/nosuch`)).toMatchObject({ status: 400 });
  });

  test("a reference leads to a commit, an unknown commit is named in the refusal", async () => {
    const references = await call("zu", `${dev}/git/refs/heads/master`);
    const [{ object }] = references.body as [{ object: { sha: string } }];
    expect(await call("zu", `${dev}/git/commits/${object.sha}`)).toMatchObject({ body: { sha: object.sha } });
    expect((await call("zu", `${dev}/git/commits/deadbeef`)).body).toMatchObject({ message: "deadbeef" });
  });

  test("a blob is read only through a repository which holds it", async () => {
    const sha = "0967ef424bce6791893e9a57bb952f80fd536e93";
    expect((await call("zu", `${dev}/git/blobs/${sha}`)).body).toMatchObject({ content: base64("{}\n") });
    expect(await call("zu", `/repos/customer-demo/open/git/blobs/${sha}`)).toMatchObject({ status: 400 });
  });
});

describe("webhooks", () => {
  const hooks = `${dev}/hooks`;
  const addFile = (path: string): Promise<Answer> =>
    call("al", `${dev}/contents/${path}`, { method: "POST", body: { content: "" } });

  test("a push is told with the signature of its raw body", async () => {
    const { url, received } = await listen();
    const config = { url, content_type: "json", secret: "s1" };
    const made = await call("demo", hooks, { method: "POST", body: { type: "gitea", active: true, config } });
    expect(made).toMatchObject({
      status: 201,
      body: { events: ["push"], config: { content_type: "json", url } },
    });
    expect(made.text).not.toContain("s1");
    await addFile("hooked.txt");
    const [push] = await arrived(received, 1);
    const signature = createHmac("sha256", "s1")
      .update(push?.body ?? "")
      .digest("hex");
    expect(push?.headers).toMatchObject({
      "x-gitea-event": "push",
      "x-gitea-signature": signature,
      "x-hub-signature-256": `sha256=${signature}`,
    });
    expect(JSON.parse(push?.body ?? "")).toMatchObject({
      ref: "refs/heads/master",
      commits: [{ added: ["hooked.txt"], removed: [], modified: [], verification: null }],
      total_commits: 1,
      repository: { full_name: "customer-demo/dev", permissions: { admin: true } },
      pusher: { login: "customer-al", email: "customer-al@noreply.127.0.0.1" },
    });
  });

  test("without a secret the signature headers are there and empty", async () => {
    const { url, received } = await listen();
    gitea.platform.addHook("customer-demo", "dev", { url, authorizationHeader: "Bearer hook" });
    await addFile("hooked.txt");
    const [push] = await arrived(received, 1);
    expect(push?.headers).toMatchObject({
      authorization: "Bearer hook",
      "x-gitea-signature": "",
      "x-hub-signature-256": "sha256=",
    });
  });

  test("a push of seven commits shows five and counts seven", async () => {
    const { url, received } = await listen();
    gitea.platform.addHook("customer-demo", "dev", { url });
    const commits = [1, 2, 3, 4, 5, 6, 7].map((number) => ({
      message: `${number}`,
      files: { [`f${number}`]: "x" },
    }));
    gitea.platform.push("customer-demo", "dev", { by: "customer-al", commits });
    const [push] = await arrived(received, 1);
    const payload = JSON.parse(push?.body ?? "") as { commits: { message: string }[]; total_commits: number };
    expect(payload.commits.map(({ message }) => message)).toEqual(["7\n", "6\n", "5\n", "4\n", "3\n"]);
    expect(payload.total_commits).toBe(7);
  });

  test("a new branch is told as create and push, its end as delete only", async () => {
    const { url, received } = await listen();
    gitea.platform.addHook("customer-demo", "dev", { url, events: ["push", "create", "delete"] });
    gitea.platform.push("customer-demo", "dev", {
      branch: "next",
      commits: [{ message: "m", files: { a: "1" } }],
    });
    const events = (list: Received[]): unknown[] => list.map(({ headers }) => headers["x-gitea-event"]);
    expect(events(await arrived(received, 2)).sort()).toEqual(["create", "push"]);
    const create = received.find(({ headers }) => headers["x-gitea-event"] === "create");
    expect(JSON.parse(create?.body ?? "")).toMatchObject({
      ref: "next",
      repository: { permissions: { pull: false } },
    });
    gitea.platform.deleteBranch("customer-demo", "dev", "next");
    expect(events(await arrived(received, 3)).slice(2)).toEqual(["delete"]);
  });

  test("a hook hears only of the branches its filter lets through", async () => {
    const { url, received } = await listen();
    gitea.platform.addHook("customer-demo", "dev", { url, branchFilter: "{master,release/*}" });
    for (const branch of ["next", "release/1", "master"]) {
      gitea.platform.push("customer-demo", "dev", {
        branch,
        commits: [{ message: "m", files: { [branch]: "1" } }],
      });
    }
    const references = (await arrived(received, 2)).map(
      ({ body }) => (JSON.parse(body) as { ref: string }).ref,
    );
    expect(references.sort()).toEqual(["refs/heads/master", "refs/heads/release/1"]);
  });

  test("a hook of form type carries the JSON in a field, and a trial is sent on demand", async () => {
    const { url, received } = await listen();
    const { id } = gitea.platform.addHook("customer-demo", "dev", { url, contentType: "form", secret: "s1" });
    expect(await call("demo", `${hooks}/${id}/tests`, { method: "POST" })).toMatchObject({ status: 204 });
    const [trial] = await arrived(received, 1);
    const payload = new URLSearchParams(trial?.body).get("payload") ?? "";
    expect(trial?.headers["x-gitea-signature"]).toBe(
      createHmac("sha256", "s1").update(payload).digest("hex"),
    );
    const { before, after } = JSON.parse(payload) as { before: string; after: string };
    expect(before).toBe(after);
  });

  test("an edit clears what it does not name, but for the address, the activity and the secret", async () => {
    const { id } = gitea.platform.addHook("customer-demo", "dev", {
      url: "http://127.0.0.1:9/",
      events: ["push", "create"],
      branchFilter: "master",
      authorizationHeader: "Bearer x",
    });
    const edited = await call("demo", `${hooks}/${id}`, {
      method: "PATCH",
      body: { config: { content_type: "form" } },
    });
    expect(edited.body).toMatchObject({
      events: ["push"],
      branch_filter: "",
      authorization_header: "",
      active: true,
      config: { content_type: "form", url: "http://127.0.0.1:9/" },
    });
    expect(await call("demo", `${hooks}/${id}`, { method: "DELETE" })).toMatchObject({ status: 204 });
    expect(await call("demo", `${hooks}/${id}`)).toMatchObject({ status: 404, body: hidden });
  });

  test("hooks are for administrators of the repository, and are checked", async () => {
    expect(await call("al", hooks)).toMatchObject({ status: 403 });
    const make = (body: unknown): Promise<Answer> => call("demo", hooks, { method: "POST", body });
    const message = async (body: unknown): Promise<unknown> =>
      ((await make(body)).body as { message: string }).message;
    expect(await message({ type: "nosuch", config: { url: "http://x/" } })).toBe("Invalid hook type: nosuch");
    expect(await message({ type: "gitea", config: { content_type: "json" } })).toBe(
      "Missing config option: url",
    );
    expect(await message({ type: "gitea", config: { url: "http://x/", content_type: "x" } })).toBe(
      "Invalid content type",
    );
  });
});

describe("the server", () => {
  test("an unknown path is plain text, a wrong method says which is right", async () => {
    const unknown = await call(undefined, "/nosuch");
    expect(unknown).toMatchObject({ status: 404, text: "404 page not found\n" });
    expect(unknown.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const wrong = await call("al", "/version", { method: "POST" });
    expect(wrong).toMatchObject({ status: 405, text: "" });
    expect(wrong.headers.get("allow")).toBe("GET");
  });

  test("every request is on record until the record is cleared", async () => {
    await call("al", "/user/keys", { method: "POST", body: { title: "x" } });
    expect(gitea.requests).toMatchObject([
      { method: "POST", path: "/api/v1/user/keys", body: { title: "x" }, status: 422 },
    ]);
    gitea.clearRequests();
    expect(gitea.requests).toHaveLength(0);
  });

  test("a fault hits the requests it names, as often as told, and until it is cleared", async () => {
    gitea.faults.set({ mode: "answer", status: 502, body: "<html>" }, { path: /\/user$/, times: 1 });
    expect(await call("al", "/version")).toMatchObject({ status: 200 });
    expect(await call("al", "/user")).toMatchObject({ status: 502, text: "<html>" });
    expect(await call("al", "/user")).toMatchObject({ status: 200 });
    gitea.faults.set({ mode: "drop" }, { method: "GET" });
    await expect(call("al", "/user")).rejects.toThrow();
    gitea.faults.clear();
    gitea.faults.set({ mode: "hang" });
    await expect(fetch(gitea.url, { signal: AbortSignal.timeout(30) })).rejects.toThrow();
    gitea.faults.clear();
    gitea.faults.set({ mode: "slow", ms: 1 });
    expect(await call("al", "/user")).toMatchObject({ status: 200 });
  });

  test("a stopped server refuses connections, and resumed on its old port knows what it knew", async () => {
    await gitea.stop();
    await expect(call("al", "/user")).rejects.toThrow();
    await gitea.resume();
    expect(await call("al", "/user")).toMatchObject({ status: 200 });
  });

  test("ten thousand users with two repositories each are there in a moment, and one's list does not slow down", async () => {
    const { platform } = gitea;
    for (let number = 0; number < 10_000; number += 1) {
      const login = `many-${number}`;
      platform.addUser({ login, email: `${login}@example.com` });
      platform.addRepository(login, "dev", { files: { "lunchbadger.json": "{}" } });
      platform.addRepository(login, "functions");
      if (number % 10 === 0) platform.setCollaborator(login, "dev", "customer-stranger", "read");
    }
    const { headers, body } = await call("stranger", "/user/repos?limit=50&page=20");
    expect(headers.get("x-total-count")).toBe("1000");
    expect(body).toHaveLength(50);
  });
});
