import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startGitApi } from "../../src/sandbox/git-api/git-api.server.ts";
import { json, startServer } from "../../src/sandbox/http.ts";
import { startPlatform, type Platform } from "./sandbox.platform.ts";

let platform: Platform;

beforeEach(async () => {
  platform = await startPlatform();
});

afterEach(async () => {
  await platform.stop();
});

it("lets five requests to /users/ in at a time; the others wait and are not refused", async () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((done) => (open = done));
  let inside = 0;
  let most = 0;
  const slowGitea = await startServer({
    handle: async ({ path }) => {
      if (path === "/api/v1/users/search") return json(200, { ok: true, data: [] });
      most = Math.max(most, ++inside);
      await gate;
      inside -= 1;
      return json(200, {});
    },
  });
  const gitApi = await startGitApi({ giteaUrl: slowGitea.url, adminToken: "" });
  const asked = Array.from({ length: 12 }, () => fetch(`${gitApi.url}/users/customer/demo`));
  await vi.waitFor(() => expect(gitApi.requests.length).toBe(12), { timeout: 10_000 });
  await vi.waitFor(() => expect(inside).toBe(5), { timeout: 10_000 });

  expect((await fetch(`${gitApi.url}/ping`)).status).toBe(200);
  expect((await fetch(`${gitApi.url}/search/users?q=x`)).status).toBe(200);
  expect(inside).toBe(5);
  open();
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(12).fill(200));
  expect(most).toBe(5);
  await Promise.all([slowGitea.stop(), gitApi.stop()]);
});

it("makes users nobody can sign in as: no login name, and a password to be changed first", async () => {
  await createUser("demo");
  const asked = platform.gitea.requests.find(({ path }) => path === "/api/v1/admin/users");
  expect(asked?.body).toMatchObject({
    username: "customer-demo",
    email: "demo@customer.com",
    login_name: "",
  });
  platform.gitea.platform.addToken("customer-demo", "d".repeat(40));
  const own = await fetch(`${platform.gitea.url}/api/v1/user`, {
    headers: { Authorization: `token ${"d".repeat(40)}` },
  });
  expect(own.status).toBe(403);
});

it("both lists of repositories end at thirty without a word", async () => {
  await createUser("demo");
  for (let at = 0; at < 35; at++) platform.gitea.platform.addRepository("customer-demo", `repo-${at}`);
  for (const list of ["repos", "myrepos"]) {
    const { repos } = await read<{ repos: object[] }>(`/users/customer/demo/${list}`);
    expect(repos).toHaveLength(30);
  }
});

it("a hook without an address goes to the default one, and is registered once", async () => {
  await createUser("demo");
  const { hooks } = platform.gitea.platform.addRepository("customer-demo", "dev");
  await send("PUT", "/users/customer/demo/repos/dev/hook", {});
  await send("PUT", "/users/customer/demo/repos/dev/hook", { callbackUrl: "http://elsewhere.example/" });
  expect(hooks.map(({ url }) => url)).toEqual([`${platform.configstore.url}/hook`]);
  expect(hooks[0]?.secret).toBe("");
});

it("the platform's own keys are not listed, and any key is deleted whoever's path asks for it", async () => {
  await Promise.all([createUser("demo"), createUser("al")]);
  const keyOf = (name: string): string => `ssh-ed25519 ${sshBlob(name)} ${name}`;
  await send("POST", "/users/customer/demo/ssh", { publicKey: keyOf("workspace"), type: "workspace" });
  await send("POST", "/users/customer/demo/ssh", { publicKey: keyOf("laptop"), title: "laptop" });
  const listed = async (): Promise<{ id: number; title: string }[]> =>
    (await read<{ publicKeys: { id: number; title: string }[] }>("/users/customer/demo/ssh")).publicKeys;
  const [laptop, ...others] = await listed();
  expect([laptop?.title, others]).toEqual(["laptop", []]);

  expect((await send("DELETE", `/users/customer/al/ssh/${laptop?.id}`)).status).toBe(204);
  expect(await listed()).toEqual([]);
});

it("while Gitea is down users fail, and keys and files look as if there were none; then all is back", async () => {
  await createUser("demo");
  platform.gitea.platform.addRepository("customer-demo", "dev", { files: { "lunchbadger.json": "{}" } });
  await platform.gitea.stop();
  const { port } = platform.gitea;
  const failed = await send("GET", "/users/customer/demo");
  expect([failed.status, await failed.json()]).toEqual([
    500,
    {
      err: {
        Op: "Get",
        URL: `${platform.gitea.url}/api/v1/users/customer-demo`,
        Err: {
          Op: "dial",
          Net: "tcp",
          Source: null,
          Addr: { IP: "127.0.0.1", Port: port, Zone: "" },
          Err: { Syscall: "connect", Err: 111 },
        },
      },
    },
  ]);
  expect(await read("/users/customer/demo/ssh")).toEqual({ publicKeys: [] });
  expect(await read("/users/customer/demo/repos/dev/x")).toEqual({ data: null });
  expect(await (await send("PUT", "/users/customer/demo/repos/dev/hook", {})).json()).toEqual({ ok: true });

  await platform.gitea.resume();
  expect(await read("/users/customer/demo/repos/dev/x")).toEqual({
    data: Buffer.from("{}").toString("base64"),
  });
  expect((await send("GET", "/users/customer/demo")).status).toBe(200);
});

function send(method: string, path: string, body?: object): Promise<Response> {
  return fetch(platform.gitApi.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function read<T>(path: string): Promise<T> {
  const answer = await send("GET", path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

async function createUser(name: string): Promise<void> {
  expect((await send("POST", "/users/", { prefix: "customer", name })).status).toBe(200);
}

/** What an Ed25519 key of OpenSSH holds: its kind, and 32 bytes made from a name. */
function sshBlob(name: string): string {
  const part = (content: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, content]);
  };
  return Buffer.concat([part(Buffer.from("ssh-ed25519")), part(Buffer.alloc(32, name))]).toString("base64");
}
