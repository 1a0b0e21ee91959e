import { parse } from "yaml";
import { expect, test } from "vitest";
import {
  CreateEnvironmentDocument,
  PromoteDocument,
  ReadEnvironmentCanvasDocument,
  type PromoteInput,
} from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const at = (env: string) => ({ producer: "demo", env });

const promote = (person: Person, more: Partial<PromoteInput> = {}) =>
  person.ask(PromoteDocument, { input: { from: at("dev"), to: at("staging"), ...more } });

const platform = (sett: Sett) => sett.sandbox.gitea.platform;
const file = (sett: Sett, repository: string, path: string) =>
  platform(sett).readFile("customer-demo", repository, path);
const head = (sett: Sett, repository: string) => {
  const { git, defaultBranch } = platform(sett).repository("customer-demo", repository);
  return git.branches.get(defaultBranch)?.head;
};
const push = (sett: Sett, repository: string, files: Readonly<Record<string, string | null>>) =>
  platform(sett).push("customer-demo", repository, { commits: [{ message: "By hand", files }] });

async function startWithStaging(): Promise<Sett> {
  const sett = await startSett();
  const { errors } = await sett.as("demo").ask(CreateEnvironmentDocument, {
    input: { producer: "demo", env: "staging" },
  });
  expect(errors).toEqual([]);
  sett.upstreamCalls();
  return sett;
}

/** The project as it is saved in an environment, under that environment's own id. */
function savedProject(sett: Sett, env: string): Record<string, unknown> {
  const saved = JSON.parse(file(sett, env, "lunchbadger.json") ?? "{}") as {
    models: { Project: Record<string, string> };
  };
  expect(Object.keys(saved.models.Project)).toEqual([`demo-${env}`]);
  return JSON.parse(saved.models.Project[`demo-${env}`] ?? "{}") as Record<string, unknown>;
}

test("an environment becomes what another is, by one commit that says where it comes from", async () => {
  const sett = await startWithStaging();
  const { data, errors } = await promote(sett.as("demo"));
  expect(errors).toEqual([]);
  const source = head(sett, "dev");
  const made = head(sett, "staging");
  expect(data?.promote?.files).toMatchObject({ source: source?.id, commit: made?.id });
  expect(made?.message).toBe(`Promote demo/dev at ${source?.id ?? ""}\n`);
  expect(made?.parent).toBeUndefined();
  expect([...(made?.files.keys() ?? [])].sort()).toEqual([...(source?.files.keys() ?? [])].sort());
});

test("what was promoted is the project of its new environment: its canvas runs there, as it does where it came from", async () => {
  const sett = await startWithStaging();
  await promote(sett.as("demo"));
  const { id: ofDev, ...dev } = savedProject(sett, "dev");
  const { id: ofStaging, ...staging } = savedProject(sett, "staging");
  expect([ofDev, ofStaging]).toEqual(["demo-dev", "demo-staging"]);
  expect(staging).toEqual(dev);
  const canvas = await sett.as("demo").ask(ReadEnvironmentCanvasDocument, at("staging"));
  expect(canvas.data?.project?.gateways?.map(({ name }) => name)).toEqual(["Gateway"]);
});

test("functions go along, under the names that the cluster has for those of their new environment", async () => {
  const sett = await startWithStaging();
  const { data } = await promote(sett.as("demo"));
  expect(data?.promote?.functions?.commit).toBe(head(sett, "functions-staging")?.id);
  const documents = ["functions", "functions-staging"].map(
    (repository) => parse(file(sett, repository, "hello/serverless.yml") ?? "") as Record<string, unknown>,
  );
  const [dev, staging] = documents as [Record<string, unknown>, Record<string, unknown>];
  expect(staging["functions"]).toMatchObject({
    "fn-demo-staging-hello": { labels: { producer: "demo", env: "staging", app: "kubeless-fn" } },
  });
  expect({ ...staging, functions: {} }).toEqual({ ...dev, functions: {} });
  expect(file(sett, "functions-staging", "hello/handler.js")).toBe(
    file(sett, "functions", "hello/handler.js"),
  );
});

test("a function that was promoted can be deployed where it went, and only under its own name there", async () => {
  const sett = await startWithStaging();
  await promote(sett.as("demo"));
  const text = file(sett, "functions-staging", "hello/serverless.yml") ?? "";
  push(sett, "functions-staging", {
    "hello/serverless.yml": text.replace("fn-demo-staging-hello", "fn-demo-dev-hello"),
  });
  const { errors } = await sett
    .as("demo")
    .askText(
      `mutation { deployFunction(input: { project: { producer: "demo", env: "staging" }, name: "hello" }) { deployment { id } } }`,
    );
  expect(errors[0]?.message).toMatch(/deploy fn-demo-dev-hello, which is not its own/);
});

test("promoting what is the same already makes no commit, and says so", async () => {
  const sett = await startWithStaging();
  await promote(sett.as("demo"));
  sett.upstreamCalls();
  const { data, errors } = await promote(sett.as("demo"));
  expect(errors).toEqual([]);
  expect(data?.promote).toMatchObject({
    files: { commit: null, changedCount: 0 },
    functions: { commit: null, changedPaths: [] },
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("what is an environment's own stays: its options, where its data are, and whether it is to run", async () => {
  const sett = await startWithStaging();
  await promote(sett.as("demo"));
  const saved = JSON.parse(file(sett, "staging", "lunchbadger.json") ?? "") as {
    models: { Project: Record<string, string> };
  };
  const disabled = JSON.stringify({ ...savedProject(sett, "staging"), disabled: true });
  saved.models.Project["demo-staging"] = disabled;
  push(sett, "staging", {
    "sett.json": '{"variables":{"A":"staging"}}',
    "server/datasources.json": '{"db":{"host":"staging"}}',
    "lunchbadger.json": JSON.stringify(saved),
    "README.md": "changed in staging\n",
    "only-here.txt": "gone",
  });
  push(sett, "dev", { "sett.json": '{"variables":{"A":"dev"}}' });
  const { data, errors } = await promote(sett.as("demo"));
  expect(errors).toEqual([]);
  // The canvas is disabled still, though written as the other one is.
  expect(data?.promote?.files.changedPaths).toEqual(["only-here.txt", "README.md", "lunchbadger.json"]);
  expect(file(sett, "staging", "sett.json")).toBe('{"variables":{"A":"staging"}}');
  expect(file(sett, "staging", "server/datasources.json")).toBe('{"db":{"host":"staging"}}');
  expect(savedProject(sett, "staging")["disabled"]).toBe(true);
});

test("only what differs is read, whatever else there is", async () => {
  const sett = await startWithStaging();
  await promote(sett.as("demo"), { functions: false });
  push(sett, "dev", { "one.txt": "1" });
  sett.upstreamCalls();
  const { data } = await promote(sett.as("demo"), { functions: false });
  expect(data?.promote?.files.changedPaths).toEqual(["one.txt"]);
  const blobs = sett.upstreamCalls().filter((call) => call.includes("/git/blobs/"));
  // The file that differs, and the canvas of both, since it is never quite the same.
  expect(blobs).toHaveLength(3);
});

test("an earlier commit can be promoted, and one that is not there cannot", async () => {
  const sett = await startWithStaging();
  const first = push(sett, "dev", { "version.txt": "1" });
  push(sett, "dev", { "version.txt": "2" });
  await promote(sett.as("demo"), { commit: first.id, message: "Back to one" });
  expect(file(sett, "staging", "version.txt")).toBe("1");
  expect(head(sett, "staging")?.message).toBe(`Back to one\n\nPromoted from demo/dev at ${first.id}\n`);
  const { errors } = await promote(sett.as("demo"), { commit: "f".repeat(40) });
  expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.commit" }] });
});

test("who expects another newest commit than there is is told of the one there is, and nothing is changed", async () => {
  const sett = await startWithStaging();
  await promote(sett.as("demo"));
  const expectedCommit = head(sett, "staging")?.id ?? "";
  const theirs = push(sett, "staging", { "by-hand.txt": "1" });
  sett.upstreamCalls();
  const { errors } = await promote(sett.as("demo"), { expectedCommit });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", current: { commit: theirs.id } });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("an environment is made out of another in one go, and one that has something saved keeps it", async () => {
  const sett = await startSett();
  const make = () =>
    sett
      .as("demo")
      .ask(CreateEnvironmentDocument, { input: { producer: "demo", env: "staging", from: "dev" } });
  const first = await make();
  expect(first.errors).toEqual([]);
  expect(first.data?.createEnvironment?.promoted?.commit).toBe(head(sett, "staging")?.id);
  push(sett, "staging", { "mine.txt": "kept" });
  expect((await make()).data?.createEnvironment?.promoted).toBeNull();
  expect(file(sett, "staging", "mine.txt")).toBe("kept");
});

test.each([
  ["a reader of both", "read", "FORBIDDEN"],
  ["a writer", "write", undefined],
] as const)("%s of the environment that it goes to", async (_who, level, code) => {
  const sett = await startWithStaging();
  platform(sett).setCollaborator("customer-demo", "staging", "customer-zu", level);
  sett.upstreamCalls();
  const { codes } = await promote(sett.as("zu"), { functions: false });
  expect(codes).toEqual(code === undefined ? [] : [code]);
  if (code !== undefined) expect(upstreamWrites(sett)).toEqual([]);
});

test("who may not see functions is told that it is those, and nothing goes without them", async () => {
  const sett = await startWithStaging();
  platform(sett).setCollaborator("customer-demo", "staging", "customer-zu", "write");
  sett.upstreamCalls();
  const { errors } = await promote(sett.as("zu"));
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "functions:read" });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("an environment is not promoted to itself, nor to another producer's", async () => {
  const sett = await startWithStaging();
  const { errors } = await promote(sett.as("demo"), { to: at("dev") });
  expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.to" }] });
  const toOthers = await promote(sett.as("admin"), { to: { producer: "eve", env: "dev" } });
  expect(toOthers.codes).toEqual(["BAD_USER_INPUT"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("what was committed although the answer was lost is told as done, and once", async () => {
  const sett = await startWithStaging();
  const batch = { method: "POST", path: /customer-demo\/staging\/contents$/, times: 1 };
  sett.sandbox.gitea.faults.set({ mode: "lose" }, batch);
  const { data, errors } = await promote(sett.as("demo"), { functions: false });
  expect(errors).toEqual([]);
  expect(data?.promote?.files.commit).toBe(head(sett, "staging")?.id);
  expect(platform(sett).repository("customer-demo", "staging").git.commits).toBe(1);
});

test("functions that could not go along are told as missing, and the project as done", async () => {
  const sett = await startWithStaging();
  const batch = { method: "POST", path: /customer-demo\/functions-staging\/contents$/ };
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500, body: "{}" }, batch);
  const { errors } = await promote(sett.as("demo"));
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    done: ["project"],
    missing: ["functions"],
    commit: head(sett, "staging")?.id,
  });
});

test("large projects are compared whole, and what would be too large a commit is refused", async () => {
  const sett = await startWithStaging();
  const many = Object.fromEntries(
    Array.from({ length: 1100 }, (_, index) => [`many/${index}.txt`, `${index}`]),
  );
  push(sett, "dev", many);
  const { errors } = await promote(sett.as("demo"), { functions: false });
  expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.from" }] });
  expect(upstreamWrites(sett)).toEqual([]);
  push(sett, "staging", many);
  const { data } = await promote(sett.as("demo"), { functions: false });
  expect(data?.promote?.files.changedPaths.filter((path) => path.startsWith("many/"))).toEqual([]);
  expect(file(sett, "staging", "README.md")).toBe(file(sett, "dev", "README.md"));
});

test("a promotion that somebody else's write got in the way of is made anew", async () => {
  const sett = await startWithStaging();
  const batch = { method: "POST", path: /customer-demo\/staging\/contents$/, times: 1 };
  sett.sandbox.gitea.faults.set(
    {
      mode: "answer",
      status: 422,
      headers: { "content-type": "application/json" },
      body: '{"message":"sha does not match [given: a, expected: b]"}',
    },
    batch,
  );
  const { data, errors } = await promote(sett.as("demo"), { functions: false });
  expect(errors).toEqual([]);
  expect(data?.promote?.files.commit).toBe(head(sett, "staging")?.id);
});
