import { expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import { project } from "../../src/actualizer/projection/projection.ts";
import { optionsIn } from "../../src/services/environment.options.ts";
import { onCluster, settingsWith, sourceOf } from "./actualizer.source.ts";
import { containersOf, deploymentOf } from "./desired.reading.ts";

const settings = settingsWith();
const withVariables = (variables: Record<string, string>) => ({
  options: { variables, autoGateway: undefined },
});
const containerOf = (variables: Record<string, string>, app: string) =>
  containersOf(deploymentOf(desiredOf(onCluster("Workspace", withVariables(variables)), settings), app));

test("a workspace is told its environment's variables, in one order whatever order they are saved in", () => {
  const { container, variables } = containerOf({ ZED: "1", MOTTO: "" }, "workspace");
  expect(variables).toMatchObject({ ZED: "1", MOTTO: "", LB_ENV: "dev" });
  expect(container?.env).toEqual(containerOf({ MOTTO: "", ZED: "1" }, "workspace").container?.env);
});

test("neither sls-api nor what clones a repository is told of them", () => {
  expect(containerOf({ MOTTO: "x" }, "sls-api").variables).not.toHaveProperty("MOTTO");
  expect(containerOf({ MOTTO: "x" }, "workspace").initVariables).not.toHaveProperty("MOTTO");
});

test("a variable that refers to another is passed on as it was written, for the cluster would put the other in", () => {
  expect(containerOf({ PRICE: "$(LB_ENV) $5 $$" }, "workspace").variables["PRICE"]).toBe(
    "$$(LB_ENV) $$5 $$$$",
  );
});

test("what somebody wrote into the resource itself is not taken for what the platform says", () => {
  const resource = onCluster("Workspace");
  const forged = { ...resource, spec: { ...resource.spec, variables: { LB_PRODUCER: "zu" } } };
  const { variables } = containersOf(deploymentOf(desiredOf(forged, settings), "workspace"));
  expect(variables["LB_PRODUCER"]).toBe("demo");
});

test("options that make no sense leave everything as it is, and say which file it is", () => {
  expect(project(sourceOf({ options: undefined }))).toEqual({
    outcome: "unreadable",
    problem: "sett.json is not as the platform writes it.",
  });
});

test("a file without any options, or with those of somebody else, sets none", () => {
  for (const text of [undefined, "{}", '{"theirs":{"a":1}}', '{"autoGateway":{"limit":3}}']) {
    expect(optionsIn(text)).toEqual({ variables: {}, autoGateway: undefined });
  }
});
