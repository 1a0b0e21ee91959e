import { describe, expect, it } from "vitest";
import { startSource, unhurried } from "./source.harness.ts";

const json = { "Content-Type": "application/json" };
const saysWhy = expect.any(String) as string;

describe("An environment that is expected", () => {
  it("is not lost, and is found under its own name, when somebody writes its repository's in capital letters", async () => {
    const { source, sandbox } = await startSource();
    sandbox.gitea.platform.renameRepository("customer-demo", "dev", "Dev");
    sandbox.gitea.platform.renameRepository("customer-demo", "functions", "Functions");

    const facts = await source.read("demo", unhurried, ["dev"]);

    expect(facts?.lost).toEqual([]);
    expect(facts?.environments).toMatchObject([
      { env: "dev", repository: { name: "Dev" }, functionsRepository: { name: "Functions" } },
    ]);
    expect(facts?.environments[0]?.functions).not.toHaveLength(0);
  });

  it("is certainly not there only when Gitea itself says so of its repository, which costs two calls", async () => {
    const { source, sandbox, calls } = await startSource();
    await source.read("demo", unhurried);
    calls();
    await source.read("demo", unhurried);
    const usual = calls().length;

    const facts = await source.read("demo", unhurried, ["dev", "beta"]);

    expect(facts?.lost).toEqual([{ env: "beta", because: undefined }]);
    expect(calls()).toHaveLength(usual + 2);

    sandbox.gitea.platform.removeRepository("customer-demo", "dev");
    const less = await source.read("demo", unhurried, ["dev"]);
    expect(less).toMatchObject({ environments: [], lost: [{ env: "dev", because: undefined }] });
  });

  it("is there while its repository is, whatever that is taken for, and it is said why it does not count", async () => {
    const { source, sandbox, calls } = await startSource();
    sandbox.gitea.platform.addRepository("customer-demo", "test");
    sandbox.gitea.platform.addRepository("customer-demo", "Beta", { description: "Our own words" });
    calls();

    const facts = await source.read("demo", unhurried, ["test", "beta"]);

    const because = "Its repository is there, but is not marked as an environment.";
    expect(facts?.environments.map(({ env }) => env)).toEqual(["dev"]);
    expect(facts?.lost).toEqual([
      { env: "test", because },
      { env: "beta", because },
    ]);
    expect(calls().filter((call) => /\/repos\/customer-demo\/(?:test|beta)$/i.test(call))).toEqual([]);
  });

  it("is there, too, when its repository has another name now", async () => {
    const { source, sandbox } = await startSource();
    sandbox.gitea.platform.renameRepository("customer-demo", "dev", "trunk");

    const facts = await source.read("demo", unhurried, ["dev"]);

    expect(facts?.lost).toEqual([
      { env: "dev", because: expect.stringContaining("maybe under another name") as string },
    ]);
  });

  it.each([
    ["a page of somebody else's is answered", { mode: "answer", status: 404, headers: {}, body: "<html>" }],
    ["the token is refused", { mode: "answer", status: 401, headers: json, body: "{}" }],
    ["the token may not", { mode: "answer", status: 403, headers: json, body: "{}" }],
    ["Gitea breaks", { mode: "answer", status: 500, headers: json, body: "{}" }],
    ["the connection is cut", { mode: "drop" }],
  ] as const)("is not said to be gone when %s", async (_what, fault) => {
    const { source, sandbox } = await startSource();
    sandbox.gitea.faults.set(fault, { path: /\/repos\/customer-demo\/beta$/ });

    const facts = await source.read("demo", unhurried, ["beta"]);

    expect(facts?.lost).toEqual([{ env: "beta", because: saysWhy }]);
  });
});
