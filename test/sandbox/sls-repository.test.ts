import { expect, it } from "vitest";
import { subscribe } from "./change.subscriber.ts";
import { ask, eachTestHasAnSlsApi, file, nodeService, restart, sandbox } from "./sls.harness.ts";

eachTestHasAnSlsApi();

it("what an sls-api writes is pushed as its owner's, and told on the change stream as no push from outside", async () => {
  const changes = await subscribe(sandbox.configstore.url, "demo");
  await ask("demo", "POST /service", nodeService("fresh"));
  expect((await changes.next()).data).toMatchObject({
    username: "demo",
    repoName: "functions",
    isExternal: false,
  });
  changes.stop();
  expect(file("demo", "fresh/serverless.yml")).toContain("id: id-of-fresh");
  expect(file("demo", "fresh/handler.js")).toContain("module.exports");
  await ask("demo", "DELETE /service/fresh");
  await expect.poll(() => file("demo", "fresh/serverless.yml")).toBeUndefined();
  expect(file("demo", "README.md")).toBeDefined();
});

it("a document keeps all that is written into it, there and back", async () => {
  const { body } = await ask("demo", "GET /service/hello");
  const { serverless } = body as { serverless: object };
  const odd = { text: "a: #b\n- c", number: "8", yes: "yes", nothing: null, list: [1, { deep: true }] };
  const changed = { ...serverless, custom: odd };
  await ask("demo", "PUT /service/hello", { serverless: changed, files: {} });
  sandbox.functions.of("demo", "dev").push();
  expect((await ask("demo", "GET /service/hello")).body).toMatchObject({ serverless: changed });
  expect(file("demo", "hello/serverless.yml")).toContain("custom:");
});

it("a save that changes nothing is no push, and many saves make few", async () => {
  const { git } = sandbox.gitea.platform.repository("customer-demo", "functions");
  const service = sandbox.functions.of("demo", "dev");
  await ask("demo", "PUT /service/hello", { ...service.read("hello") });
  service.push();
  expect(git.commits).toBe(1);
  for (let index = 0; index < 100; index += 1) await ask("demo", "POST /service", nodeService(`fn${index}`));
  service.push();
  expect(git.commits).toBeLessThan(50);
  expect(file("demo", "fn99/package.json")).toBeDefined();
});

it("a push by somebody else is taken over, and what was written just before is kept", async () => {
  await ask("demo", "POST /service", nodeService("kept"));
  const files = { "hello/handler.js": "// theirs", "convert/requirements.txt": "numpy\n" };
  sandbox.gitea.platform.push("customer-demo", "functions", {
    by: "customer-al",
    commits: [{ message: "m", files }],
  });
  expect((await ask("demo", "GET /service/hello")).body).toMatchObject({
    files: { "handler.js": "// theirs" },
  });
  expect(sandbox.functions.of("demo", "dev").names()).toEqual(["convert", "hello", "kept"]);
  await expect.poll(() => file("demo", "kept/handler.js")).toBeDefined();
  expect(file("demo", "convert/requirements.txt")).toBe("numpy\n");
});

it("two environments of a producer share the repository, and names tell their functions apart", async () => {
  await restart({}, ["dev", "test"]);
  const { body } = await ask("demo", "POST /service", nodeService("tried"), "test");
  expect(body).toMatchObject({
    serverless: { functions: { "fn-demo-test-tried": { labels: { env: "test" } } } },
  });
  await expect.poll(() => sandbox.functions.of("demo", "dev").names()).toContain("tried");
  await ask("demo", "POST /service", nodeService("there"));
  sandbox.functions.of("demo", "dev").push();
  expect((await ask("demo", "GET /service/there", undefined, "test")).body).toMatchObject({
    serverless: { service: "there" },
  });
});
