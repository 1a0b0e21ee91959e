import { describe, expect, it, vi } from "vitest";
import type { GiteaPlatform } from "../../../src/sandbox/gitea/gitea.platform.ts";
import { idOf } from "../../../src/sandbox/seed/car.ids.ts";
import { addMarked } from "../../support/environment.marks.ts";
import { startSource, unhurried } from "./source.harness.ts";

/** Pushes files into one of demo's repositories. */
const push = (platform: GiteaPlatform, name: string, files: Readonly<Record<string, string | null>>) =>
  platform.push("customer-demo", name, { commits: [{ message: "change", files }] });

const emptied = JSON.stringify({
  ids: {},
  models: { Project: { "demo-dev": JSON.stringify({ gateways: [] }) } },
});

describe("A producer that is read", () => {
  it("is told with all that says what is to run of it", async () => {
    const { source, sandbox } = await startSource();
    const { platform } = sandbox.gitea;

    const facts = await source.read("demo", unhurried);

    const head = platform.repository("customer-demo", "dev").git.branches.get("master")?.head.id;
    expect(facts).toMatchObject({ producer: "demo", login: "customer-demo" });
    expect(facts?.environments).toHaveLength(1);
    expect(facts?.environments[0]).toMatchObject({
      env: "dev",
      repository: { owner: "customer-demo", name: "dev", branch: "master", commit: head },
      functionsRepository: { owner: "customer-demo", name: "functions", branch: "master" },
      document: platform.readFile("customer-demo", "dev", "lunchbadger.json"),
      options: { variables: {}, autoGateway: undefined },
    });
  });

  it("is told with its models by their ids on the canvas and where they are served", async () => {
    const { environment } = await startSource();

    const { models } = await environment("demo", "dev");

    expect(models?.find(({ name }) => name === "Car")).toEqual({
      id: idOf("model", 1),
      name: "Car",
      plural: "Cars",
      path: "",
    });
  });

  it("is told with the functions in its repository by their ids, and nothing else that is there", async () => {
    const { environment, sandbox } = await startSource();
    push(sandbox.gitea.platform, "functions", {
      "notes/read.me": "no function",
      ".hidden/serverless.yml": "service: hidden",
      "deep/er/serverless.yml": "service: er",
      "serverless.yml": "service: none",
      "nameless/serverless.yml": "service: nameless",
    });

    const { functions } = await environment("demo", "dev");

    expect(functions?.map(({ id, name }) => ({ id, name }))).toEqual([
      { id: idOf("function", 2), name: "convert" },
      { id: idOf("function", 1), name: "hello" },
      { id: undefined, name: "nameless" },
    ]);
  });

  it("shows another revision of a function when a file of it changes, and of no other", async () => {
    const { environment, sandbox } = await startSource();
    const revisions = async () => {
      const { functions = [] } = await environment("demo", "dev");
      return Object.fromEntries(functions.map(({ name, revision }) => [name, revision]));
    };
    const before = await revisions();

    push(sandbox.gitea.platform, "functions", { "hello/handler.js": "module.exports = {};" });

    const after = await revisions();
    expect(after["hello"]).not.toBe(before["hello"]);
    expect(after["convert"]).toBe(before["convert"]);
    expect(before["hello"]).toMatch(/^[0-9a-f]{40}$/);
  });

  it("has the environments that were made for it, each with functions of its own", async () => {
    const { source, sandbox } = await startSource();
    const { platform } = sandbox.gitea;
    addMarked(sandbox, "customer-demo", "stage", { project: "shop", files: { "lunchbadger.json": "{}" } });
    addMarked(sandbox, "customer-demo", "functions-stage", {
      ...{ project: "shop", keeps: "functions" },
      files: { "late/serverless.yml": "service: late" },
    });
    platform.addRepository("customer-demo", "diary", { files: { "lunchbadger.json": "{}" } });

    const facts = await source.read("demo", unhurried);

    expect(facts?.environments.map(({ env }) => env)).toEqual(["dev", "stage"]);
    expect(facts?.environments[1]).toMatchObject({
      functionsRepository: { owner: "customer-demo", name: "functions-stage" },
      functions: [{ name: "late" }],
    });
  });

  it("has no environment that somebody has marked by hand, nor one whose mark was copied", async () => {
    const { source, sandbox } = await startSource();
    const { platform } = sandbox.gitea;
    addMarked(sandbox, "customer-demo", "stage");
    const { description } = platform.repository("customer-demo", "stage");
    platform.addRepository("customer-demo", "copy", { description });
    platform.addRepository("customer-demo", "hand", { description: "LunchBadger environment" });

    const facts = await source.read("demo", unhurried);

    expect(facts?.environments.map(({ env }) => env)).toEqual(["dev", "stage"]);
  });

  it.each([
    ["not marked", "Our own notes"],
    ["marked by hand", "LunchBadger environment (functions)"],
  ])(
    "has no functions of an environment of which the repository is %s, and none is taken for gone",
    async (_how, description) => {
      const { environment, sandbox } = await startSource();
      addMarked(sandbox, "customer-demo", "stage", { files: { "lunchbadger.json": "{}" } });
      sandbox.gitea.platform.addRepository("customer-demo", "functions-stage", {
        description,
        files: { "secret/serverless.yml": "service: secret" },
      });

      const facts = await environment("demo", "stage");

      expect(facts).toMatchObject({ functionsRepository: undefined, functions: undefined });
    },
  );

  it("has all its environments, however many repositories it owns", async () => {
    const { source, sandbox } = await startSource();
    for (let index = 0; index < 60; index++)
      sandbox.gitea.platform.addRepository("customer-demo", `a${index}`);
    addMarked(sandbox, "customer-demo", "zone");

    const facts = await source.read("demo", unhurried);

    expect(facts?.environments.map(({ env }) => env)).toEqual(["dev", "zone"]);
  });

  it("has an environment in which nothing was saved yet, and one whose functions are not there yet", async () => {
    const { source, sandbox } = await startSource();
    const { platform } = sandbox.gitea;
    platform.addUser({ login: "customer-new", email: "new@customer.example" });
    platform.addRepository("customer-new", "dev");

    const facts = await source.read("new", unhurried);

    expect(facts?.environments).toEqual([
      expect.objectContaining({
        env: "dev",
        repository: {
          id: expect.any(Number) as number,
          owner: "customer-new",
          name: "dev",
          branch: "master",
        },
        functionsRepository: undefined,
        document: undefined,
        models: [],
      }),
    ]);
  });

  it("costs what is new of it the first time, and then who it is, its repositories and where they are", async () => {
    const { source, sandbox, calls } = await startSource();
    const read = async () => {
      calls();
      await source.read("demo", unhurried);
      return calls().map((call) => call.replace(/[0-9a-f]{40}/g, "<sha>").replace(/uid=\d+/, "uid=<id>"));
    };
    const known = [
      "gitea GET /api/v1/repos/customer-demo/dev/branches/master",
      "gitea GET /api/v1/repos/customer-demo/functions/branches/master",
      "gitea GET /api/v1/repos/search?uid=<id>&exclusive=true&sort=id&order=asc&page=1&limit=50",
      "gitea GET /api/v1/users/customer-demo",
    ];
    // What runs is another matter: it is asked each time, but only of those who have gateways that may lead to it.
    const asked = expect.stringMatching(
      /^workspace-api GET \/demo-dev\/api\/Facets\/server\/models/,
    ) as string;

    const cold = await read();
    expect(cold).toHaveLength(known.length + 1 + 5);
    expect(cold).toEqual(
      expect.arrayContaining([
        "gitea GET /api/v1/repos/customer-demo/dev/git/trees/<sha>?page=1",
        "gitea GET /api/v1/repos/customer-demo/dev/contents/lunchbadger.json?ref=<sha>",
        "gitea GET /api/v1/repos/customer-demo/functions/git/trees/<sha>?recursive=true&page=1",
        "gitea GET /api/v1/repos/customer-demo/functions/contents/hello/serverless.yml?ref=<sha>",
        "gitea GET /api/v1/repos/customer-demo/functions/contents/convert/serverless.yml?ref=<sha>",
      ]),
    );
    expect((await read()).sort()).toEqual([...known, asked]);

    // A commit that leaves what is to run as it was costs a look at what is in it.
    push(sandbox.gitea.platform, "dev", { "README.md": "other words" });
    expect((await read()).sort()).toEqual([
      ...[...known, "gitea GET /api/v1/repos/customer-demo/dev/git/trees/<sha>?page=1"].sort(),
      asked,
    ]);
  });

  it("costs one look at its functions, however many environments have them", async () => {
    const { source, calls } = await startSource({ env: { ENVIRONMENTS: "dev,test" } });
    calls();

    const facts = await source.read("demo", unhurried);

    expect(facts?.environments.map(({ functions }) => functions?.length)).toEqual([2, 2]);
    expect(calls().filter((call) => /functions\/(?:branches|git)/.test(call))).toHaveLength(2);
  });

  it("is not asked what runs of it while it has no gateway, or is disabled", async () => {
    const { environment, sandbox, calls } = await startSource({ autoGateway: true });
    push(sandbox.gitea.platform, "dev", { "lunchbadger.json": emptied });
    calls();

    expect(await environment("demo", "dev")).toMatchObject({ models: [], functions: [{}, {}] });
    expect(calls().filter((call) => /workspace-api|serverless/.test(call))).toEqual([]);

    const disabled = JSON.stringify({ gateways: [{ id: "g", name: "g" }], disabled: true });
    const file = JSON.stringify({ ids: {}, models: { Project: { "demo-dev": disabled } } });
    push(sandbox.gitea.platform, "dev", { "lunchbadger.json": file });

    expect(await environment("demo", "dev")).toMatchObject({ models: [], openApi: undefined });
    expect(calls().filter((call) => !call.startsWith("gitea"))).toEqual([]);
  });

  it("is asked for its whole API only where a gateway is to serve that", async () => {
    const with_ = await startSource({ autoGateway: true });
    const { openApi } = await with_.environment("demo", "dev");
    expect(openApi).toHaveProperty("paths");

    const without = await startSource();
    without.calls();
    expect((await without.environment("demo", "dev")).openApi).toBeUndefined();
    expect(without.calls().filter((call) => call.startsWith("running-project"))).toEqual([]);

    const options = JSON.stringify({ autoGateway: { enabled: true } });
    push(without.sandbox.gitea.platform, "dev", { "sett.json": options });
    // What is pushed restarts the project, so it cannot be asked for a moment.
    await vi.waitFor(
      async () => expect((await without.environment("demo", "dev")).openApi).toHaveProperty("paths"),
      { timeout: 10_000 },
    );
  });
});
