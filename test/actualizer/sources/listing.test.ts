import { describe, expect, it, vi } from "vitest";
import type { GiteaSandbox } from "../../../src/sandbox/gitea/gitea.server.ts";
import { addEnvironment } from "../../support/environment.marks.ts";
import { startSource, unhurried } from "./source.harness.ts";

/** Adds producers with both of their repositories: with those that are there, more than a page of each. */
function addProducers(gitea: GiteaSandbox, count: number): readonly string[] {
  const producers = Array.from({ length: count }, (_, index) => `p${String(index).padStart(3, "0")}`);
  for (const producer of producers) {
    const login = `customer-${producer}`;
    gitea.platform.addUser({ login, email: `${producer}@customer.example` });
    gitea.platform.addRepository(login, "dev", { files: { "README.md": producer } });
    gitea.platform.addRepository(login, "functions");
  }
  return producers;
}

const json = { "Content-Type": "application/json" };
const secondPage = { users: /\/admin\/users\?.*page=2/, repositories: /\/repos\/search\?.*page=2/ };

describe("The listing of all producers", () => {
  it("has every producer with what the platform keeps for it, and nobody and nothing else", async () => {
    const { source, sandbox } = await startSource();
    const { platform } = sandbox.gitea;
    platform.addUser({ login: "somebody", email: "somebody@example.com" });
    platform.addRepository("somebody", "dev");
    platform.addRepository("customer-demo", "diary");
    addEnvironment(sandbox, "customer-demo", "stage");

    const listed = await source.list(unhurried);

    const named = listed.map(({ producer, repositories }) => [
      producer,
      repositories.map(({ name }) => name),
    ]);
    expect(Object.fromEntries(named)).toEqual({
      al: ["dev", "functions"],
      demo: ["dev", "functions", "functions-stage", "stage"],
      eve: ["dev", "functions"],
      zu: ["dev", "functions"],
    });
    expect(listed.find(({ producer }) => producer === "demo")).toMatchObject({ login: "customer-demo" });
  });

  it("tells a repository that was pushed to, or says something else of itself, from what it was", async () => {
    const { source, sandbox } = await startSource();
    const { platform } = sandbox.gitea;
    const demo = async () => {
      const listed = await source.list(unhurried);
      return listed.find(({ producer }) => producer === "demo")?.repositories[0];
    };
    const before = await demo();
    expect(before).toMatchObject({ name: "dev", branch: "master" });

    platform.repository("customer-demo", "dev").updated = new Date("2030-01-01T00:00:00Z");
    platform.repository("customer-demo", "dev").description = "another";

    expect(await demo()).toEqual({ ...before, description: "another", updatedAt: "2030-01-01T00:00:00Z" });
  });

  it("costs a call for each fifty accounts and each fifty repositories and two more, and none for each producer", async () => {
    const { source, sandbox, calls } = await startSource();
    const producers = addProducers(sandbox.gitea, 120);
    calls();

    const listed = await source.list(unhurried);

    expect(listed.map(({ producer }) => producer)).toEqual(expect.arrayContaining([...producers]));
    expect(listed).toHaveLength(124);
    // 125 accounts are three pages and 248 repositories five; the first of each is looked at again.
    expect(calls()).toHaveLength(3 + 1 + 5 + 1);
  });

  it("is whole where Gitea shows fewer on a page than it is asked for", async () => {
    const { source, sandbox } = await startSource();
    const { gitea } = sandbox;
    const token = { authorization: `token ${sandbox.addresses.giteaToken}` };
    const path = "/api/v1/admin/users?page=1&limit=";
    const few = await fetch(`${gitea.url}${path}2`, { headers: token });
    gitea.faults.set(
      {
        mode: "misreport",
        status: 200,
        headers: { ...json, "X-Total-Count": few.headers.get("x-total-count") ?? "" },
        body: await few.text(),
      },
      { path: /\/admin\/users\?.*limit=50/ },
    );

    const listed = await source.list(unhurried);

    expect(listed.map(({ producer }) => producer).sort()).toEqual(["al", "demo", "eve", "zu"]);
  });

  it("is read anew when it changed while it was read", async () => {
    const { source, sandbox } = await startSource();
    addProducers(sandbox.gitea, 60);
    sandbox.gitea.faults.set(
      { mode: "misreport", status: 200, headers: { ...json, "X-Total-Count": "64" }, body: "[]" },
      { path: secondPage.users, times: 1 },
    );

    expect(await source.list(unhurried)).toHaveLength(64);
  });

  it("is read anew when somebody went and somebody came meanwhile, though they are as many as before", async () => {
    const { source, sandbox } = await startSource();
    const { gitea } = sandbox;
    addProducers(gitea, 60);
    gitea.faults.set({ mode: "freeze" }, { path: secondPage.users, times: 1 });
    const listing = source.list(unhurried);
    await vi.waitFor(
      () => expect(gitea.requests.some(({ path }) => secondPage.users.test(path))).toBe(true),
      { timeout: 10_000 },
    );

    gitea.platform.removeUser("customer-al");
    gitea.platform.addUser({ login: "customer-zz", email: "zz@customer.example" });
    gitea.faults.clear();

    const producers = (await listing).map(({ producer }) => producer);
    expect(producers).toHaveLength(64);
    expect(producers).toContain("zz");
    expect(producers).not.toContain("al");
    // Whoever moved from the second page to the first meanwhile is not left out.
    expect(producers.filter((each) => /^p\d/.test(each))).toHaveLength(60);
  });

  it.each([
    ["accounts on a page are missing", secondPage.users, { ...json, "X-Total-Count": "65" }, "[]"],
    [
      "repositories are missing",
      secondPage.repositories,
      { ...json, "X-Total-Count": "128" },
      '{"ok":true,"data":[]}',
    ],
    [
      "the number of accounts is another on each page",
      secondPage.users,
      { ...json, "X-Total-Count": "64" },
      "[]",
    ],
    ["nothing says how many accounts there are", /\/admin\/users/, json, "[]"],
    ["nobody has an account", /\/admin\/users/, { ...json, "X-Total-Count": "0" }, "[]"],
    ["accounts are counted and none is shown", /\/admin\/users/, { ...json, "X-Total-Count": "9" }, "[]"],
    [
      "a page is somebody else's",
      secondPage.repositories,
      { "Content-Type": "text/html" },
      "<html>busy</html>",
    ],
    ["an answer has another shape", /\/repos\/search/, { ...json, "X-Total-Count": "128" }, '{"ok":false}'],
  ])("is none when %s", async (_what, path, headers, body) => {
    const { source, sandbox } = await startSource();
    addProducers(sandbox.gitea, 60);
    sandbox.gitea.faults.set({ mode: "misreport", status: 200, headers, body }, { path });

    await expect(source.list(unhurried)).rejects.toThrow("gitea is not available");
  });

  it("is none when a page counts others than the first, though what is on it would do", async () => {
    const { source, sandbox } = await startSource();
    addProducers(sandbox.gitea, 60);
    const headers = { authorization: `token ${sandbox.addresses.giteaToken}` };
    const second = await fetch(`${sandbox.gitea.url}/api/v1/admin/users?page=2&limit=50`, { headers });
    sandbox.gitea.faults.set(
      {
        mode: "misreport",
        status: 200,
        headers: { ...json, "X-Total-Count": "66" },
        body: await second.text(),
      },
      { path: secondPage.users },
    );

    await expect(source.list(unhurried)).rejects.toThrow("gitea is not available");
  });

  it("is none when somebody is there twice and somebody else is not", async () => {
    const { source, sandbox, calls } = await startSource();
    addProducers(sandbox.gitea, 60);
    const token = { authorization: `token ${sandbox.addresses.giteaToken}` };
    const first = await fetch(`${sandbox.gitea.url}/api/v1/admin/users?page=1&limit=15`, { headers: token });
    const headers = { ...json, "X-Total-Count": "65" };
    const body = await first.text();
    sandbox.gitea.faults.set({ mode: "misreport", status: 200, headers, body }, { path: secondPage.users });
    calls();

    await expect(source.list(unhurried)).rejects.toThrow("gitea is not available");

    // It gives up soon: three tries of two pages.
    expect(calls()).toHaveLength(6);
  });

  it.each([401, 404, 500, 502])("is none when a page is answered %i", async (status) => {
    const { source, sandbox } = await startSource();
    addProducers(sandbox.gitea, 60);
    sandbox.gitea.faults.set(
      { mode: "answer", status, headers: json, body: "{}" },
      { path: secondPage.repositories },
    );

    await expect(source.list(unhurried)).rejects.toThrow();
  });

  it("is none for a token that is not a site admin's, whatever that may see", async () => {
    const { source } = await startSource({ token: "demo-token" });

    await expect(source.list(unhurried)).rejects.toThrow();
  });

  it("is none while Gitea is away, and ends when nobody waits for it", async () => {
    const { source, sandbox, calls } = await startSource();
    calls();
    await expect(source.list(AbortSignal.abort())).rejects.toThrow("aborted");
    expect(calls()).toEqual([]);

    await sandbox.gitea.stop();
    await expect(source.list(unhurried)).rejects.toThrow("gitea is not available");
    await sandbox.gitea.resume();
  });
});
