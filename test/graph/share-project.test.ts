import { expect, test } from "vitest";
import {
  ReadProjectDocument,
  ShareProjectDocument,
  UnshareProjectDocument,
} from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const project = { producer: "demo" };

const share = (person: Person, login: string, level: "READ" | "WRITE" | "ADMIN" = "WRITE") =>
  person.ask(ShareProjectDocument, { input: { project, login, level } });

const unshare = (person: Person, login: string) =>
  person.ask(UnshareProjectDocument, { input: { project, login } });

const access = (sett: Sett, login: string) =>
  ["dev", "functions"].map((name) => sett.sandbox.gitea.platform.accessOf(login, "customer-demo", name));

test("demo lets eve into her project: into both repositories", async () => {
  const sett = await startSett();
  const { data, errors } = await share(sett.as("demo"), "customer-eve");
  expect(errors).toEqual([]);
  expect(data?.shareProject?.project).toEqual({ producer: "demo", env: "dev", viewerPermission: "ADMIN" });
  expect(access(sett, "customer-eve")).toEqual(["write", "write"]);
});

test("without a level somebody is let in to write", async () => {
  const sett = await startSett();
  await sett.as("demo").ask(ShareProjectDocument, { input: { project, login: "customer-eve" } });
  expect(access(sett, "customer-eve")).toEqual(["write", "write"]);
});

test("sharing evens out what somebody had in one repository only", async () => {
  const sett = await startSett();
  await share(sett.as("demo"), "customer-zu", "READ");
  expect(access(sett, "customer-zu")).toEqual(["read", "read"]);
});

test("demo takes her project from al: both repositories", async () => {
  const sett = await startSett();
  const { data, errors } = await unshare(sett.as("demo"), "customer-al");
  expect(errors).toEqual([]);
  expect(data?.unshareProject?.project.producer).toBe("demo");
  expect(access(sett, "customer-al")).toEqual(["none", "none"]);
});

test("sharing and its end take effect at once, although earlier answers are remembered", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "60m" } });
  const read = async () => sett.as("eve").ask(ReadProjectDocument, project);
  expect((await read()).codes).toEqual(["NOT_FOUND"]);
  await share(sett.as("demo"), "customer-eve");
  expect((await read()).data?.project).toMatchObject({
    viewerPermission: "WRITE",
    viewerFunctionsPermission: "WRITE",
  });
  await unshare(sett.as("demo"), "customer-eve");
  expect((await read()).codes).toEqual(["NOT_FOUND"]);
});

test("taking a project from somebody who never had it is harmless", async () => {
  const sett = await startSett();
  expect((await unshare(sett.as("demo"), "customer-eve")).errors).toEqual([]);
});

test("al, who writes in both repositories, may not share them, and Gitea is not asked to", async () => {
  const sett = await startSett();
  for (const answer of [
    await share(sett.as("al"), "customer-eve"),
    await unshare(sett.as("al"), "customer-zu"),
  ]) {
    expect(answer.errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "project:admin" });
  }
  expect(upstreamWrites(sett)).toEqual([]);
});

test("who is admin of the project but not of the functions may not share, and neither is changed", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "dev", "customer-al", "admin");
  const { errors } = await share(sett.as("al"), "customer-eve");
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "functions:admin" });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("the owner can be let neither in nor out, and Gitea is not asked to", async () => {
  const sett = await startSett();
  for (const mutate of [share, unshare]) {
    const { errors } = await mutate(sett.as("demo"), "CUSTOMER-demo");
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "input.login" }],
    });
  }
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a login that nobody has is bad input", async () => {
  const sett = await startSett();
  expect((await share(sett.as("demo"), "customer-nobody")).codes).toEqual(["BAD_USER_INPUT"]);
  expect((await unshare(sett.as("demo"), "customer-nobody")).codes).toEqual(["BAD_USER_INPUT"]);
});

test.each(Object.entries(hostileNames))(
  "neither producer, environment nor login may be %s, and no upstream is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const input = { project: { producer: name, env: name }, login: name };
    const answers = [
      await sett.as("demo").ask(ShareProjectDocument, { input }),
      await sett.as("demo").ask(UnshareProjectDocument, { input }),
    ];
    for (const { codes, errors } of answers) {
      expect(codes).toEqual(["BAD_USER_INPUT"]);
      expect(errors[0]?.extensions["problems"]).toMatchObject([
        { field: "input.project.producer" },
        { field: "input.project.env" },
        { field: "input.login" },
      ]);
    }
    expect(sett.upstreamCalls()).toEqual([]);
  },
);
