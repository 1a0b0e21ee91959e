import { expect, test } from "vitest";
import { CreateProducerDocument, SaveFileDocument } from "../generated/operations.ts";
import { subscribe } from "../sandbox/change.subscriber.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const create = (person: Person, name = "newone") => person.ask(CreateProducerDocument, { input: { name } });

const newone = (sett: Sett) => {
  const { platform } = sett.sandbox.gitea;
  platform.addUser({ login: "customer-newone", email: "newone@customer.example" });
  platform.addToken("customer-newone", "newone-token");
  return sett.showing("token newone-token");
};

const hooks = (sett: Sett, name: string, login = "customer-newone") =>
  sett.sandbox.gitea.platform.repository(login, name).hooks;

test("an admin makes a producer: account, both repositories, private, with one hook each", async () => {
  const sett = await startSett();
  const { data, errors } = await create(sett.as("admin"));
  expect(errors).toEqual([]);
  expect(data?.createProducer).toEqual({
    createdRepos: ["dev", "functions"],
    producer: { name: "newone", login: "customer-newone", environments: ["dev"] },
  });
  for (const name of ["dev", "functions"]) {
    expect(sett.sandbox.gitea.platform.repository("customer-newone", name).private).toBe(true);
    expect(hooks(sett, name)).toHaveLength(1);
  }
});

test("somebody with an account and nothing else makes a producer of herself", async () => {
  const sett = await startSett();
  const { data } = await create(newone(sett));
  expect(data?.createProducer?.createdRepos).toEqual(["dev", "functions"]);
  expect(sett.sandbox.gitea.platform.accessOf("customer-newone", "customer-newone", "dev")).toBe("owner");
});

test("making a producer again makes nothing, and doubles no hook", async () => {
  const sett = await startSett();
  await create(sett.as("admin"));
  const { data, errors } = await create(sett.as("admin"));
  expect(errors).toEqual([]);
  expect(data?.createProducer?.createdRepos).toEqual([]);
  expect([hooks(sett, "dev"), hooks(sett, "functions")].map(({ length }) => length)).toEqual([1, 1]);
});

test("a producer who has dev only gets the functions, and is told that it was just those", async () => {
  const sett = await startSett();
  const person = newone(sett);
  sett.sandbox.gitea.platform.addRepository("customer-newone", "dev", { files: { "a.txt": "kept" } });
  const { data } = await create(person);
  expect(data?.createProducer?.createdRepos).toEqual(["functions"]);
  expect(sett.sandbox.gitea.platform.readFile("customer-newone", "dev", "a.txt")).toBe("kept");
  expect(hooks(sett, "dev")).toHaveLength(1);
});

test("a push into a repository just made is heard of on configstore's change stream", async () => {
  const sett = await startSett({ timing: { hookDelayMs: 0 } });
  await create(sett.as("admin"));
  const changes = await subscribe(sett.sandbox.configstore.url, "newone");
  const repo = { owner: "customer-newone", name: "dev" };
  const saved = await sett
    .as("admin")
    .ask(SaveFileDocument, { input: { repo, path: "a.txt", content: "a" } });
  expect(saved.errors).toEqual([]);
  const { event, data } = await changes.next();
  changes.stop();
  expect({ event, data }).toMatchObject({ event: "data", data: { type: "push", repoName: "dev" } });
});

test("every environment's repository has its hook, also when registering it failed the first time", async () => {
  const sett = await startSett({ env: { ENVIRONMENTS: "dev,staging" } });
  const hook = { method: "PUT", path: /repos\/staging\/hook$/, times: 1 };
  sett.sandbox.gitApi.faults.set({ mode: "answer", status: 500, body: '{"err":{}}' }, hook);
  const first = await create(sett.as("admin"));
  expect(first.errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    upstream: "git-api",
    done: ["account", "dev", "staging", "functions"],
    missing: ["hook of staging"],
  });
  expect((await create(sett.as("admin"))).data?.createProducer?.createdRepos).toEqual([]);
  expect(hooks(sett, "staging")).toHaveLength(1);
});

test("eve may not make another's producer, and is not told whether there is one", async () => {
  const sett = await startSett();
  const existing = await create(sett.as("eve"), "demo");
  const absent = await create(sett.as("eve"), "newone");
  expect(existing.errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "producer:create" });
  expect(existing.text).toBe(absent.text);
  expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/user", "gitea GET /api/v1/user"]);
});

test.each(Object.entries(hostileNames))(
  "a producer's name may not be %s, and no upstream is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const { codes, errors } = await create(sett.as("admin"), name);
    expect(codes).toEqual(["BAD_USER_INPUT"]);
    expect(errors[0]?.extensions["problems"]).toMatchObject([{ field: "input.name" }]);
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("nobody in particular makes no producer, and nothing is changed", async () => {
  const sett = await startSett();
  expect((await create(sett.as("nobody"))).codes).toEqual(["UNAUTHENTICATED"]);
  expect(upstreamWrites(sett)).toEqual([]);
});
