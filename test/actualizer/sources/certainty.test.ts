import { describe, expect, it, vi } from "vitest";
import { startSource, unhurried } from "./source.harness.ts";

const json = { "Content-Type": "application/json" };
const page = {
  mode: "answer",
  status: 404,
  headers: { "Content-Type": "text/html" },
  body: "<html>",
} as const;

describe("A producer", () => {
  it("is known to be gone only when Gitea itself says so to a site admin", async () => {
    const { source, sandbox } = await startSource();
    expect(await source.read("nobody", unhurried)).toBeUndefined();

    sandbox.gitea.platform.removeUser("customer-zu");
    expect(await source.read("zu", unhurried)).toBeUndefined();
  });

  it("is no such producer any more when Gitea knows its user by another name, which is another's", async () => {
    const { source, sandbox } = await startSource();
    sandbox.gitea.platform.renameUser("customer-zu", "customer-zulu");

    expect(await source.read("zu", unhurried)).toBeUndefined();
    expect(await source.read("zulu", unhurried)).toMatchObject({ login: "customer-zulu" });
  });

  it.each([
    ["a page of somebody else's is answered", page],
    ["the token is refused", { mode: "answer", status: 401, headers: json, body: "{}" }],
    ["the token may not", { mode: "answer", status: 403, headers: json, body: "{}" }],
    ["it is sent to another place", { mode: "answer", status: 307, headers: { Location: "/" } }],
    [
      "it is sent to sign in",
      { mode: "answer", status: 307, headers: { Location: "/login?to=/api/v1/users/another" } },
    ],
    [
      "it is sent to where it asks already",
      { mode: "answer", status: 307, headers: { Location: "/api/v1/users/Customer-Demo" } },
    ],
    ["Gitea breaks", { mode: "answer", status: 500, headers: json, body: "{}" }],
    ["the connection is cut", { mode: "drop" }],
  ] as const)("is not said to be gone when %s", async (_what, fault) => {
    const { source, sandbox } = await startSource();
    sandbox.gitea.faults.set(fault, { path: /\/users\/customer-demo$/ });

    await expect(source.read("demo", unhurried)).rejects.toThrow();
  });

  it("is not said to be gone, or to have less, to a token that has lost its rights", async () => {
    const { source, sandbox } = await startSource({ token: "al-token" });
    const { platform } = sandbox.gitea;
    platform.addUser({ login: "customer-shy", email: "shy@customer.example", visibility: "private" });

    await expect(source.read("shy", unhurried)).rejects.toThrow("gitea is not available");
    await expect(source.read("demo", unhurried)).rejects.toThrow("gitea is not available");
  });

  it("is not said to have less when a page of its repositories is not whole, or another's are shown", async () => {
    const { source, sandbox } = await startSource();
    const body = JSON.stringify({ ok: true, data: [] });
    const headers = { ...json, "X-Total-Count": "2" };
    sandbox.gitea.faults.set({ mode: "misreport", status: 200, headers, body }, { path: /\/repos\/search/ });
    await expect(source.read("demo", unhurried)).rejects.toThrow("gitea is not available");

    sandbox.gitea.faults.clear();
    const token = { authorization: `token ${sandbox.addresses.giteaToken}` };
    const everybodys = await fetch(`${sandbox.gitea.url}/api/v1/repos/search?limit=50`, { headers: token });
    const total = everybodys.headers.get("x-total-count") ?? "";
    sandbox.gitea.faults.set(
      {
        mode: "misreport",
        status: 200,
        headers: { ...json, "X-Total-Count": total },
        body: await everybodys.text(),
      },
      { path: /\/repos\/search/ },
    );
    await expect(source.read("demo", unhurried)).rejects.toThrow("gitea is not available");
  });

  it("is read no further when nobody waits for it, and nothing is said of it then", async () => {
    const { source, sandbox, calls } = await startSource();
    calls();
    await expect(source.read("demo", AbortSignal.abort())).rejects.toThrow("aborted");
    expect(calls()).toEqual([]);

    const waiting = new AbortController();
    const path = /dev\/contents\//;
    sandbox.gitea.faults.set({ mode: "freeze" }, { path, times: 1 });
    sandbox.gitea.faults.set({ mode: "drop" }, { path });
    const read = source.read("demo", waiting.signal);
    const { requests } = sandbox.gitea;
    await vi.waitFor(() => expect(requests.some((each) => path.test(each.path))).toBe(true), {
      timeout: 10_000,
    });
    waiting.abort();
    sandbox.gitea.faults.clear();
    await expect(read).rejects.toThrow("aborted");
  });
});
