import { expect, test } from "vitest";
import {
  ConnectDocument,
  DeleteApiEndpointDocument,
  DeleteGatewayDocument,
  RevisionDocument,
  SaveGatewayDocument,
  SaveProjectDocument,
  SaveServiceEndpointDocument,
} from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { seeded } from "./seeded.data.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const project = { producer: "demo" };

async function revisionOf(sett: Sett): Promise<string> {
  const { data } = await sett.as("demo").ask(RevisionDocument, { producer: "demo" });
  return data?.project?.revision ?? "";
}

const rename = (sett: Sett, person: PersonName, name: string, revision: string | null) =>
  sett
    .as(person)
    .ask(SaveGatewayDocument, { input: { project, revision, gateway: { id: seeded.gateway, name } } });

const addEndpoint = (sett: Sett, person: PersonName, id: string, revision: string | null) =>
  sett.as(person).ask(SaveServiceEndpointDocument, {
    input: { project, revision, serviceEndpoint: { id, name: id, urls: ["http://e"] } },
  });

const stored = (sett: Sett) => sett.sandbox.workspaces.pod("demo", "dev").state.project();

test("who names the revision that is there saves, and who names none is told that the last write wins", async () => {
  const sett = await startSett();
  const saved = await rename(sett, "al", "One", await revisionOf(sett));
  expect(saved.data?.saveGateway?.outcome).toBe("SAVED");
  expect((await rename(sett, "demo", "Two", null)).data?.saveGateway?.outcome).toBe("LAST_WRITE_WINS");
});

test("two people change different things from one revision, and both are kept", async () => {
  const sett = await startSett();
  const revision = await revisionOf(sett);
  await rename(sett, "al", "Als", revision);
  const added = await addEndpoint(sett, "demo", "demos", revision);
  expect(added.data?.saveServiceEndpoint?.outcome).toBe("MERGED");
  expect(stored(sett)["gateways"]).toMatchObject([{ name: "Als" }]);
  expect(stored(sett)["serviceEndpoints"]).toContainEqual(expect.objectContaining({ id: "demos" }));
});

test("two people each add to one list from one revision, and both are kept", async () => {
  const sett = await startSett();
  const revision = await revisionOf(sett);
  await Promise.all([addEndpoint(sett, "al", "als", revision), addEndpoint(sett, "demo", "demos", revision)]);
  const ids = (stored(sett)["serviceEndpoints"] as { id: string }[]).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["als", "demos"]));
});

test("two people change one gateway: the second is told base, theirs and mine, and nothing is overwritten", async () => {
  const sett = await startSett();
  const revision = await revisionOf(sett);
  const first = await rename(sett, "al", "Als", revision);
  sett.upstreamCalls();
  const { errors } = await rename(sett, "demo", "Demos", revision);
  expect(upstreamWrites(sett)).toEqual([]);
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision: first.data?.saveGateway?.revision },
    entities: [
      {
        entity: `gateways/${seeded.gateway}`,
        base: { name: "Gateway" },
        theirs: { name: "Als" },
        mine: { name: "Demos" },
      },
    ],
  });
  expect(stored(sett)["gateways"]).toMatchObject([{ name: "Als" }]);
});

test("one deletes what the other has changed: that is a conflict, and absent is null", async () => {
  const sett = await startSett();
  const revision = await revisionOf(sett);
  await rename(sett, "al", "Als", revision);
  const { errors } = await sett
    .as("demo")
    .ask(DeleteGatewayDocument, { input: { project, revision, id: seeded.gateway } });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", entities: [{ mine: null }] });
});

test("the same change by both is no conflict", async () => {
  const sett = await startSett();
  const revision = await revisionOf(sett);
  await rename(sett, "al", "Same", revision);
  expect((await rename(sett, "demo", "Same", revision)).data?.saveGateway?.outcome).toBe("MERGED");
});

test("one connects what the other takes away: the second is told of the connection", async () => {
  const sett = await startSett();
  const made = await addEndpoint(sett, "al", "lonely", null);
  const revision = made.data?.saveServiceEndpoint?.revision ?? "";
  await sett
    .as("al")
    .ask(ConnectDocument, { input: { project, revision, fromId: "lonely", toId: seeded.pipeline } });
  const endpoints = (stored(sett)["serviceEndpoints"] as { id: string }[]).filter(
    ({ id }) => id !== "lonely",
  );
  const { errors } = await sett
    .as("demo")
    .ask(SaveProjectDocument, { input: { project, revision, document: { serviceEndpoints: endpoints } } });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    entities: [{ theirs: { fromId: "lonely", toId: seeded.pipeline } }],
  });
});

test("a revision that nobody knows any more is a conflict, never a silent overwrite", async () => {
  const sett = await startSett();
  const before = stored(sett);
  const { errors } = await rename(sett, "al", "Als", "AAAAAAAAAAAAAAAAAAAAAAAAAAA");
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision: await revisionOf(sett) },
    entities: [
      {
        entity: `gateways/${seeded.gateway}`,
        base: null,
        theirs: { name: "Gateway" },
        mine: { name: "Als" },
      },
    ],
  });
  expect(stored(sett)).toEqual(before);
});

test("a revision of one project says nothing about another's", async () => {
  const sett = await startSett();
  const revision = await revisionOf(sett);
  const input = { project: { producer: "eve" }, revision, document: { note: 1 } };
  expect((await sett.as("eve").ask(SaveProjectDocument, { input })).codes).toEqual(["CONFLICT"]);
});

test("who deletes something that the revision had and is gone is told so as it now is", async () => {
  const sett = await startSett();
  const revision = await revisionOf(sett);
  const gone = () =>
    sett.as("al").ask(DeleteApiEndpointDocument, { input: { project, revision, id: seeded.apiEndpoint } });
  expect((await gone()).data?.deleteApiEndpoint?.outcome).toBe("SAVED");
  expect((await gone()).data?.deleteApiEndpoint?.outcome).toBe("MERGED");
});

test("a wait for one's turn is bounded, and says when to come again", async () => {
  const sett = await startSett({ env: { WORKSPACE_WAIT: "100ms" } });
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "slow", ms: 1000 }, { method: "PATCH", times: 1 });
  const slow = rename(sett, "al", "Slow", null);
  await expect
    .poll(() => sett.sandbox.workspaces.projectApi.requests.some(({ method }) => method === "PATCH"), {
      timeout: 10_000,
    })
    .toBe(true);
  const { errors } = await rename(sett, "demo", "Hasty", null);
  expect(errors[0]?.extensions).toMatchObject({ code: "RATE_LIMITED" });
  expect(errors[0]?.extensions["retryAfterMs"]).toBeGreaterThan(0);
  expect((await slow).codes).toEqual([]);
});
