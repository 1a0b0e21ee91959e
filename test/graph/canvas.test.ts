import { expect, test } from "vitest";
import { CanvasDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { seeded } from "./seeded.data.ts";

test("a canvas is read whole: every kind of thing, with the ids and the order the canvas gave it", async () => {
  const sett = await startSett();
  const { data, codes } = await sett.as("zu").ask(CanvasDocument, { producer: "demo" });
  expect(codes).toEqual([]);
  const project = data?.project;
  const stored = sett.sandbox.workspaces.pod("demo", "dev").state.project();
  expect(project?.document).toEqual(stored);
  const gateways = stored["gateways"] as { dnsPrefix: string; pipelines: { policies: object[] }[] }[];
  expect(project?.gateways?.[0]).toMatchObject({ id: seeded.gateway, dnsPrefix: gateways[0]?.dnsPrefix });
  const policy = project?.gateways?.[0]?.pipelines[0]?.policies[0];
  expect(gateways[0]?.pipelines[0]?.policies[0]).toEqual({
    id: policy?.id,
    [policy?.name ?? ""]: policy?.steps,
  });
  for (const list of [
    "serviceEndpoints",
    "apiEndpoints",
    "apis",
    "portals",
    "microServices",
    "connections",
  ] as const) {
    const ids = (stored[list] as { id: string }[]).map(({ id }) => id);
    expect(ids.length, list).toBeGreaterThan(0);
    expect(project?.[list]?.map(({ id }) => id)).toEqual(ids);
  }
  expect(project?.states).toEqual(
    (stored["states"] as { key: string; value: unknown }[]).map(({ key, value }) => ({ key, value })),
  );
});

test("what the graph has no name for is told under `other`", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const endpoint = { id: "x", name: "X", urls: ["http://x"], itemOrder: 3, colour: "red", deep: { a: [1] } };
  state.changeProject({ serviceEndpoints: [endpoint] });
  const { data } = await sett.as("demo").ask(CanvasDocument, { producer: "demo" });
  expect(data?.project?.serviceEndpoints).toEqual([
    { id: "x", name: "X", urls: ["http://x"], itemOrder: 3, other: { colour: "red", deep: { a: [1] } } },
  ]);
});

test("a canvas costs one call to the Project API, however many fields ask", async () => {
  const sett = await startSett();
  await sett.as("demo").ask(CanvasDocument, { producer: "demo" });
  expect(sett.upstreamCalls()).toEqual([
    "gitea GET /api/v1/repos/customer-demo/dev",
    "project-api GET /demo-dev/api/Projects/demo-dev",
  ]);
});

test("while the workspace is down its fields say so, and the rest of the query is answered", async () => {
  const sett = await startSett();
  await sett.sandbox.workspaces.projectApi.stop();
  const { data, errors } = await sett
    .as("demo")
    .askText('{ project(producer: "demo") { env repo { name } revision gateways { id } } }');
  expect(data).toEqual({ project: { env: "dev", repo: { name: "dev" }, revision: null, gateways: null } });
  expect(errors.map(({ extensions }) => extensions)).toEqual([
    { code: "UPSTREAM_UNAVAILABLE", upstream: "project-api" },
    { code: "UPSTREAM_UNAVAILABLE", upstream: "project-api" },
  ]);
});

test("a document that is no document is an outage, and nothing of it leaves", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.workspaces.projectApi;
  faults.set({ mode: "answer", status: 200, body: '["<html>secret</html>"]' });
  const { codes, text } = await sett.as("demo").askText('{ project(producer: "demo") { revision } }');
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(text).not.toContain("secret");
});

test("a read that somebody's write has torn is read again", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.workspaces.projectApi;
  faults.set({ mode: "answer", status: 500, body: '{"error":{"message":"Cannot parse"}}' }, { times: 2 });
  const { codes } = await sett.as("demo").askText('{ project(producer: "demo") { revision } }');
  expect(codes).toEqual([]);
});

test("the revision is of the content: another order of the keys is the same", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const revision = async () =>
    (await sett.as("demo").ask(CanvasDocument, { producer: "demo" })).data?.project?.revision;
  state.changeProject({ apiEndpoints: [{ id: "a", name: "A", host: "*" }] });
  const one = await revision();
  state.changeProject({ apiEndpoints: [{ host: "*", name: "A", id: "a" }] });
  expect(await revision()).toBe(one);
  state.changeProject({ apiEndpoints: [{ host: "*", name: "B", id: "a" }] });
  expect(await revision()).not.toBe(one);
});
