import { describe, expect, it } from "vitest";
import type { GiteaPlatform } from "../../../src/sandbox/gitea/gitea.platform.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { startSource, unhurried } from "./source.harness.ts";

const json = { "Content-Type": "application/json" };
const broken = { mode: "answer", status: 500, headers: json, body: "{}" } as const;
const page = {
  mode: "answer",
  status: 404,
  headers: { "Content-Type": "text/html" },
  body: "<html>",
} as const;
const absent = { mode: "answer", status: 404, headers: json, body: '{"message":"no"}' } as const;

const push = (platform: GiteaPlatform, name: string, files: Readonly<Record<string, string | null>>) =>
  platform.push("customer-demo", name, { commits: [{ message: "change", files }] });

/** A tree as Gitea answers it. */
const treeOf = (tree: readonly object[], total: number) =>
  ({
    mode: "misreport",
    status: 200,
    headers: json,
    body: JSON.stringify({ sha: "0", tree, truncated: tree.length < total, page: 1, total_count: total }),
  }) as const;

const blob = (path: string, mode = "100644") => ({
  path,
  mode,
  type: "blob",
  size: 1,
  sha: "f".repeat(40),
  url: "",
});

/** What Gitea answers of one of demo's files. */
async function contentOf(sandbox: Sandbox, path: string) {
  const headers = { authorization: `token ${sandbox.addresses.giteaToken}` };
  const url = `${sandbox.gitea.url}/api/v1/repos/customer-demo/dev/contents/${path}`;
  const body = (await (await fetch(url, { headers })).json()) as Record<string, unknown>;
  return { status: 200, headers: json, body };
}

describe("An environment that cannot be read", () => {
  it.each([
    ["the head of its branch is not told", broken, /dev\/branches\//],
    ["its branch is not there", absent, /dev\/branches\//],
    ["what is in its commit is not told", broken, /dev\/git\/trees\//],
    ["its file is not handed out", broken, /dev\/contents\//],
    ["its file is not where its commit says", absent, /dev\/contents\//],
    ["somebody else's page is shown", page, /dev\/contents\//],
    ["the connection is cut", { mode: "drop" } as const, /dev\/contents\//],
  ])("says so, and others of the producer's are read, when %s", async (_what, fault, path) => {
    const { source, sandbox } = await startSource({ env: { ENVIRONMENTS: "dev,test" } });
    sandbox.gitea.faults.set(fault, { path });

    const facts = await source.read("demo", unhurried);

    expect(facts?.environments.map(({ env }) => env)).toEqual(["dev", "test"]);
    expect(facts?.environments[0]).toMatchObject({
      unavailable: expect.stringContaining("gitea") as string,
      document: undefined,
      functions: undefined,
      models: undefined,
    });
    expect(facts?.environments[1]).not.toHaveProperty("unavailable");
    expect(facts?.environments[1]).toMatchObject({
      document: expect.stringContaining("Project") as string,
    });
  });

  it("is read as soon as it can be: nothing is kept of a failure", async () => {
    const { environment, sandbox } = await startSource();
    sandbox.gitea.faults.set(broken, { path: /dev\/contents\// });
    expect(await environment("demo", "dev")).toHaveProperty("unavailable", expect.any(String));

    sandbox.gitea.faults.clear();

    const facts = await environment("demo", "dev");
    expect(facts.unavailable).toBeUndefined();
    expect(facts.document).toContain("Project");
  });

  it("says so when only a part of what is in its commit is shown, and nothing is taken for absent", async () => {
    const { environment, sandbox } = await startSource();
    sandbox.gitea.faults.set(treeOf([blob("README.md")], 4), { path: /dev\/git\/trees\// });

    expect(await environment("demo", "dev")).toMatchObject({ unavailable: expect.any(String) as string });
  });

  it("says so when it is said to be empty and is not", async () => {
    const { environment, sandbox, names } = await startSource();
    const token = { authorization: `token ${sandbox.addresses.giteaToken}` };
    const id = sandbox.gitea.platform.user(names.loginOf("demo")).id;
    const url = `${sandbox.gitea.url}/api/v1/repos/search?uid=${id}&exclusive=true&sort=id&order=asc&page=1&limit=50`;
    const body = (await (await fetch(url, { headers: token })).text()).replaceAll(
      '"empty":false',
      '"empty":true',
    );
    const headers = { ...json, "X-Total-Count": "2" };
    sandbox.gitea.faults.set({ mode: "misreport", status: 200, headers, body }, { path: /repos\/search/ });

    expect(await environment("demo", "dev")).toMatchObject({ unavailable: expect.any(String) as string });
  });
});

describe("What makes no sense", () => {
  it("is handed on as it is: a broken document is not taken for an absent one", async () => {
    const { environment, sandbox } = await startSource();
    push(sandbox.gitea.platform, "dev", { "lunchbadger.json": "{ broken" });

    expect(await environment("demo", "dev")).toMatchObject({ document: "{ broken", models: [] });
  });

  it("is no document where a link or a folder stands in its place, and not taken for absent either", async () => {
    const { environment, sandbox } = await startSource();
    sandbox.gitea.faults.set(treeOf([blob("lunchbadger.json", "120000")], 1), { path: /dev\/git\/trees\// });

    const facts = await environment("demo", "dev");
    expect(facts.document).toBe("");
    expect(facts.unavailable).toBeUndefined();
  });

  it("leaves options undefined while the document is read, and they are the usual ones without a file", async () => {
    const { environment, sandbox } = await startSource();
    expect(await environment("demo", "dev")).toMatchObject({ options: { variables: {} } });

    push(sandbox.gitea.platform, "dev", { "sett.json": "{ broken" });

    const facts = await environment("demo", "dev");
    expect(facts.options).toBeUndefined();
    expect(facts.gaps).toEqual([expect.stringContaining("sett.json is not as the platform writes it")]);
    expect(facts.document).toContain("Project");
    expect(facts.unavailable).toBeUndefined();
  });

  it("is what is not there where nobody has saved anything", async () => {
    const { environment, sandbox } = await startSource();
    push(sandbox.gitea.platform, "dev", { "lunchbadger.json": null });

    const facts = await environment("demo", "dev");
    expect(facts.document).toBeUndefined();
    expect(facts.repository).toHaveProperty("commit");
    expect(facts.unavailable).toBeUndefined();
  });
});

describe("A file that nobody can read", () => {
  const deep = "[".repeat(100_000);

  it.each([
    ["of options", "sett.json", deep],
    ["of options, too large to be handed out", "sett.json", "too large"],
    ["of the canvas, too large to be handed out", "lunchbadger.json", "too large"],
  ])("%s is its own environment's, and the producer's others are read", async (_what, path, content) => {
    const { source, sandbox } = await startSource({ env: { ENVIRONMENTS: "dev,test" } });
    push(sandbox.gitea.platform, "dev", { [path]: content });
    if (content === "too large") {
      const { body, ...answer } = await contentOf(sandbox, path);
      const fault = {
        ...answer,
        mode: "misreport",
        body: JSON.stringify({ ...body, content: null }),
      } as const;
      sandbox.gitea.faults.set(fault, { path: new RegExp(`dev/contents/${path}`) });
    }

    const facts = await source.read("demo", unhurried);

    const [dev, test] = facts?.environments ?? [];
    expect(dev?.unavailable).toBeUndefined();
    if (path === "sett.json") {
      expect(dev).toMatchObject({
        options: undefined,
        document: expect.stringContaining("Project") as string,
      });
      expect(dev?.gaps?.[0]).toContain("sett.json");
    } else expect(dev).toMatchObject({ document: "" });
    expect(test).toMatchObject({ options: { variables: {} } });
  });

  it("of a function leaves its functions unknown, and nothing else", async () => {
    const { environment, sandbox } = await startSource();
    push(sandbox.gitea.platform, "functions", { "hello/serverless.yml": deep });

    const facts = await environment("demo", "dev");

    expect(facts.functions).toBeUndefined();
    expect(facts).toMatchObject({ document: expect.any(String) as string, options: { variables: {} } });
  });
});

describe("What of an environment cannot be asked for", () => {
  it.each([
    ["the head of their branch is not told", broken, /functions\/branches\//],
    ["only a part of what is in the commit is shown", treeOf([blob("a")], 2), /functions\/git\/trees\//],
    ["what is in the commit is shown twice", treeOf([blob("a"), blob("a")], 2), /functions\/git\/trees\//],
    ["there is more than can be looked through", treeOf([blob("a")], 20_001), /functions\/git\/trees\//],
    ["the document of one is not handed out", broken, /functions\/contents\//],
  ])("are its functions, of which none is taken for gone, when %s", async (_what, fault, path) => {
    const { environment, sandbox } = await startSource();
    sandbox.gitea.faults.set(fault, { path });

    const facts = await environment("demo", "dev");

    expect(facts.functions).toBeUndefined();
    expect(facts.gaps).toEqual([expect.stringMatching(/^functions: /)]);
    expect(facts).toMatchObject({ document: expect.any(String) as string });
  });

  it.each([
    ["broken", "a: [", "is no YAML."],
    ["nested too deeply", `a: ${"[".repeat(20_000)}`, "is no YAML."],
    ["too large to be read", `a: ${"b".repeat(200_000)}`, "is too large."],
  ])(
    "are its functions while the document of one is %s and gateways may lead to it",
    async (_how, text, why) => {
      const { environment, sandbox } = await startSource();
      push(sandbox.gitea.platform, "functions", { "hello/serverless.yml": text });

      const facts = await environment("demo", "dev");

      expect(facts.functions).toBeUndefined();
      expect(facts.gaps).toEqual([`functions: hello/serverless.yml ${why}`]);
    },
  );

  it("are not its functions where a document says something twice: nobody compares each key with all others", async () => {
    const { environment, sandbox } = await startSource();
    push(sandbox.gitea.platform, "functions", {
      "hello/serverless.yml": "a: 1\na: 2\nlunchbadger: { id: x1 }\n",
    });

    const { functions, gaps } = await environment("demo", "dev");

    expect(gaps).toEqual([]);
    expect(functions?.find(({ name }) => name === "hello")).toMatchObject({ id: "x1" });
  });

  it("are its models and its whole API while its workspace is away, which is another thing than having none", async () => {
    const { environment, sandbox } = await startSource({ autoGateway: true });
    await sandbox.workspaces.workspaceApi.stop();
    await sandbox.workspaces.runningProjects.stop();

    const facts = await environment("demo", "dev");

    expect(facts.unavailable).toBeUndefined();
    expect(facts).toMatchObject({ models: undefined, openApi: undefined });
    expect(facts.functions).toHaveLength(2);
    await sandbox.workspaces.workspaceApi.resume();
    await sandbox.workspaces.runningProjects.resume();
    expect((await environment("demo", "dev")).models).not.toEqual([]);
  });
});

describe("A repository with more files than Gitea shows at once", () => {
  it("is looked through to its end", async () => {
    const { environment, sandbox } = await startSource();
    const many = Array.from({ length: 1500 }, (_, index) => [`aaa/file${index}.txt`, String(index)]);
    push(sandbox.gitea.platform, "functions", Object.fromEntries(many) as Record<string, string>);

    const { functions, gaps } = await environment("demo", "dev");

    expect(functions?.map(({ name }) => name)).toEqual(["convert", "hello"]);
    expect(gaps).toEqual([]);
  });
});
