import { expect, test, vi } from "vitest";
import {
  CreateEnvironmentDocument,
  CreateFunctionDocument,
  CreateProjectDocument,
  DeleteEnvironmentDocument,
  DeleteProjectDocument,
  ViewerProjectsDocument,
  ReadEnvironmentCanvasDocument,
  ReadEnvironmentDocument,
  ReadEnvironmentsDocument,
  ShareProjectDocument,
} from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const create = (person: Person, more: object = {}) =>
  person.ask(CreateEnvironmentDocument, { input: { producer: "demo", env: "staging", ...more } });

const remove = (person: Person, env = "staging", confirm = `demo/${env}`) =>
  person.ask(DeleteEnvironmentDocument, { input: { project: { producer: "demo", env }, confirm } });

const read = (person: Person, env = "staging", producer = "demo") =>
  person.ask(ReadEnvironmentDocument, { producer, env });

/** What a function's document deploys, as the cluster is to call it. */
const deployedIn = (serverless: unknown) =>
  Object.keys((serverless as { functions?: object } | undefined)?.functions ?? {});

const platform = (sett: Sett) => sett.sandbox.gitea.platform;

/** What anybody may do in Gitea who administers a repository. */
const describeAs = ({ sandbox }: Sett, person: string, name: string, description: string) =>
  fetch(`${sandbox.gitea.url}/api/v1/repos/customer-demo/${name}`, {
    method: "PATCH",
    headers: { authorization: `token ${person}-token`, "content-type": "application/json" },
    body: JSON.stringify({ description }),
  });

test("a producer makes an environment: two private repositories with their marks, and a hook each", async () => {
  const sett = await startSett();
  const { data, errors } = await create(sett.as("demo"));
  expect(errors).toEqual([]);
  expect(data?.createEnvironment).toMatchObject({
    createdRepos: ["functions-staging", "staging"],
    project: { producer: "demo", env: "staging", name: "main", viewerPermission: "ADMIN" },
    promoted: null,
  });
  const marks = {
    staging: /^LunchBadger environment \[[\w-]{24}\]$/,
    "functions-staging": /^LunchBadger environment \(functions\) \[[\w-]{24}\]$/,
  };
  for (const [name, description] of Object.entries(marks)) {
    const made = platform(sett).repository("customer-demo", name);
    expect({ ...made }).toMatchObject({
      private: true,
      description: expect.stringMatching(description) as string,
    });
    expect(made.hooks).toHaveLength(1);
  }
});

test("an environment just made has a canvas of its own, and the producer's others stay as they were", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  const ofNew = await sett
    .as("demo")
    .ask(ReadEnvironmentCanvasDocument, { producer: "demo", env: "staging" });
  expect(ofNew.errors).toEqual([]);
  const ofDev = await sett.as("demo").ask(ReadEnvironmentCanvasDocument, { producer: "demo", env: "dev" });
  expect(ofDev.data?.project?.gateways).toHaveLength(1);
  expect(ofNew.data?.project?.gateways).toHaveLength(0);
});

test("making an environment again makes nothing, and doubles no hook", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  const { data, errors } = await create(sett.as("demo"));
  expect(errors).toEqual([]);
  expect(data?.createEnvironment?.createdRepos).toEqual([]);
  expect(platform(sett).repository("customer-demo", "staging").hooks).toHaveLength(1);
});

test("what a making that failed half way has left out is told, is nobody's environment, and is made the next time", async () => {
  const sett = await startSett();
  const marking = { method: "PATCH", path: /repos\/customer-demo\/staging$/ };
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500, body: "{}" }, marking);
  const first = await create(sett.as("demo"));
  expect(first.errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    done: ["functions-staging"],
    missing: ["staging", "hook of functions-staging", "hook of staging"],
  });
  expect((await read(sett.as("demo"))).codes).toEqual(["NOT_FOUND"]);
  sett.sandbox.gitea.faults.clear();
  const second = await create(sett.as("demo"));
  expect(second.errors).toEqual([]);
  expect((await read(sett.as("demo"))).data?.project?.name).toBe("main");
});

test("a repository that git-api does not make is told as missing", async () => {
  const sett = await startSett();
  const making = { method: "PUT", path: /repos\/functions-staging$/ };
  sett.sandbox.gitApi.faults.set({ mode: "answer", status: 500, body: '{"err":{}}' }, making);
  const { errors } = await create(sett.as("demo"));
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    upstream: "git-api",
    done: [],
    missing: ["functions-staging", "staging", "hook of functions-staging", "hook of staging"],
  });
});

test.each([
  ["dev", "every producer has this environment"],
  ["functions", "this is the repository of functions"],
])("an environment cannot be called %s", async (env, message) => {
  const sett = await startSett();
  const { errors } = await create(sett.as("demo"), { env });
  expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.env", message }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("somebody's own repository is not made an environment", async () => {
  const sett = await startSett();
  platform(sett).addRepository("customer-demo", "staging", { files: { "a.txt": "mine" } });
  const { errors } = await create(sett.as("demo"));
  expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.env" }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a producer whose name could be read as another's environment has no more of them", async () => {
  const sett = await startSett();
  platform(sett).addUser({ login: "customer-shop-dev", email: "shop-dev@customer.example" });
  const { errors } = await sett
    .as("admin")
    .ask(CreateEnvironmentDocument, { input: { producer: "shop-dev", env: "staging" } });
  expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.env" }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a producer has no more environments than ENVIRONMENT_LIMIT says", async () => {
  const sett = await startSett({ env: { ENVIRONMENT_LIMIT: "1" } });
  expect((await create(sett.as("demo"))).errors).toEqual([]);
  const { errors } = await create(sett.as("demo"), { env: "test" });
  expect(errors[0]?.extensions).toMatchObject({
    problems: [{ message: "a producer has at most 1 environments besides those that all have" }],
  });
});

test("an environment that was made is in all lists of who may see it, with its project, and in nobody else's", async () => {
  const sett = await startSett();
  await create(sett.as("demo"), { env: "shop", project: "shop" });
  platform(sett).setCollaborator("customer-demo", "shop", "customer-zu", "read");
  const listed = async (person: Person) => {
    const { data } = await person.ask(ReadEnvironmentsDocument, { name: "demo" });
    return data?.producer?.projects?.map(({ env, name }) => `${env} of ${name ?? ""}`);
  };
  expect(await listed(sett.as("demo"))).toEqual(["dev of main", "shop of shop"]);
  expect(await listed(sett.as("admin"))).toEqual(["dev of main", "shop of shop"]);
  expect(await listed(sett.as("zu"))).toEqual(["dev of main", "shop of shop"]);
  expect(await listed(sett.as("al"))).toEqual(["dev of main"]);
  const { data } = await sett.as("zu").ask(ViewerProjectsDocument, {});
  expect(data?.viewer?.projects?.edges.map(({ node: { producer, env } }) => `${producer}/${env}`)).toEqual([
    "zu/dev",
    "demo/dev",
    "demo/shop",
  ]);
});

test("to whoever was not let into it, an environment that was made is as absent as one that was not", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  for (const person of ["al", "zu", "eve"] as const) {
    const hidden = await read(sett.as(person));
    const absent = await read(sett.as(person), "nosuch");
    expect(hidden.codes).toEqual(["NOT_FOUND"]);
    expect(hidden.text).toBe(absent.text);
  }
});

test("an environment that was made costs Gitea as many questions as one that every producer has", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" } });
  await create(sett.as("demo"));
  const costs = async (env: string) => {
    sett.upstreamCalls();
    await read(sett.as("demo"), env);
    return sett.upstreamCalls().length;
  };
  expect(await costs("staging")).toBe(await costs("dev"));
});

test("a repository without the mark is no environment, whoever may read it", async () => {
  const sett = await startSett();
  platform(sett).addRepository("customer-demo", "website", { description: "Our site", files: { a: "b" } });
  expect((await read(sett.as("demo"), "website")).codes).toEqual(["NOT_FOUND"]);
  platform(sett).addRepository("customer-demo", "shop", { description: "LunchBadger environments are nice" });
  expect((await read(sett.as("demo"), "shop")).codes).toEqual(["NOT_FOUND"]);
});

test("a repository that says it is an environment is none unless the platform has said so, whoever administers it", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" } });
  await create(sett.as("demo"));
  const { description } = platform(sett).repository("customer-demo", "staging");
  platform(sett).addRepository("customer-demo", "shop", { files: { a: "b" } });
  platform(sett).setCollaborator("customer-demo", "shop", "customer-al", "admin");
  for (const said of ["LunchBadger environment", description]) {
    const described = await describeAs(sett, "al", "shop", said);
    expect(described.status).toBe(200);
    for (const person of ["demo", "al", "admin"] as const) {
      expect((await read(sett.as(person), "shop")).codes).toEqual(["NOT_FOUND"]);
    }
  }
  const { data } = await sett.as("demo").ask(ReadEnvironmentsDocument, { name: "demo" });
  expect(data?.producer?.projects?.map(({ env }) => env)).toEqual(["dev", "staging"]);
});

test("an environment whose mark does not hold any more is marked anew when its owner asks for it, and no other is", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" } });
  await create(sett.as("demo"));
  const { description } = platform(sett).repository("customer-demo", "staging");
  await describeAs(sett, "demo", "staging", "LunchBadger environment, ours");
  expect((await read(sett.as("demo"))).codes).toEqual(["NOT_FOUND"]);
  const other = await create(sett.as("demo"), { project: "shop" });
  expect(other.codes).toEqual(["BAD_USER_INPUT"]);
  const { data, errors } = await create(sett.as("demo"));
  expect(errors).toEqual([]);
  expect(data?.createEnvironment?.createdRepos).toEqual([]);
  expect(platform(sett).repository("customer-demo", "staging").description).toBe(`${description}, ours`);
  expect((await read(sett.as("demo"))).data?.project?.name).toBe("main");
});

test("who may read an environment but not its functions is not told what there is of those", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  platform(sett).setCollaborator("customer-demo", "staging", "customer-zu", "read");
  const { data, codes } = await read(sett.as("zu"));
  expect(data?.project).toMatchObject({
    env: "staging",
    viewerFunctionsPermission: null,
    functionsRepo: null,
  });
  expect(codes).toEqual(["NOT_FOUND"]);
});

test("the functions of an environment that was made are those of its own repository", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  const functions = async (env: string) => {
    const { data } = await sett
      .as("demo")
      .askText(`{ project(producer: "demo", env: "${env}") { functions { name } } }`);
    return data?.["project"];
  };
  expect(await functions("staging")).toEqual({ functions: [] });
  expect(await functions("dev")).not.toEqual({ functions: [] });
});

test("a function made in an environment that was made is kept in its repository, and called after it", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  const project = { producer: "demo", env: "staging" };
  const { errors, data } = await sett
    .as("demo")
    .ask(CreateFunctionDocument, { input: { project, name: "greet", runtime: "nodejs:8" } });
  expect(errors).toEqual([]);
  expect(deployedIn(data?.createFunction?.function.serverless)).toEqual(["fn-demo-staging-greet"]);
  await vi.waitFor(
    () =>
      expect(
        platform(sett).readFile("customer-demo", "functions-staging", "greet/serverless.yml"),
      ).toBeDefined(),
    { timeout: 10_000 },
  );
  expect(platform(sett).readFile("customer-demo", "functions", "greet/serverless.yml")).toBeUndefined();
});

test("an environment that was made is shared as any other: its project and its functions, and no other's", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  const { errors } = await sett.as("demo").ask(ShareProjectDocument, {
    input: { project: { producer: "demo", env: "staging" }, login: "customer-zu", level: "WRITE" },
  });
  expect(errors).toEqual([]);
  const { data } = await read(sett.as("zu"));
  expect(data?.project).toMatchObject({ viewerPermission: "WRITE", viewerFunctionsPermission: "WRITE" });
  expect(platform(sett).accessOf("customer-zu", "customer-demo", "functions")).toBe("none");
});

test("an environment is removed with its functions, and is then as absent as one that never was", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  const { data, errors } = await remove(sett.as("demo"));
  expect(errors).toEqual([]);
  expect(data?.deleteEnvironment).toEqual({ deleted: ["staging"], producer: { name: "demo" } });
  expect(platform(sett).findRepository("customer-demo", "staging")).toBeUndefined();
  expect(platform(sett).findRepository("customer-demo", "functions-staging")).toBeUndefined();
  expect((await read(sett.as("demo"))).codes).toEqual(["NOT_FOUND"]);
});

test("an environment is not removed unless it is named once more, nor one that every producer has", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  sett.upstreamCalls();
  const unnamed = await remove(sett.as("demo"), "staging", "demo/dev");
  expect(unnamed.errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.confirm" }] });
  const ofAll = await remove(sett.as("demo"), "dev");
  expect(ofAll.errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.project.env" }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("who was let into an environment does not remove it, at whatever level", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  platform(sett).setCollaborator("customer-demo", "staging", "customer-al", "admin");
  sett.upstreamCalls();
  const { errors } = await remove(sett.as("al"));
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "producer:admin" });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("an environment whose removal failed half way is still there to be removed", async () => {
  const sett = await startSett();
  await create(sett.as("demo"));
  const removing = { method: "DELETE", path: /customer-demo\/staging$/ };
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500, body: "{}" }, removing);
  expect((await remove(sett.as("demo"))).errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    done: ["functions-staging"],
    missing: ["staging"],
  });
  sett.sandbox.gitea.faults.clear();
  expect((await remove(sett.as("demo"))).errors).toEqual([]);
  expect(platform(sett).findRepository("customer-demo", "staging")).toBeUndefined();
});

test("a project is made with its first environment, and removed with all of them once they are named", async () => {
  const sett = await startSett();
  const demo = sett.as("demo");
  const made = await demo.ask(CreateProjectDocument, { input: { producer: "demo", name: "shop" } });
  expect(made.data?.createProject?.project).toEqual({ env: "shop", name: "shop" });
  await create(demo, { env: "shoptest", project: "shop" });
  await create(demo, { env: "staging" });
  const removeProject = (confirm: string[]) =>
    demo.ask(DeleteProjectDocument, { input: { producer: "demo", name: "shop", confirm } });
  const unnamed = await removeProject(["shop"]);
  expect(unnamed.errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { environments: ["shop", "shoptest"] },
  });
  expect((await removeProject(["shop", "shoptest"])).errors).toEqual([]);
  const { data } = await demo.ask(ReadEnvironmentsDocument, { name: "demo" });
  expect(data?.producer?.projects?.map(({ env }) => env)).toEqual(["dev", "staging"]);
});

test("a project is not made twice under one name, and there is none to be removed that never was", async () => {
  const sett = await startSett();
  const demo = sett.as("demo");
  await demo.ask(CreateProjectDocument, { input: { producer: "demo", name: "shop" } });
  const again = await demo.ask(CreateProjectDocument, {
    input: { producer: "demo", name: "shop", env: "two" },
  });
  expect(again.errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.name" }] });
  for (const [name, code] of [
    ["nosuch", "NOT_FOUND"],
    ["main", "BAD_USER_INPUT"],
  ] as const) {
    const { codes } = await demo.ask(DeleteProjectDocument, {
      input: { producer: "demo", name, confirm: [] },
    });
    expect(codes).toEqual([code]);
  }
});
