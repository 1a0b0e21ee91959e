import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createPlatformNames } from "../../src/permissions/platform-names.ts";

const names = createPlatformNames(readConfig({ ENVIRONMENTS: "dev,test" }));

const described = (name: string, description: string, login = "customer-demo") => ({
  owner: { login },
  name,
  description,
});

describe("a repository is an environment", () => {
  test.each([
    ["of those that all have, whatever it says", described("dev", "anything"), ["dev", "main"]],
    ["by its mark", described("staging", "LunchBadger environment"), ["staging", "main"]],
    [
      "by its mark, with what people add",
      described("staging", "LunchBadger environment: ours"),
      ["staging", "main"],
    ],
    [
      "of the project that it names",
      described("s2", "LunchBadger environment of project shop"),
      ["s2", "shop"],
    ],
    [
      "of the project that it names, with what people add",
      described("s2", "LunchBadger environment of project shop, our shop"),
      ["s2", "shop"],
    ],
  ])("%s", (_how, repository, [env, project]) => {
    expect(names.environmentOf(repository)).toEqual({ producer: "demo", env, project });
  });
});

describe("a repository is no environment", () => {
  test.each([
    ["without a mark", described("staging", "")],
    ["with the mark somewhere else", described("staging", "My LunchBadger environment")],
    ["with more than the mark in one word", described("staging", "LunchBadger environments")],
    ["with the mark of functions", described("staging", "LunchBadger environment (functions)")],
    ["under a name that environments cannot have", described("my-staging", "LunchBadger environment")],
    ["under a name in capital letters", described("Staging", "LunchBadger environment")],
    ["under the name of the functions", described("functions", "LunchBadger environment")],
    ["of somebody who is no producer", described("staging", "LunchBadger environment", "lbadmin")],
    [
      "of a producer whose name could be read as another's environment",
      described("staging", "LunchBadger environment", "customer-demo-dev"),
    ],
  ])("%s", (_why, repository) => {
    expect(names.environmentOf(repository)).toBeUndefined();
  });
});

test("what marks a repository is read back from it", () => {
  for (const project of ["main", "shop"]) {
    const made = described("staging", names.mark({ project, keeps: "project" }));
    expect(names.environmentOf(made)).toEqual({ producer: "demo", env: "staging", project });
    const functions = described("functions-staging", names.mark({ project, keeps: "functions" }));
    expect(names.functionsOf(functions)).toEqual({ producer: "demo", env: "staging", project });
    expect(names.environmentOf(functions)).toBeUndefined();
  }
});

test("functions of environments that all have are kept in one repository, others in one of their own", () => {
  const repositories = ["dev", "test", "staging"].map((env) => names.functionsRepository("demo", env).name);
  expect(repositories).toEqual(["functions", "functions", "functions-staging"]);
});
