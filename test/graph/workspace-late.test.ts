import { expect, test } from "vitest";
import {
  CanvasDocument,
  DeleteModelDocument,
  ReadModelsDocument,
  SaveModelDocument,
  SaveServiceEndpointDocument,
} from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

const project = { producer: "demo" };
/** Nobody waits as long as a slow write takes. */
const env = { WORKSPACE_TIMEOUT: "800ms" };
const slow = { mode: "slow", ms: 2000 } as const;

const addEndpoint = (sett: Sett, person: PersonName, id: string) =>
  sett.as(person).ask(SaveServiceEndpointDocument, {
    input: { project, serviceEndpoint: { id, name: id, urls: ["http://e"] } },
  });

const endpointsOf = async (sett: Sett) =>
  (await sett.as("demo").ask(CanvasDocument, { producer: "demo" })).data?.project?.serviceEndpoints?.map(
    ({ id }) => id,
  );

test("a write that takes longer than anybody waits is told as left open, and nobody writes until it is over", async () => {
  const sett = await startSett({ env });
  sett.sandbox.workspaces.projectApi.faults.set(slow, { method: "PATCH", times: 1 });
  const { errors } = await addEndpoint(sett, "al", "late");
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    steps: [{ outcome: "LEFT" }],
  });
  expect((await addEndpoint(sett, "demo", "after")).codes).toEqual([]);
  expect(await endpointsOf(sett)).toEqual(expect.arrayContaining(["late", "after"]));
  expect(sett.upstreamCalls().filter((call) => call.includes("PATCH"))).toHaveLength(2);
});

test("a model that is made late does not come back after it was deleted", async () => {
  const sett = await startSett({ env });
  sett.sandbox.workspaces.workspaceApi.faults.set(slow, {
    method: "POST",
    path: /ModelDefinitions/,
    times: 1,
  });
  const made = await sett.as("al").ask(SaveModelDocument, { input: { project, name: "Ghost" } });
  expect(made.errors[0]?.extensions["steps"]).toMatchObject([{ outcome: "LEFT" }, { outcome: "NOT_DONE" }]);
  const { codes } = await sett.as("demo").ask(DeleteModelDocument, { input: { project, name: "Ghost" } });
  expect(codes).toEqual([]);
  const { data } = await sett.as("demo").ask(ReadModelsDocument, { producer: "demo" });
  expect(data?.project?.models?.map(({ name }) => name)).not.toContain("Ghost");
});

test("stopping waits for a change whose asker has gone", async () => {
  const sett = await startSett();
  const { workspaceApi } = sett.sandbox.workspaces;
  workspaceApi.faults.set({ mode: "slow", ms: 200 }, { method: "POST", path: /ModelProperties/ });
  const asker = new AbortController();
  const query = `mutation { saveModel(input: { project: { producer: "demo" }, name: "Boat",
    properties: [{ name: "length", type: "number" }], config: { dataSource: "memory" } }) { outcome } }`;
  const asked = fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token demo-token" },
    body: JSON.stringify({ query }),
    signal: asker.signal,
  });
  await expect
    .poll(() => workspaceApi.requests.some(({ path }) => path.includes("ModelProperties")))
    .toBe(true);
  asker.abort();
  await expect(asked).rejects.toThrow();
  await sett.gateway.stop();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  expect(state.models().map(({ name }) => name)).toContain("Boat");
  expect(state.modelConfigs().map(({ name }) => name)).toContain("Boat");
});
