import { expect, test } from "vitest";
import { readResource } from "../../src/services/actualizer/resource.reader.ts";
import {
  isUpToDate,
  producerState,
  summaryOf,
  troublesOf,
} from "../../src/services/actualizer/resource.words.ts";

type Said = readonly [type: string, status: "True" | "False" | "Unknown", reason: string];

const conditionsOf = (said: readonly Said[]) =>
  said.map(([type, status, reason]) => ({ type, status, reason, message: `${type} ${reason}.` }));

/** A resource that says this of itself, as the cluster has it. */
const resourceOf = (said: readonly Said[], metadata: object = {}, spec: object = {}) =>
  readResource("PRODUCER", {
    metadata: { name: "demo", generation: 2, ...metadata },
    spec: { login: "customer-demo", ...spec },
    status: { observedGeneration: 2, conditions: conditionsOf(said) },
  });

const ready: Said = ["Ready", "True", "Running"];
const read: Said = ["SourceRead", "True", "Read"];

test.each<[string, string, readonly Said[]]>([
  ["of which nothing is said yet", "starting", []],
  ["of which all runs", "ready", [read, ready]],
  ["of which something is on its way", "starting", [read, ["Ready", "False", "Starting"]]],
  ["of which something does not get ready", "failing", [read, ["Ready", "False", "Failing"]]],
  ["of which nothing is to run", "stopped", [read, ["Ready", "False", "Stopped"]]],
  [
    "whose files make no sense, though all runs",
    "unreadable",
    [["SourceRead", "False", "Unreadable"], ready],
  ],
  ["who cannot be asked about", "unreadable", [["SourceRead", "Unknown", "Unavailable"], ready]],
  ["who is still being made", "starting", [["SourceRead", "False", "RepositoriesMissing"]]],
])("a producer %s counts as %s", (_what, state, said) => {
  expect(producerState(resourceOf(said))).toBe(state);
});

test.each([
  ["by a word on the resource", { annotations: { "sett.lunchbadger.io/paused": "true" } }, {}],
  ["by what is wanted of it", {}, { paused: true }],
])("a producer that is paused %s counts as paused, whatever else is so", (_how, metadata, spec) => {
  expect(producerState(resourceOf([["Ready", "False", "Failing"]], metadata, spec))).toBe("paused");
});

test.each<[Said, boolean]>([
  [["Applied", "False", "Refused"], true],
  [["Applied", "False", "Waiting"], false],
  [["HostsGranted", "False", "Taken"], true],
  [["Ready", "False", "Failing"], true],
  [["Ready", "False", "Starting"], false],
  [["Ready", "False", "NotDeployed"], false],
  [["Ready", "True", "Running"], false],
  [["Progressing", "False", "Stuck"], true],
  [["Progressing", "False", "RolledOut"], false],
  [["Paused", "False", "NotPaused"], false],
  [["Disabled", "True", "Disabled"], false],
  [["Ready", "False", "AReasonThatIsNew"], true],
])("%j is wrong: %s", (said, isWrong) => {
  expect(troublesOf(resourceOf([said])).length > 0).toBe(isWrong);
});

test("what is going is nothing to complain of, and that it goes is the first thing to know", () => {
  const leaving = resourceOf([["Ready", "False", "Failing"]], { deletionTimestamp: "2026-01-01T00:00:00Z" });
  expect(troublesOf(leaving)).toEqual([]);
  expect(summaryOf(leaving, true)).toBe("It is being taken down.");
});

test.each<[string, readonly Said[], object, string]>([
  ["nobody has looked at", [], {}, "The actualizer has not looked at it yet."],
  ["runs", [ready], {}, "Ready Running."],
  ["fails at two things", [["Applied", "False", "Refused"], ready], {}, "Applied Refused."],
  ["was changed since", [ready], { generation: 3 }, "It was changed, and the change is about to be made."],
  ["says nothing of that", [read], {}, "Nothing is known of what runs of it."],
])("of what %s that is the first thing to know", (_what, said, metadata, words) => {
  expect(summaryOf(resourceOf(said, metadata), false)).toBe(words);
});

test("what was refused, and what was not worked on since it was changed, is not up to date", () => {
  expect(isUpToDate(resourceOf([["Applied", "True", "Applied"]]))).toBe(true);
  expect(isUpToDate(resourceOf([["Applied", "False", "Refused"]]))).toBe(false);
  expect(isUpToDate(resourceOf([["Applied", "True", "Applied"]], { generation: 3 }))).toBe(false);
});

test("a resource is read whatever else it says, and one without a status as one that nobody has looked at", () => {
  const odd = {
    metadata: { name: "demo-dev-x", labels: 3 },
    spec: { producer: "demo", env: "dev", name: "x" },
  };
  expect(readResource("FUNCTION", { ...odd, status: { conditions: "many", hosts: 7 } })).toMatchObject({
    name: "x",
    conditions: [],
    hosts: [],
    observed: 0,
    isEnabled: true,
    isWanted: undefined,
  });
  expect(readResource("FUNCTION", odd)).toMatchObject({ observed: 0, conditions: [] });
});
