import { expect, test } from "vitest";
import { nextToGo } from "../../../src/actualizer/projecting/producer.reconcile.ts";
import { producerReady } from "../../../src/actualizer/projecting/producer.summary.ts";
import { conditionOf } from "../../../src/actualizer/resources/conditions.ts";
import { onCluster } from "../actualizer.source.ts";

type Reason = Parameters<typeof conditionOf<"Ready">>[1];

function having(kind: "Workspace" | "Gateway", reason: Reason | undefined) {
  if (reason === undefined) return onCluster(kind);
  const at = { lastTransitionTime: "2026-01-01T00:00:00Z" };
  return { ...onCluster(kind), status: { conditions: [{ ...conditionOf("Ready", reason), ...at }] } };
}

test.each<[Reason | undefined, Reason | undefined, string]>([
  ["Running", "Running", "Running"],
  ["Running", undefined, "Starting"],
  ["Starting", "Running", "Starting"],
  ["Starting", "Failing", "Failing"],
  ["Stopped", "Running", "Running"],
  ["Stopped", "Stopped", "Stopped"],
])(
  "with a workspace that is %s and a gateway that is %s a producer is %s",
  (workspace, gateway, expected) => {
    const said = producerReady([having("Workspace", workspace), having("Gateway", gateway)]);
    expect(said.reason).toBe(expected);
  },
);

test("what fails is named, and functions count for nothing", () => {
  const failing = having("Gateway", "Failing");
  expect(producerReady([failing, onCluster("Function")]).message).toContain(
    `(Gateway ${failing.metadata.name})`,
  );
  expect(producerReady([onCluster("Function")]).reason).toBe("Stopped");
  expect(producerReady([]).reason).toBe("Stopped");
});

test("functions are the first to go, and everything else at once when none is left", () => {
  const all = [onCluster("Workspace"), onCluster("Gateway"), onCluster("Function")];
  expect(nextToGo(all).map(({ kind }) => kind)).toEqual(["Function"]);
  expect(nextToGo(all.slice(0, 2)).map(({ kind }) => kind)).toEqual(["Workspace", "Gateway"]);
});
