import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { startWorkspacePod } from "../../src/sandbox/workspace/workspace.pod.ts";
import type { JsonObject } from "../../src/services/workspace/json.ts";
import { revisionOf } from "../../src/services/workspace/merge/canonical.ts";
import { changedFields, withKeptIds } from "../../src/services/workspace/merge/project.entities.ts";
import { clientOf } from "../sandbox/pod.client.ts";
import { recordingOf } from "../sandbox/recording.data.ts";

/** The full document as a canvas was recorded to send it: without ids where canvases send none. */
function recordedDocument(): JsonObject {
  const found = recordingOf("project").exchanges.find(
    (exchange) => "note" in exchange && exchange.note === "full document",
  );
  return (found as { body: JsonObject }).body;
}

const ofList = (document: JsonObject, list: string) => document[list] as readonly JsonObject[];
const idsOf = (document: JsonObject, list: string) => ofList(document, list).map(({ id }) => id);

/** A project of a pod of the test's own. */
async function openProject() {
  const timing = {
    readMs: 0,
    overlapMs: 0,
    writeMs: 0,
    tornMs: 0,
    installMs: 1,
    testConnectionMs: 1,
    clearMs: 0,
  };
  const pod = await startWorkspacePod({ producer: "demo", env: "dev", timing, onSaved: () => undefined });
  onTestFinished(() => pod.stop());
  const client = clientOf(pod);
  return {
    read: async () => (await client.project("GET /Projects/demo-dev")).body as JsonObject,
    save: async (body: JsonObject) => (await client.project("PATCH /Projects", body)).status,
  };
}

test("a canvas that saves the same document twice changes nothing the second time", async () => {
  const project = await openProject();
  expect(await project.save(withKeptIds(recordedDocument(), await project.read()))).toBe(200);
  const before = await project.read();
  const again = withKeptIds(recordedDocument(), before);
  expect(changedFields(before, again)).toEqual({});
  expect(await project.save(again)).toBe(200);
  expect(revisionOf(await project.read())).toBe(revisionOf(before));
});

test("the platform finds nothing left to make up an id for", async () => {
  const project = await openProject();
  const sent = withKeptIds(recordedDocument(), {});
  await project.save(sent);
  const read = await project.read();
  expect(revisionOf({ ...read, ...sent })).toBe(revisionOf(read));
});

test("what the platform gave ids to keeps them, when a canvas sends it without", async () => {
  const project = await openProject();
  await project.save(recordedDocument());
  const before = await project.read();
  expect(changedFields(before, withKeptIds(recordedDocument(), before))).toEqual({});
});

test("a connection is recognised by its ends and a state by its key, wherever they stand", () => {
  const current = {
    connections: [
      { id: "1", fromId: "a", toId: "b" },
      { id: "2", fromId: "b", toId: "c" },
    ],
    states: [
      { id: "3", key: "x", value: 1 },
      { id: "4", key: "y", value: 2 },
    ],
  };
  const kept = withKeptIds(
    {
      connections: [
        { fromId: "b", toId: "c" },
        { fromId: "a", toId: "b" },
      ],
      states: [{ key: "y", value: 3 }],
    },
    current,
  );
  expect(idsOf(kept, "connections")).toEqual(["2", "1"]);
  expect(kept["states"]).toEqual([{ id: "4", key: "y", value: 3 }]);
});

test("a pipeline without an id is recognised by its name, so no connection leads to another one", () => {
  const gateway = (...pipelines: JsonObject[]) => ({ gateways: [{ id: "g", name: "G", pipelines }] });
  const current = gateway({ id: "p", name: "P" }, { id: "q", name: "Q" });
  const kept = withKeptIds(gateway({ name: "Q" }, { name: "P" }), current);
  expect(kept).toEqual(gateway({ id: "q", name: "Q" }, { id: "p", name: "P" }));
});

test("a new item gets an id of its own, and none that another item has", () => {
  const current = { connections: [{ id: "1", fromId: "a", toId: "b" }] };
  const mine = {
    connections: [
      { id: "1", fromId: "x", toId: "y" },
      { fromId: "a", toId: "b" },
      { fromId: "c", toId: "d" },
    ],
  };
  const ids = idsOf(withKeptIds(mine, current), "connections");
  expect(ids[0]).toBe("1");
  expect(new Set(ids).size).toBe(3);
  expect(ids.every((id) => typeof id === "string")).toBe(true);
});

test("items that are alike keep their ids in their order", () => {
  const alike = { fromId: "a", toId: "b" };
  const current = { connections: [1, 2].map((number) => ({ id: `c${number}`, ...alike })) };
  expect(idsOf(withKeptIds({ connections: [alike, alike] }, current), "connections")).toEqual(["c1", "c2"]);
});

test("what needs no id gets none: policies, microservices, functions, lists nobody knows, and what is no item", () => {
  const mine = {
    gateways: [
      { id: "g", policies: ["cors"], pipelines: [{ id: "p", policies: [{ cors: [{ action: {} }] }] }] },
    ],
    microServices: [{ name: "M" }],
    functions: [{ name: "F" }],
    widgets: [{ name: "W" }],
    connections: "none",
    states: [null, 1],
  };
  expect(withKeptIds(mine, {})).toEqual(mine);
});

const name = fc.constantFrom("a", "b");
const id = fc.uuid();
const thing = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.array(
    fc.record({ id, name, date: name, ...fields }, { requiredKeys: ["name"], noNullPrototype: true }),
    {
      maxLength: 4,
    },
  );
const single = fc.oneof(fc.constant({ existing: 1 }), fc.constant(null), fc.constant({ id: "s" }));
const plans = thing({
  tiers: thing({ details: thing({}) }),
  details: thing({ subscribers: single, parameters: single }),
});
const apis = thing({ plans, apiEndpoints: thing({}) });
const project = fc.record(
  {
    apis,
    portals: thing({ apis }),
    gateways: thing({ pipelines: thing({}) }),
    connections: thing({ fromId: name, toId: name }),
    states: thing({ key: name }),
  },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<JsonObject>;

test("once ids are kept there is nothing more to keep, and saving again changes nothing", () => {
  fc.assert(
    fc.property(project, project, (mine, current) => {
      const kept = withKeptIds(mine, current);
      expect(withKeptIds(kept, current)).toEqual(kept);
      expect(withKeptIds(mine, kept)).toEqual(kept);
    }),
    { numRuns: 500 },
  );
});
