import { expect, it } from "vitest";
import { ask, eachTestHasAnSlsApi, file, nodeService, restart, sandbox, setDisabled } from "./sls.harness.ts";

eachTestHasAnSlsApi();

it("each producer's sls-api answers below an address of its own, with what the repository holds", async () => {
  expect(sandbox.addresses.slsApi).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\$PRODUCER-\$ENV$/);
  expect((await ask("demo", "GET /service")).body).toMatchObject([
    {
      serverless: {
        service: "convert",
        provider: { runtime: "python:3.6", namespace: "customer" },
        functions: {
          "fn-demo-dev-convert": { handler: "handler.fn", labels: { producer: "demo", env: "dev" } },
        },
        lunchbadger: { itemOrder: 1 },
      },
      files: { "handler.py": file("demo", "convert/handler.py"), "requirements.txt": "" },
    },
    { serverless: { service: "hello", provider: { runtime: "nodejs:8" }, lunchbadger: { itemOrder: 0 } } },
  ]);
  expect((await ask("eve", "GET /service")).body).toMatchObject([{ serverless: { service: "whisper" } }]);
  expect((await ask("al", "GET /service")).body).toEqual([]);
});

it("one of demo's functions runs from the start and the other does not", async () => {
  const names = sandbox.functions.cluster.deployed().map(({ name }) => name);
  expect(names).toEqual(["fn-demo-dev-hello", "fn-eve-dev-whisper"]);
  expect((await ask("demo", "GET /service/hello/logs")).body).toEqual({
    logs: expect.stringMatching(/^127\.0\.0\.1 - - \[.*\] "GET \/healthz HTTP\/1\.1" 200 2 .*\n$/) as string,
  });
  expect((await ask("demo", "GET /service/convert/logs")).status).toBe(400);
});

it.each(["nobody", "demo-two", "demo-functions", ""])(
  "there is no host for %j: every connection to it is cut",
  async (producer) => {
    await expect(ask(producer, "GET /service")).rejects.toThrow("fetch failed");
    expect(sandbox.functions.server.requests.at(-1)?.status).toBeUndefined();
    expect(() => sandbox.functions.of(producer, "dev")).toThrow("no functions of");
  },
);

it.each(["dev", "functions"])("without the repository %s there is no host either", async (repository) => {
  expect((await ask("demo", "GET /ping")).status).toBe(200);
  sandbox.gitea.platform.removeRepository("customer-demo", repository);
  await expect(ask("demo", "GET /ping")).rejects.toThrow("fetch failed");
});

it("while a project is disabled nobody listens, what is deployed stays, and nothing is lost", async () => {
  await ask("demo", "POST /service", nodeService("late"));
  setDisabled("demo", true);
  await expect(ask("demo", "GET /service")).rejects.toThrow("fetch failed");
  expect(sandbox.functions.cluster.find("fn-demo-dev-hello")).toBeDefined();
  expect((await ask("eve", "GET /service")).status).toBe(200);

  setDisabled("demo", false);
  const { body } = await ask("demo", "GET /service/late");
  expect(body).toMatchObject({ serverless: { service: "late", lunchbadger: { id: "id-of-late" } } });
});

it("who is disabled in the middle of a call is cut off", async () => {
  await restart({ undeployMs: 100 });
  const answered = expect(ask("demo", "DELETE /deploy/hello")).rejects.toThrow("fetch failed");
  await expect.poll(() => sandbox.functions.server.requests.length, { interval: 1 }).toBe(1);
  setDisabled("demo", true);
  await answered;
});

it("services made at the same time are all there, and of one name only one is", async () => {
  await restart({ writeMs: 5 });
  const names = ["one", "two", "three"];
  const made = await Promise.all(names.map((name) => ask("eve", "POST /service", nodeService(name))));
  expect(made.map(({ status }) => status)).toEqual([200, 200, 200]);
  const same = await Promise.all(names.map(() => ask("eve", "POST /service", nodeService("same"))));
  expect(same.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  expect(sandbox.functions.of("eve", "dev").names()).toEqual(["one", "same", "three", "two", "whisper"]);
});

it("files that are written at the same time are all kept", async () => {
  await restart({ writeMs: 5 });
  const { serverless } = sandbox.functions.of("demo", "dev").read("hello");
  const write = (name: string) =>
    ask("demo", "PUT /service/hello", { serverless, files: { [name]: `// ${name}` } });
  await Promise.all(["a.js", "b.js"].map(write));
  const { files } = sandbox.functions.of("demo", "dev").read("hello");
  expect(Object.keys(files)).toEqual(["a.js", "b.js", "handler.js", "package.json"]);
});

it("a name with dots and slashes leads where it leads on a disk, and the repository is spared", async () => {
  const made = (name: string) => ask("demo", "POST /service", nodeService(name));
  expect((await made("..")).body).toMatchObject({ code: "EEXIST", path: "/srv/platform/serverless-api" });
  expect((await made("README.md")).body).toMatchObject({ code: "EEXIST" });
  expect((await made("../elsewhere")).status).toBe(200);
  expect((await made("hello/inside")).status).toBe(200);
  expect((await ask("demo", "GET /service/hello")).body).toMatchObject({
    files: { inside: { "handler.js": expect.any(String) as string } },
  });
  sandbox.functions.of("demo", "dev").push();
  expect(file("demo", "../elsewhere/handler.js")).toBeUndefined();
  expect(sandbox.functions.of("demo", "dev").names()).toEqual(["convert", "hello"]);
});

it("removing all services is answered with the first failure while the rest goes on", async () => {
  await restart({ undeployMs: 20 });
  await ask("demo", "PUT /service/aaa", { serverless: {}, files: { "a.js": "1" } });
  const { status, body } = await ask("demo", "DELETE /service");
  expect(status).toBe(400);
  expect(body).toEqual({ killed: false, code: 1, signal: null, cmd: "sls remove -v" });
  const service = sandbox.functions.of("demo", "dev");
  expect(service.names()).toEqual(["aaa", "convert", "hello"]);
  await expect.poll(() => service.names()).toEqual(["aaa"]);
  expect(sandbox.functions.cluster.deployed().map(({ name }) => name)).toEqual(["fn-eve-dev-whisper"]);
});

it("an answer that is already there is not sent again", async () => {
  const url = `${sandbox.functions.server.url}/demo-dev/service`;
  const etag = (await fetch(url)).headers.get("etag") ?? "";
  expect((await fetch(url, { headers: { "If-None-Match": etag } })).status).toBe(304);
});

it("faults hit by the whole path, so one producer's service can be broken alone", async () => {
  sandbox.functions.server.faults.set({ mode: "drop" }, { path: /^\/eve-dev\// });
  await expect(ask("eve", "GET /service")).rejects.toThrow("fetch failed");
  expect((await ask("demo", "GET /service")).status).toBe(200);
});
