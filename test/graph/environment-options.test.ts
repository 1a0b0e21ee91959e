import { expect, test } from "vitest";
import {
  ReadOptionsDocument,
  SetVariablesDocument,
  type SetVariablesInput,
} from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { pushOptions } from "./auto-gateway.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const project = { producer: "demo" };
const set = (sett: Sett, input: Omit<SetVariablesInput, "project">, by: PersonName = "al") =>
  sett.as(by).ask(SetVariablesDocument, { input: { project, ...input } });
const read = async (sett: Sett, by: PersonName = "zu") =>
  (await sett.as(by).ask(ReadOptionsDocument, project)).data?.project?.options;
const fileOf = (sett: Sett) => sett.sandbox.gitea.platform.readFile("customer-demo", "dev", "sett.json");

test("an environment of which nothing was said has no variables, and nobody has said anything of its gateway", async () => {
  const sett = await startSett();
  expect(await read(sett)).toEqual({ variables: [], autoGateway: null });
});

test("variables are set and taken away in one commit of whoever does, and all else in the file stays", async () => {
  const sett = await startSett();
  const text = '{\n  "theirs": [1,2],\n  "variables": {\n    "OLD": "1",\n    "KEPT": "2"\n  }\n}\n';
  pushOptions(sett, text);
  const { codes } = await set(sett, { set: [{ name: "MOTTO", value: 'a "b"\n' }], remove: ["OLD", "NONE"] });
  expect(codes).toEqual([]);
  expect(fileOf(sett)).toBe(
    '{\n  "theirs": [1,2],\n  "variables": {\n    "KEPT": "2",\n    "MOTTO": "a \\"b\\"\\n"\n  }\n}\n',
  );
  expect(await read(sett)).toMatchObject({
    variables: [
      { name: "KEPT", value: "2" },
      { name: "MOTTO", value: 'a "b"\n' },
    ],
  });
});

test("what is so already is not committed again", async () => {
  const sett = await startSett();
  await set(sett, { set: [{ name: "MOTTO", value: "x" }] });
  sett.upstreamCalls();
  await set(sett, { set: [{ name: "MOTTO", value: "x" }], remove: ["NONE"] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("what is a secret is shown to nobody, and what was shown of an address stands for the address", async () => {
  const sett = await startSett();
  const url = "mysql://root:hunter2@db/cars";
  await set(sett, {
    set: [
      { name: "DATABASE_URL", value: url },
      { name: "STRIPE_TOKEN", value: "tok-1" },
    ],
  });
  for (const person of ["demo", "al", "zu"] as const) {
    expect((await read(sett, person))?.variables).toEqual([
      { name: "DATABASE_URL", value: "mysql://***@db/cars" },
      { name: "STRIPE_TOKEN", value: null },
    ]);
  }
  await set(sett, { set: [{ name: "DATABASE_URL", value: "mysql://***@db/cars" }] });
  expect(JSON.parse(fileOf(sett) ?? "")).toMatchObject({ variables: { DATABASE_URL: url } });
});

test.each([
  ["is the platform's own", "LB_ENV"],
  ["is the platform's own, in any case", "Git_Url"],
  ["says how a process starts", "NODE_OPTIONS"],
  ["says which libraries are loaded", "LD_PRELOAD"],
  ["is no name", "a-b"],
  ["means something else where it is kept", "__proto__"],
])("a name that %s is refused, and nobody is asked", async (_why, name) => {
  const sett = await startSett();
  sett.upstreamCalls();
  const { errors } = await set(sett, { set: [{ name, value: "x" }] });
  expect(errors[0]?.extensions["problems"]).toMatchObject([{ field: "input.set.0.name" }]);
  expect(sett.upstreamCalls().filter((call) => !call.startsWith("gitea GET "))).toEqual([]);
});

test("values that are too long, variables that are too many, and one that is changed twice are refused", async () => {
  const sett = await startSett();
  const long = await set(sett, { set: [{ name: "A", value: "é".repeat(5001) }] });
  const many = Array.from({ length: 101 }, (_each, index) => ({ name: `V${index}`, value: "" }));
  const tooMany = await set(sett, { set: many });
  const large = await set(sett, {
    set: Array.from({ length: 21 }, (_each, index) => ({ name: `V${index}`, value: "x".repeat(10_000) })),
  });
  const twice = await set(sett, { set: [{ name: "A", value: "1" }], remove: ["A"] });
  expect([long, tooMany, large, twice].map(({ codes }) => codes)).toEqual(
    Array.from({ length: 4 }, () => ["BAD_USER_INPUT"]),
  );
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["a number for a text", '{"variables":{"A":1}}'],
  ["the platform's own name", '{"variables":{"LB_ENV":"x"}}'],
])("a file with %s in it is said to be broken, and is not written to", async (_what, text) => {
  const sett = await startSett();
  pushOptions(sett, text);
  sett.upstreamCalls();
  for (const answer of [
    await sett.as("zu").ask(ReadOptionsDocument, project),
    await set(sett, { set: [{ name: "A", value: "x" }] }),
  ]) {
    expect(answer.codes).toEqual(["UPSTREAM_REJECTED"]);
    expect(answer.errors[0]?.message).toContain("sett.json");
  }
  expect(upstreamWrites(sett)).toEqual([]);
  expect(fileOf(sett)).toBe(text);
});
