import { expect, test } from "vitest";
import { ProjectEnabledDocument, SetEnabledDocument } from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const set = (sett: Sett, enabled: boolean, as: PersonName = "admin") =>
  sett.as(as).ask(SetEnabledDocument, { input: { project: { producer: "demo" }, enabled } });

const saved = (sett: Sett) =>
  sett.sandbox.gitea.platform.readFile("customer-demo", "dev", "lunchbadger.json");

const push = (sett: Sett, text: string | null) =>
  sett.sandbox.gitea.platform.push("customer-demo", "dev", {
    commits: [{ message: "Save", files: { "lunchbadger.json": text } }],
  });

const odd = String.raw`{ "z": 1e400,"ids":{"Project":  12345678901234567890123 , "2":0,"1":0},
	"extra": ["\u00e9", "é", "\/"],
  "models" : {"Project":{ "other-dev":"{\"id\": \"other-dev\"}",
    "demo-dev" : "{\"id\":\"demo-dev\",  \"b\": 1.0, \"10\":1, \"9\":2, \"caf\u00e9\":\"\\u00e9\/\", \"huge\": 123456789012345678901234567890}" },
    "Other":{}} }`;

test("an admin disables a project: one word more in its file, and not a character else", async () => {
  const sett = await startSett();
  push(sett, odd);
  const { data, errors } = await set(sett, false);
  expect(errors).toEqual([]);
  expect(data?.setProducerEnabled?.project).toEqual({ producer: "demo", env: "dev", enabled: false });
  const expected = odd.replace("234567890}", String.raw`234567890,\"disabled\": true}`);
  expect(saved(sett)).toBe(expected);
});

test("a project enabled again is as it was before it was disabled, to the letter", async () => {
  const sett = await startSett();
  push(sett, odd);
  await set(sett, false);
  expect((await set(sett, true)).data?.setProducerEnabled?.project.enabled).toBe(true);
  expect(saved(sett)).toBe(odd);
});

test("whoever reads the project learns whether it runs", async () => {
  const sett = await startSett();
  const enabled = async () => (await sett.as("zu").ask(ProjectEnabledDocument, { producer: "demo" })).data;
  expect((await enabled())?.project?.enabled).toBe(true);
  await set(sett, false);
  expect((await enabled())?.project?.enabled).toBe(false);
});

test.each([true, false])("saying enabled %s again commits nothing", async (enabled) => {
  const sett = await startSett();
  await set(sett, enabled);
  const { git } = sett.sandbox.gitea.platform.repository("customer-demo", "dev");
  const before = git.commits;
  expect((await set(sett, enabled)).errors).toEqual([]);
  expect(git.commits).toBe(before);
});

test("a project without a file is enabled; disabling it makes the file", async () => {
  const sett = await startSett();
  push(sett, null);
  expect((await set(sett, true)).data?.setProducerEnabled?.project.enabled).toBe(true);
  expect(saved(sett)).toBeUndefined();
  expect((await set(sett, false)).data?.setProducerEnabled?.project.enabled).toBe(false);
  const file = JSON.parse(saved(sett) ?? "") as { models: { Project: Record<string, string> } };
  expect(JSON.parse(file.models.Project["demo-dev"] ?? "")).toMatchObject({ id: "demo-dev", disabled: true });
});

test.each([
  "not JSON",
  "",
  "[]",
  '{"models": }',
  '{"models": "text"}',
  '{"models":{"Project":null}}',
  '{"models":{"Project":{"demo-dev":{"id":"demo-dev"}}}}',
  '{"models":{"Project":{"demo-dev":"not JSON"}}}',
  '{"models":{"Project":{"demo-dev":"{}","demo-dev":"{}"}}}',
])("a file such as %j is not touched, and that it has to be mended is told", async (text) => {
  const sett = await startSett();
  push(sett, text);
  const { codes, errors } = await set(sett, false);
  expect(codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(errors[0]?.message).toContain("lunchbadger.json");
  expect(saved(sett)).toBe(text);
});

test("what somebody pushes in between is kept, and the project is disabled all the same", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 300 }, { method: "PUT", times: 1 });
  const answer = set(sett, false);
  await expect.poll(() => sett.sandbox.gitea.requests.some(({ method }) => method === "PUT")).toBe(true);
  push(sett, (saved(sett) ?? "").replace("Gateway", "Pushed"));
  expect((await answer).errors).toEqual([]);
  expect(saved(sett)).toContain("Pushed");
  expect(saved(sett)).toContain("disabled");
});

test("a project is disabled by one of several admins at once, and none of them fails", async () => {
  const sett = await startSett();
  const answers = await Promise.all([1, 2, 3, 4].map(() => set(sett, false)));
  expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
});

test.each(["demo", "al", "zu"] as const)("%s may not, and Gitea is not asked to write", async (name) => {
  const sett = await startSett();
  const { errors } = await set(sett, false, name);
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "platform:admin" });
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each(Object.entries(hostileNames))(
  "neither producer nor environment may be %s, and no upstream is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const input = { project: { producer: name, env: name }, enabled: false };
    const { errors } = await sett.as("admin").ask(SetEnabledDocument, { input });
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "input.project.producer" }, { field: "input.project.env" }],
    });
    expect(sett.upstreamCalls()).toEqual([]);
  },
);
