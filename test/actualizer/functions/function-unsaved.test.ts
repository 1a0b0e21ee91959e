import { expect, test } from "vitest";
import {
  lostEnvironment,
  type EnvironmentReading,
} from "../../../src/actualizer/projecting/environment.reading.ts";
import { unwantedResources } from "../../../src/actualizer/projecting/resource.steps.ts";
import { conditionOf } from "../../../src/actualizer/resources/conditions.ts";
import type { FunctionResource } from "../../../src/actualizer/resources/function.resource.ts";
import { onCluster } from "../actualizer.source.ts";

const reading: EnvironmentReading = {
  env: "dev",
  outcome: "wanted",
  resources: [],
  undecided: [],
  problems: [],
  said: conditionOf("SourceRead", "Read"),
};

function made(given: Partial<FunctionResource["spec"]>, state?: "FAILED" | "SUCCEEDED"): FunctionResource {
  const { metadata, spec, ...rest } = onCluster("Function");
  const { ownerReferences: _owners, ...own } = metadata;
  const outcome = state && { kind: "DEPLOY" as const, state, at: "2026-01-01T00:00:00Z" };
  return { ...rest, metadata: own, spec: { ...spec, ...given }, ...(outcome ? { status: { outcome } } : {}) };
}

test.each([
  ["has just been made and deployed", made({ running: true }), false],
  ["was deployed before what is saved was read", made({ running: true }, "SUCCEEDED"), false],
  ["could not be deployed, since nobody keeps it", made({ running: true }, "FAILED"), true],
  ["is not to run any more", made({ running: false }), true],
])("a function that is not saved and %s goes only if nobody can have it", (_what, resource, isToGo) => {
  expect(unwantedResources([reading], [resource])).toEqual(isToGo ? [resource] : []);
});

test("a function of an environment that is gone is to go, whoever wants it", () => {
  const resource = made({ running: true });
  const lost = { env: "dev", because: undefined };
  expect(unwantedResources([lostEnvironment(lost, true)], [resource])).toEqual([resource]);
  expect(unwantedResources([lostEnvironment(lost, false)], [resource])).toEqual([]);
});
