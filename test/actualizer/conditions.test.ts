import { expect, test } from "vitest";
import {
  conditionOf,
  conditionWords,
  withConditions,
  type ConditionType,
} from "../../src/actualizer/resources/conditions.ts";
import { statusParts } from "../../src/actualizer/resources/resource.parts.ts";
import { isPaused } from "../../src/actualizer/resources/resources.ts";
import { wantedProducer } from "../../src/actualizer/projection/wanted.resources.ts";
import { onCluster } from "./actualizer.source.ts";

const before = "2026-01-01T00:00:00Z";
const now = "2026-01-02T00:00:00Z";

test("everything that can be said of a resource is a sentence, and what the cluster takes", () => {
  const all: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = conditionWords;
  for (const [type, reasons] of Object.entries(all)) {
    for (const [reason, [, words]] of Object.entries(reasons)) {
      const said = conditionOf(type as ConditionType, reason as never);
      expect(words).toMatch(/^[A-Z].*\.$/);
      expect(said).toMatchObject({ type, reason, message: words });
      const written = withConditions([], [said], { generation: 1, at: now });
      expect(statusParts.conditions.safeParse(written).success).toBe(true);
    }
  }
});

test("the particulars stand behind the words, as far as the cluster takes them", () => {
  expect(conditionOf("Applied", "Refused", "Deployment x: bad name").message).toBe(
    "The cluster refuses something of what is wanted. Deployment x: bad name",
  );
  expect(conditionOf("Applied", "Refused", "x".repeat(5000)).message).toHaveLength(2000);
});

test("what is still so is so since it was, what has changed since now, and the rest stays", () => {
  const made = (reason: "Running" | "Starting" | "Failing") => conditionOf("Ready", reason);
  const known = withConditions([], [made("Starting"), conditionOf("Paused", "NotPaused")], {
    generation: 1,
    at: before,
  });
  const still = withConditions(known, [made("Failing")], { generation: 2, at: now });
  expect(
    still.map(({ type, reason, lastTransitionTime, observedGeneration }) => [
      type,
      reason,
      lastTransitionTime,
      observedGeneration,
    ]),
  ).toEqual([
    ["Paused", "NotPaused", before, 1],
    ["Ready", "Failing", before, 2],
  ]);
  const ready = withConditions(still, [made("Running")], { generation: 2, at: now });
  expect(ready.find(({ type }) => type === "Ready")).toMatchObject({
    status: "True",
    lastTransitionTime: now,
  });
});

test("a resource is left alone by an annotation, and all of a producer's by what is said of the producer", () => {
  const workspace = onCluster("Workspace");
  const annotated = (value: string) => ({
    ...workspace,
    metadata: { ...workspace.metadata, annotations: { "sett.lunchbadger.io/paused": value } },
  });
  expect([workspace, annotated("true"), annotated("false")].map(isPaused)).toEqual([false, true, false]);
  const producer = wantedProducer("demo", "customer-demo", { namespace: "customer" });
  expect(isPaused(producer)).toBe(false);
  expect(isPaused({ ...producer, spec: { ...producer.spec, paused: true } })).toBe(true);
});
