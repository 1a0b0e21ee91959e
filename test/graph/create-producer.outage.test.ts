import { expect, test } from "vitest";
import { CreateProducerDocument } from "../generated/operations.ts";
import { startSett, type Person } from "../support/sett.ts";

const create = (person: Person, name = "newone") => person.ask(CreateProducerDocument, { input: { name } });

const functionsRepository = { method: "PUT", path: /newone\/repos\/functions$/ };

test.each([
  ["answers that it failed", { mode: "answer", status: 500, body: '{"err":{}}' }],
  ["cuts the connection", { mode: "drop" }],
] as const)(
  "when git-api %s in the middle, what is done and what is missing is said, and the next call does the rest",
  async (_how, fault) => {
    const sett = await startSett();
    sett.sandbox.gitApi.faults.set(fault, functionsRepository);
    const half = await create(sett.as("admin"));
    expect(half.errors[0]?.extensions).toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
      upstream: "git-api",
      done: ["account", "dev"],
      missing: ["functions"],
    });
    sett.sandbox.gitApi.faults.clear();
    const { data, errors } = await create(sett.as("admin"));
    expect(errors).toEqual([]);
    expect(data?.createProducer?.createdRepos).toEqual(["functions"]);
    for (const name of ["dev", "functions"]) {
      expect(sett.sandbox.gitea.platform.repository("customer-newone", name).hooks).toHaveLength(1);
    }
  },
);

test("what a half-done creation made is seen at once, though it was looked for in vain a moment before", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "10m", VIEWER_TTL: "10m" } });
  const read = '{ repo(owner: "customer-newone", name: "dev") { name } }';
  expect((await sett.as("admin").askText(read)).codes).toEqual(["NOT_FOUND"]);
  sett.sandbox.gitApi.faults.set({ mode: "drop" }, functionsRepository);
  expect((await create(sett.as("admin"))).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect((await sett.as("admin").askText(read)).data).toEqual({ repo: { name: "dev" } });
});

test("an answer of configstore's that got lost is an outage, and the next call finds all made", async () => {
  const sett = await startSett();
  sett.sandbox.configstore.faults.set({ mode: "lose" }, { method: "POST" });
  expect((await create(sett.as("admin"))).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  sett.sandbox.configstore.faults.clear();
  const { data, errors } = await create(sett.as("admin"));
  expect(errors).toEqual([]);
  expect(data?.createProducer?.createdRepos).toEqual([]);
});

test("of creations sent straight to configstore at once some fail; through the gateway all succeed", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  const straight = await Promise.all(
    Array.from({ length: 6 }, () =>
      fetch(`${sett.sandbox.configstore.url}/producers`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ id: "straight" }),
      }),
    ),
  );
  expect(straight.map(({ status }) => status)).toContain(500);

  const answers = await Promise.all(Array.from({ length: 6 }, () => create(sett.as("admin"))));
  expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
  const created = answers.map(({ data }) => data?.createProducer?.createdRepos);
  expect(created.filter((names) => names?.length === 2)).toHaveLength(1);
  expect(created.filter((names) => names?.length === 0)).toHaveLength(5);
  for (const name of ["dev", "functions"]) {
    expect(platform.repository("customer-newone", name).hooks).toHaveLength(1);
  }
});

test("configstore's failure because another was quicker with the account is none", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.addUser({ login: "customer-newone", email: "newone@customer.example" });
  const once = { method: "POST", times: 1 };
  sett.sandbox.configstore.faults.set({ mode: "answer", status: 500, body: "{}" }, once);
  const { data, errors } = await create(sett.as("admin"));
  expect(errors).toEqual([]);
  expect(data?.createProducer?.createdRepos).toEqual(["dev", "functions"]);
});

test.each([
  ["gitea", "gitea"],
  ["gitApi", "configstore"],
  ["configstore", "configstore"],
] as const)("while %s is down no producer is made, and %s is said to be unavailable", async (down, named) => {
  const sett = await startSett();
  await sett.sandbox[down].stop();
  const { errors } = await create(sett.as("admin"));
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: named });
  await sett.sandbox[down].resume();
  expect(() => sett.sandbox.gitea.platform.user("customer-newone")).toThrow();
  expect((await create(sett.as("admin"))).data?.createProducer?.createdRepos).toEqual(["dev", "functions"]);
});
