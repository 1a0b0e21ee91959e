import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createPlatformNames } from "../../src/permissions/platform-names.ts";

const environments = { ENVIRONMENTS: "dev,test" };
const names = createPlatformNames(readConfig(environments), "own-token");
const withSecrets = (secrets: string, token = "own-token") =>
  createPlatformNames(readConfig({ ...environments, ENVIRONMENT_SECRET: secrets }), token);

const bare = (name: string, login = "customer-demo", description = "") => ({
  ...{ id: 7, owner: { login }, name, description },
});

/** A repository with the mark that the platform writes for it, and what people add. */
const marked = (name: string, project = "main", more = "", login = "customer-demo") => {
  const repository = bare(name, login, more);
  return { ...repository, description: names.marked(repository, { project, keeps: "project" }) };
};
const markedFunctions = (name: string, project = "main") => {
  const description = names.marked(bare(name), { project, keeps: "functions" });
  return { ...bare(name), description };
};

describe("a repository is an environment", () => {
  test.each([
    ["of those that all have, whatever it says", bare("dev", "customer-demo", "anything"), ["dev", "main"]],
    ["of those that all have, in whatever case it is written", bare("DEV"), ["dev", "main"]],
    ["by its mark", marked("staging"), ["staging", "main"]],
    ["by its mark, with what people add", marked("staging", "main", ": ours"), ["staging", "main"]],
    ["of the project that it names", marked("s2", "shop"), ["s2", "shop"]],
    [
      "of the project that it names, with what people add",
      marked("s2", "shop", ", our shop"),
      ["s2", "shop"],
    ],
    [
      "in whatever case it and its owner are written",
      marked("Staging", "main", "", "Customer-Demo"),
      ["staging", "main"],
    ],
  ])("%s", (_how, repository, [env, project]) => {
    expect(names.environmentOf(repository)).toEqual({ producer: "demo", env, project });
  });
});

describe("a repository is no environment", () => {
  test.each([
    ["without a mark", bare("staging")],
    ["with a mark that nobody has signed", bare("staging", "customer-demo", "LunchBadger environment")],
    [
      "with a mark that is signed with nothing",
      bare("staging", "customer-demo", `LunchBadger environment [${"A".repeat(24)}]`),
    ],
    [
      "with the mark somewhere else",
      { ...marked("staging"), description: `My ${marked("staging").description}` },
    ],
    ["with the mark of functions", markedFunctions("staging")],
    ["with the mark of another repository, as copies have", { ...marked("staging"), id: 8 }],
    ["with the mark of another name", { ...marked("staging"), name: "other" }],
    ["with the mark of another owner's", { ...marked("staging"), owner: { login: "customer-al" } }],
    [
      "with a mark in which the project was changed",
      { ...marked("s2", "shop"), description: marked("s2", "shop").description.replace("shop", "stop") },
    ],
    [
      "with a mark of which the code was cut off",
      { ...marked("staging"), description: marked("staging").description.replace(/.{3}\]/, "]") },
    ],
    ["under a name that environments cannot have", marked("my-staging")],
    ["under the name of the functions", marked("functions")],
    ["of somebody who is no producer", marked("staging", "main", "", "lbadmin")],
    [
      "of a producer whose name could be read as another's environment",
      marked("staging", "main", "", "customer-demo-dev"),
    ],
  ])("%s", (_why, repository) => {
    expect(names.environmentOf(repository)).toBeUndefined();
  });
});

test("what marks a repository is read back from it", () => {
  for (const project of ["main", "shop"]) {
    expect(names.environmentOf(marked("staging", project))).toEqual({
      producer: "demo",
      env: "staging",
      project,
    });
    const functions = markedFunctions("functions-staging", project);
    expect(names.functionsOf(functions)).toEqual({ producer: "demo", env: "staging", project });
    expect(names.environmentOf(functions)).toBeUndefined();
  }
});

test("a mark is written in place of the one before, and what people wrote stays", () => {
  const mark = { project: "shop", keeps: "project" } as const;
  const once = marked("staging", "main", ", ours");
  const again = { ...once, description: names.marked(once, mark) };
  expect(again.description).toMatch(/^LunchBadger environment of project shop \[[\w-]{24}\], ours$/);
  expect(names.marked(again, mark)).toBe(again.description);
});

test("while a secret is being replaced marks of both hold, and the first signs", () => {
  const [old, both, next] = [
    "an-old-secret-of-ours",
    "a-new-secret-of-ours, an-old-secret-of-ours",
    "a-new-secret-of-ours",
  ].map((secrets) => withSecrets(secrets));
  const mark = { project: "main", keeps: "project" } as const;
  const repository = bare("staging");
  const before = { ...repository, description: old?.marked(repository, mark) ?? "" };
  expect(both?.environmentOf(before)).toBeDefined();
  expect(next?.environmentOf(before)).toBeUndefined();
  const after = { ...before, description: both?.marked(before, mark) ?? "" };
  expect(next?.environmentOf(after)).toBeDefined();
  expect(old?.environmentOf(after)).toBeUndefined();
});

test("marks follow from the platform's token only where no secret is set", () => {
  const other = createPlatformNames(readConfig(environments), "another-token");
  expect(other.environmentOf(marked("staging"))).toBeUndefined();
  const repository = bare("staging");
  const description = withSecrets("a-secret-of-our-own").marked(repository, {
    project: "main",
    keeps: "project",
  });
  expect(description).not.toContain("a-secret-of-our-own");
  expect(
    withSecrets("a-secret-of-our-own", "another-token").environmentOf({ ...repository, description }),
  ).toBeDefined();
});

test("functions of environments that all have are kept in one repository, others in one of their own", () => {
  const repositories = ["dev", "test", "staging"].map((env) => names.functionsRepository("demo", env).name);
  expect(repositories).toEqual(["functions", "functions", "functions-staging"]);
});
