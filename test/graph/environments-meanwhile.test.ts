import { expect, test, vi } from "vitest";
import {
  CreateEnvironmentDocument,
  EnvironmentPushesDocument,
  PromoteDocument,
  type CreateEnvironmentInput,
  type PromoteInput,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const at = (env: string) => ({ producer: "demo", env });
const platform = (sett: Sett) => sett.sandbox.gitea.platform;
const push = (sett: Sett, repository: string, files: Readonly<Record<string, string | null>>) =>
  platform(sett).push("customer-demo", repository, { commits: [{ message: "By hand", files }] });
const head = (sett: Sett, repository: string) => {
  const { git, defaultBranch } = platform(sett).repository("customer-demo", repository);
  return git.branches.get(defaultBranch)?.head;
};
const filesOf = (sett: Sett, repository: string) => [...(head(sett, repository)?.files.keys() ?? [])];

const create = (sett: Sett, more: Partial<CreateEnvironmentInput> = {}) =>
  sett.as("demo").ask(CreateEnvironmentDocument, { input: { ...at("staging"), ...more } });

const promote = (sett: Sett, more: Partial<PromoteInput> = {}) =>
  sett.as("demo").ask(PromoteDocument, { input: { from: at("dev"), to: at("staging"), ...more } });

/** An environment that is the same as dev, but for one new file there. */
async function startWithNews(): Promise<Sett> {
  const sett = await startSett();
  expect((await create(sett, { from: "dev" })).errors).toEqual([]);
  push(sett, "dev", { "news.txt": "1" });
  sett.upstreamCalls();
  return sett;
}

/** Does something while a question to a service is on its way: it is answered afterwards. */
async function during<Answered>(
  server: Sett["sandbox"]["gitea"] | Sett["sandbox"]["gitApi"],
  question: { readonly method: string; readonly path: RegExp },
  asked: () => Promise<Answered>,
  act: () => void,
): Promise<Answered> {
  server.faults.set({ mode: "freeze" }, question);
  const before = server.requests.length;
  const answer = asked();
  await vi.waitFor(
    () => {
      const since = server.requests.slice(before);
      expect(since.some(({ method, path }) => method === question.method && question.path.test(path))).toBe(
        true,
      );
    },
    { timeout: 10_000 },
  );
  act();
  server.faults.clear();
  return answer;
}

const reading = { method: "GET", path: /customer-demo\/dev\/git\/blobs\// };
const committing = { method: "POST", path: /customer-demo\/staging\/contents$/ };
const theirs = { "theirs.txt": "pushed meanwhile" };

test("who expects a commit is told of one that came while files were compared, and nothing is built on that", async () => {
  const sett = await startWithNews();
  const expectedCommit = head(sett, "staging")?.id ?? "";
  const { errors } = await during(
    sett.sandbox.gitea,
    reading,
    () => promote(sett, { expectedCommit, functions: false }),
    () => void push(sett, "staging", theirs),
  );
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { commit: head(sett, "staging")?.id },
  });
  expect(filesOf(sett, "staging")).toContain("theirs.txt");
  expect(upstreamWrites(sett)).toEqual([]);
});

test("who expects a commit is told of the one that was made on somebody else's in the very moment", async () => {
  const sett = await startWithNews();
  const expectedCommit = head(sett, "staging")?.id ?? "";
  const { errors } = await during(
    sett.sandbox.gitea,
    committing,
    () => promote(sett, { expectedCommit, functions: false }),
    () => void push(sett, "staging", theirs),
  );
  const made = head(sett, "staging");
  expect(made?.message).toMatch(/^Promote demo\/dev/);
  expect(made?.parent?.id).not.toBe(expectedCommit);
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", current: { commit: made?.id } });
});

test.each([
  ["while files were compared", reading],
  ["in the very moment of the commit", committing],
])("what somebody saved %s does not stay: the environment is what the other is", async (_when, moment) => {
  const sett = await startWithNews();
  const { data, errors } = await during(
    sett.sandbox.gitea,
    moment,
    () => promote(sett, { functions: false }),
    () => void push(sett, "staging", theirs),
  );
  expect(errors).toEqual([]);
  expect(data?.promote?.files.commit).toBe(head(sett, "staging")?.id);
  expect(data?.promote?.files.changedPaths).toContain("theirs.txt");
  expect(filesOf(sett, "staging").sort()).toEqual(filesOf(sett, "dev").sort());
});

test("where functions cannot be promoted the project is not either", async () => {
  const sett = await startWithNews();
  push(sett, "functions", { "huge/blob.txt": "x".repeat(5_000_001) });
  const { errors } = await promote(sett);
  expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.from" }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("who watches an environment hears of the commit that was made also where functions failed after it", async () => {
  const sett = await startWithNews();
  push(sett, "functions", { "hello/more.js": "1" });
  const failing = { method: "POST", path: /customer-demo\/functions-staging\/contents$/ };
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500, body: "{}" }, failing);
  const watching = sett.as("demo").subscribe(EnvironmentPushesDocument, at("staging"));
  await sett.subscriptionsRun(1);
  const { errors } = await promote(sett);
  expect(errors[0]?.extensions).toMatchObject({ done: ["project"], missing: ["functions"] });
  expect((await watching.event()).data?.projectChanged).toMatchObject({ commit: head(sett, "staging")?.id });
});

test("an environment whose functions failed on their way is whole once it is asked for again", async () => {
  const sett = await startSett();
  const failing = { method: "POST", path: /customer-demo\/functions-staging\/contents$/ };
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500, body: "{}" }, failing);
  const first = await create(sett, { from: "dev" });
  expect(first.errors[0]?.extensions).toMatchObject({
    done: ["environment", "project"],
    missing: ["functions"],
  });
  sett.sandbox.gitea.faults.clear();
  push(sett, "staging", { "mine.txt": "kept" });
  const { data, errors } = await create(sett, { from: "dev" });
  expect(errors).toEqual([]);
  expect(data?.createEnvironment).toMatchObject({
    promoted: null,
    promotedFunctions: { commit: head(sett, "functions-staging")?.id },
  });
  expect(filesOf(sett, "functions-staging")).toContain("hello/serverless.yml");
  expect(filesOf(sett, "staging")).toContain("mine.txt");
});

test("an environment is not made of one in which nothing is saved, and whoever asks is told before anything is made", async () => {
  const sett = await startSett();
  await create(sett, { env: "blank" });
  sett.upstreamCalls();
  const { errors } = await create(sett, { from: "blank" });
  expect(errors[0]?.extensions).toMatchObject({
    problems: [{ field: "input.from", message: "has nothing saved yet" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each(["Staging", "Functions-staging"])(
  "a repository %s has the name already, whatever its case",
  async (name) => {
    const sett = await startSett();
    platform(sett).addRepository("customer-demo", name, {});
    const { errors } = await create(sett);
    expect(errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.env" }] });
    expect(upstreamWrites(sett)).toEqual([]);
  },
);

test.each([
  ["described", { description: "Our own" }],
  ["saved something in", { files: { "a.txt": "mine" } }],
])("a repository that somebody has made and %s meanwhile is not marked", async (_how, own) => {
  const sett = await startSett();
  const { errors } = await during(
    sett.sandbox.gitApi,
    { method: "PUT", path: /repos\/functions-staging$/ },
    () => create(sett),
    () => void platform(sett).addRepository("customer-demo", "staging", own),
  );
  expect(errors[0]?.extensions).toMatchObject({
    problems: [{ field: "input.env" }],
    done: ["functions-staging"],
    missing: ["staging", "hook of functions-staging", "hook of staging"],
  });
  const { description } = platform(sett).repository("customer-demo", "staging");
  expect(description).toBe("description" in own ? own.description : "");
});
