import { expect, test } from "vitest";
import {
  ProducerViewerCanDocument,
  ProjectViewerCanDocument,
  RepoViewerCanDocument,
  ViewerMayDocument,
} from "../generated/operations.ts";
import { startSett, type Answer, type Person } from "../support/sett.ts";

type Ask = (person: Person, permission: string) => Promise<Answer<unknown>>;

const askers: Readonly<Record<string, Ask>> = {
  repo: (person, permission) =>
    person.ask(RepoViewerCanDocument, { owner: "customer-demo", name: "dev", permission }),
  project: (person, permission) => person.ask(ProjectViewerCanDocument, { producer: "demo", permission }),
  producer: (person, permission) => person.ask(ProducerViewerCanDocument, { name: "demo", permission }),
  viewer: (person, permission) => person.ask(ViewerMayDocument, { permission }),
};

const ask = (on: string, person: Person, permission: string) => {
  const asker = askers[on];
  if (!asker) throw new TypeError(`Nothing is called ${on} here.`);
  return asker(person, permission);
};

test.each([
  ["repo", "al", "repo:write", true],
  ["repo", "al", "repo:admin", false],
  ["repo", "zu", "repo:read", true],
  ["repo", "zu", "repo:write", false],
  ["repo", "demo", "repo:admin", true],
  ["repo", "admin", "repo:admin", true],
  ["project", "al", "project:write", true],
  ["project", "al", "project:admin", false],
  ["project", "al", "functions:write", true],
  ["project", "zu", "functions:read", false],
  ["project", "demo", "functions:admin", true],
  ["producer", "al", "producer:read", true],
  ["producer", "al", "producer:admin", false],
  ["producer", "demo", "producer:admin", true],
  ["producer", "zu", "functions:read", false],
  ["viewer", "zu", "viewer", true],
  ["viewer", "zu", "platform:admin", false],
  ["viewer", "admin", "platform:admin", true],
] as const)("%s: that %s has %s is answered %s", async (on, name, permission, expected) => {
  const sett = await startSett();
  const { data, errors } = await ask(on, sett.as(name), permission);
  expect(errors).toEqual([]);
  expect(data).toEqual({ [on]: { viewerCan: expected } });
});

test.each([
  ["repo", "project:read"],
  ["repo", "repo:delete"],
  ["project", "repo:read"],
  ["project", "PROJECT:READ"],
  ["producer", "platform:admin"],
  ["producer", ""],
  ["viewer", "repo:read"],
  ["viewer", "constructor"],
  ["viewer", "__proto__"],
])("%s: %j cannot be asked for, and what can is named", async (on, permission) => {
  const sett = await startSett();
  const { errors, data } = await ask(on, sett.as("demo"), permission);
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "permission", message: expect.stringContaining("must be one of") as string }],
  });
  expect(data).toEqual({ [on]: { viewerCan: null } });
});

test.each(["repo", "project", "producer"])(
  "%s: eve is answered no question about what is hidden from her",
  async (on) => {
    const sett = await startSett();
    const { codes, data } = await ask(on, sett.as("eve"), `${on}:read`);
    expect(codes).toEqual(["NOT_FOUND"]);
    expect(data).toEqual({ [on]: null });
  },
);
