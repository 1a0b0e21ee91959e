import { expect, test } from "vitest";
import {
  FindNodeDocument,
  ReadProducerDocument,
  ReadProjectDocument,
  ReadRepoDocument,
} from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";

const idOf = (...parts: string[]) => Buffer.from(parts.join(":"), "utf8").toString("base64url");

test("producer, project and repository are found again by the ids that they were answered with", async () => {
  const sett = await startSett();
  const al = sett.as("al");
  const repo = (await al.ask(ReadRepoDocument, { owner: "customer-demo", name: "dev" })).data?.repo;
  const project = (await al.ask(ReadProjectDocument, { producer: "demo" })).data?.project;
  const producer = (await al.ask(ReadProducerDocument, { name: "demo" })).data?.producer;
  const find = async (id = "") => (await al.ask(FindNodeDocument, { id })).data?.node;
  expect(await find(repo?.id)).toMatchObject({
    owner: "customer-demo",
    name: "dev",
    viewerPermission: "WRITE",
  });
  expect(await find(project?.id)).toMatchObject({ producer: "demo", env: "dev", viewerPermission: "WRITE" });
  expect(await find(producer?.id)).toMatchObject({ login: "customer-demo" });
});

test.each([
  ["Producer", [["demo"], ["nobody"]]],
  [
    "Project",
    [
      ["demo", "dev"],
      ["nobody", "dev"],
      ["demo", "prod"],
    ],
  ],
  [
    "Repo",
    [
      ["customer-demo", "dev"],
      ["customer-demo", "nothing"],
      ["nobody", "dev"],
    ],
  ],
])("a %s hidden from eve and one that is not look the same, byte for byte", async (kind, things) => {
  const sett = await startSett();
  const ids = things.map((parts) => idOf(kind, ...parts));
  const answers = await Promise.all(ids.map((id) => sett.as("eve").ask(FindNodeDocument, { id })));
  expect(answers[0]?.codes).toEqual(["NOT_FOUND"]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

const malformed = {
  "an unknown kind": idOf("User", "demo"),
  "a kind that every object has": idOf("constructor", "demo"),
  "a kind alone": idOf("Producer"),
  "a part too few": idOf("Project", "demo"),
  "a part too many": idOf("Repo", "customer-demo", "dev", "x"),
  "padding where there is none": `${idOf("Producer", "demo")}=`,
  "another alphabet": Buffer.from("Producer:de\u00ffmo").toString("base64"),
  "no base64 at all": "customer-demo/dev",
  nothing: "",
  "10 kB": "a".repeat(10_000),
};

test.each(Object.entries(malformed))("%s is no id, and no upstream is asked", async (_kind, id) => {
  const sett = await startSett();
  const { errors } = await sett.as("demo").ask(FindNodeDocument, { id });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "id" }] });
  expect(sett.upstreamCalls()).toEqual([]);
});

test.each(Object.entries(hostileNames))(
  "an id may not hold %s, and no upstream is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const ids = [
      idOf("Producer", name),
      idOf("Project", name, "dev"),
      idOf("Project", "demo", name),
      idOf("Repo", name, "dev"),
      idOf("Repo", "customer-demo", name),
    ];
    for (const id of ids)
      expect((await sett.as("demo").ask(FindNodeDocument, { id })).codes).toEqual(["BAD_USER_INPUT"]);
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("nobody in particular finds nothing, and no upstream is asked", async () => {
  const sett = await startSett();
  const { codes } = await sett.as("nobody").ask(FindNodeDocument, { id: idOf("Producer", "demo") });
  expect(codes).toEqual(["UNAUTHENTICATED"]);
  expect(sett.upstreamCalls()).toEqual([]);
});
