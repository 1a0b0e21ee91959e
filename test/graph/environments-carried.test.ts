import { expect, test } from "vitest";
import { promotedFunction } from "../../src/services/environments/promoted.function.ts";
import { CreateEnvironmentDocument, PromoteDocument, type PromoteInput } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const at = (env: string) => ({ producer: "demo", env });
const platform = (sett: Sett) => sett.sandbox.gitea.platform;
const push = (sett: Sett, repository: string, files: Readonly<Record<string, string | null>>) =>
  platform(sett).push("customer-demo", repository, { commits: [{ message: "By hand", files }] });
const file = (sett: Sett, repository: string, path: string) =>
  platform(sett).readFile("customer-demo", repository, path);
const filesOf = (sett: Sett, repository: string) => {
  const { git, defaultBranch } = platform(sett).repository("customer-demo", repository);
  return [...(git.branches.get(defaultBranch)?.head.files.keys() ?? [])];
};

const promote = (sett: Sett, more: Partial<PromoteInput> = {}) =>
  sett.as("demo").ask(PromoteDocument, { input: { from: at("dev"), to: at("staging"), ...more } });

async function startWithStaging(env: Readonly<Record<string, string>> = {}): Promise<Sett> {
  const sett = await startSett({ env });
  const input = at("staging");
  expect((await sett.as("demo").ask(CreateEnvironmentDocument, { input })).errors).toEqual([]);
  sett.upstreamCalls();
  return sett;
}

const documentOf = (env: string, name: string) =>
  `service: ${name}\nfunctions:\n  fn-demo-${env}-${name}:\n    handler: handler.run\n    labels: { env: ${env} }\n`;

const route = { producer: "demo", from: "dev", to: "staging" };
const translated = (text: string) => promotedFunction({ path: "hello/serverless.yml", text }, route);

test("in the repository that several environments share, functions of others neither go nor are removed", async () => {
  const sett = await startWithStaging({ ENVIRONMENTS: "dev,prod" });
  const ofProd = { "prodonly/serverless.yml": documentOf("prod", "prodonly"), "prodonly/handler.js": "x" };
  push(sett, "functions", ofProd);
  push(sett, "functions", { "broken/serverless.yml": "a: [" });
  expect((await promote(sett)).errors).toEqual([]);
  expect(filesOf(sett, "functions-staging")).toContain("hello/serverless.yml");
  expect(filesOf(sett, "functions-staging")).not.toContain("prodonly/handler.js");
  push(sett, "functions-staging", {
    "greet/serverless.yml": documentOf("staging", "greet"),
    "hello/serverless.yml": null,
    "hello/handler.js": null,
    "broken/serverless.yml": null,
  });
  const { data, errors } = await promote(sett, { from: at("staging"), to: at("dev") });
  expect(errors).toEqual([]);
  expect(file(sett, "functions", "prodonly/serverless.yml")).toBe(ofProd["prodonly/serverless.yml"]);
  expect(file(sett, "functions", "prodonly/handler.js")).toBe("x");
  // Nor is one removed that does not tell whose it is.
  expect(file(sett, "functions", "broken/serverless.yml")).toBe("a: [");
  expect(file(sett, "functions", "hello/serverless.yml")).toBeUndefined();
  expect(file(sett, "functions", "greet/serverless.yml")).toContain("fn-demo-dev-greet");
  expect(data?.promote?.functions?.changedPaths).toContain("greet/serverless.yml");
});

test("a function does not take the place of another environment's", async () => {
  const sett = await startWithStaging({ ENVIRONMENTS: "dev,prod" });
  push(sett, "functions", { "greet/serverless.yml": documentOf("prod", "greet") });
  push(sett, "staging", { "a.txt": "1" });
  push(sett, "functions-staging", { "greet/serverless.yml": documentOf("staging", "greet") });
  sett.upstreamCalls();
  const { errors } = await promote(sett, { from: at("staging"), to: at("dev") });
  expect(errors[0]?.extensions).toMatchObject({
    problems: [{ field: "input.from", message: "greet is another environment's function where it would go" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("where an environment has data sources of its own, none of another's come or replace them", async () => {
  const sett = await startWithStaging();
  push(sett, "staging", { "server/datasources.local.json": '{"db":{"host":"staging"}}' });
  push(sett, "dev", {
    "server/datasources.json": '{"db":{"host":"dev"}}',
    "server/datasources.local.json": '{"db":{"host":"dev"}}',
    "server/datasources.production.js": "module.exports = {}",
  });
  expect((await promote(sett)).errors).toEqual([]);
  expect(filesOf(sett, "staging").filter((path) => path.includes("datasources"))).toEqual([
    "server/datasources.local.json",
  ]);
  expect(file(sett, "staging", "server/datasources.local.json")).toBe('{"db":{"host":"staging"}}');
});

test("files of secrets stay where they are, on both sides, of the project and of functions", async () => {
  const sett = await startWithStaging();
  push(sett, "staging", { ".env": "DB=staging" });
  push(sett, "dev", { ".env": "DB=dev", ".env.production": "DB=dev", ".environment": "no secret" });
  push(sett, "functions", { "hello/.env": "KEY=dev" });
  expect((await promote(sett)).errors).toEqual([]);
  expect(file(sett, "staging", ".env")).toBe("DB=staging");
  expect(file(sett, "staging", ".env.production")).toBeUndefined();
  expect(file(sett, "staging", ".environment")).toBe("no secret");
  expect(file(sett, "functions-staging", "hello/.env")).toBeUndefined();
});

test("what Git LFS keeps elsewhere is refused in words, since its pointer would lead nowhere", async () => {
  const sett = await startWithStaging();
  push(sett, "dev", {
    "logo.png": `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 5\n`,
  });
  const { errors } = await promote(sett);
  expect(errors[0]?.extensions).toMatchObject({
    problems: [{ message: "logo.png is kept by Git LFS, which cannot be promoted" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a commit with more files than can be looked through is refused once the first of them are told", async () => {
  const sett = await startWithStaging();
  const tree = { sha: "0", tree: [], truncated: true, page: 1, total_count: 20_001 };
  const headers = { "content-type": "application/json" };
  sett.sandbox.gitea.faults.set(
    { mode: "answer", status: 200, headers, body: JSON.stringify(tree) },
    { path: /customer-demo\/dev\/git\/trees\// },
  );
  const { codes } = await promote(sett, { functions: false });
  expect(codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(sett.upstreamCalls().filter((call) => call.includes("/git/trees/"))).toHaveLength(1);
});

test.each([
  ["is too large", `functions: {}\nx: ${"a".repeat(200_000)}`, /more than 200000 bytes; mend it first/],
  ["nests too deeply", `functions: {}\nx: ${"[".repeat(20_000)}`, /nests too deeply; mend it first/],
  ["means what is not there", "functions: {}\nx: *nowhere", /no YAML that makes sense; mend it first/],
])("a function's document that %s is refused in words, and nothing goes", async (_how, text, message) => {
  const sett = await startWithStaging();
  push(sett, "functions", { "big/serverless.yml": text });
  const { errors } = await promote(sett);
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED", upstream: "gitea" });
  expect(errors[0]?.message).toMatch(message);
  expect(errors[0]?.message).toContain("big/serverless.yml");
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a function's document is put into the words of its new environment also where it says something twice", () => {
  // Whoever looked whether keys are unique would compare each with all others.
  expect(translated(`${documentOf("dev", "hello")}x: 1\nx: 2\n`)).toContain("fn-demo-staging-hello");
});

test("a canvas or options that nest too deeply are refused in words", async () => {
  const sett = await startWithStaging();
  const nested = "[".repeat(100_000);
  push(sett, "dev", { "lunchbadger.json": nested, "sett.json": nested });
  const promoted = await promote(sett, { functions: false });
  expect(promoted.codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(promoted.errors[0]?.message).toMatch(/lunchbadger\.json nests too deeply; mend it first/);
  const options = await sett.as("demo").askText('{ project(producer: "demo") { options { autoGateway } } }');
  expect(options.codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(options.errors[0]?.message).toMatch(/sett\.json .*nests too deeply; mend it first/);
});
