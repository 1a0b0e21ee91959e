import { expect, test } from "vitest";
import { reader } from "../../src/sandbox/kubernetes/caller.access.ts";
import { resourceAnnotations } from "../../src/services/actualizer/resource.names.ts";
import { FindDeployedDocument, ReadDeploymentsDocument } from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { resourcesOf } from "./deployments.asking.ts";
import { seeded } from "./seeded.data.ts";

const demos = { producer: "demo" };

const ask = (sett: Sett, person: PersonName = "demo") => sett.as(person).ask(ReadDeploymentsDocument, demos);

async function read(sett: Sett, person?: PersonName) {
  const { data, errors } = await ask(sett, person);
  expect(errors).toEqual([]);
  return data?.project?.deployments?.resources ?? [];
}

test("a project has its workspace, its gateways and its functions by name, each with what is to run and what does", async () => {
  const sett = await startSett();
  const found = await read(sett);
  const functions = found.filter(({ kind }) => kind === "FUNCTION").map(({ name }) => name);
  expect(found.map(({ kind }) => kind)).toEqual(["WORKSPACE", "GATEWAY", ...functions.map(() => "FUNCTION")]);
  expect(functions).toContain("hello");
  expect(functions).toEqual([...functions].sort());
  expect(found[0]).toMatchObject({
    name: "workspace",
    entityId: null,
    desired: { isEnabled: true, revision: expect.stringMatching(/^[0-9a-f]{40}$/) as string },
    observed: { isUpToDate: true, podsWanted: 2, podsReady: 2 },
    isPaused: false,
    isLeaving: false,
    summary: "Everything that is wanted runs.",
  });
  expect(found[1]).toMatchObject({
    name: "Gateway",
    entityId: seeded.gateway,
    observed: { isUpToDate: true, podsWanted: 1, podsReady: 1 },
  });
});

test("who may not read functions is told of none, nor of what keeps them", async () => {
  const sett = await startSett();
  const resources = resourcesOf(sett);
  await resources.client.patch(
    { apiVersion: "sett.lunchbadger.io/v1", kind: "Workspace", plural: "workspaces" },
    "demo-dev",
    { status: { hosts: ["demo-dev.example", "sls-demo-dev.example"], images: ["workspace:1", "sls-api:2"] } },
    { part: "status" },
  );
  await resources.say("WORKSPACE", "demo-dev", {
    type: "Ready",
    reason: "Starting",
    message: "It has been started and is not ready yet. (sls-api-demo-dev)",
  });
  const text = async (person: PersonName) => JSON.stringify(await read(sett, person));
  await expect.poll(() => text("demo")).toContain("sls-api-demo-dev");
  expect(await text("demo")).toMatch(/sls-demo-dev\.example.*sls-api:2/);
  const told = await text("zu");
  expect(told).toContain("It has been started and is not ready yet.");
  expect(told).toContain("demo-dev.example");
  expect(told).not.toMatch(/sls|FUNCTION|hello/);
  expect((await read(sett, "zu"))[0]?.observed).toMatchObject({ podsWanted: 1, podsReady: 1 });
});

test("a deployment is found again by its id, and a function's only by those who may read it", async () => {
  const sett = await startSett();
  const found = await read(sett);
  for (const { id, kind, name } of found) {
    const { data } = await sett.as("demo").ask(FindDeployedDocument, { id });
    expect(data?.node).toMatchObject({ id, kind, name });
  }
  const hidden = found.find(({ kind }) => kind === "FUNCTION")?.id ?? "";
  const absent = Buffer.from("ProjectDeployment:demo:dev:FUNCTION:demo-dev-nosuch").toString("base64url");
  const [ofHidden, ofAbsent] = await Promise.all(
    [hidden, absent].map((id) => sett.as("zu").ask(FindDeployedDocument, { id })),
  );
  expect(ofHidden?.codes).toEqual(["NOT_FOUND"]);
  expect(ofHidden?.text).toBe(ofAbsent?.text);
  const { codes } = await sett.as("demo").ask(FindDeployedDocument, { id: absent });
  expect(codes).toEqual(["NOT_FOUND"]);
});

test("what will not come right by waiting is the first thing to know", async () => {
  const sett = await startSett();
  const message = "It has been started and does not get ready. (gateway-demo-dev-gateway)";
  await resourcesOf(sett).say("GATEWAY", "demo-dev-gateway", { type: "Ready", reason: "Failing", message });
  await expect.poll(async () => (await read(sett))[1]?.summary).toBe(message);
  expect((await read(sett))[1]?.conditions).toContainEqual({
    type: "Ready",
    isTrue: "FALSE",
    reason: "Failing",
    message,
    since: "2026-01-02T03:04:05.000Z",
  });
});

test("what was changed and not worked on yet is not up to date", async () => {
  const sett = await startSett();
  await resourcesOf(sett).change("WORKSPACE", "demo-dev", { spec: { enabled: false } });
  await expect
    .poll(async () => (await read(sett))[0])
    .toMatchObject({ desired: { isEnabled: false }, observed: { isUpToDate: false } });
  expect((await read(sett))[0]?.summary).toBe("It was changed, and the change is about to be made.");
});

test("a producer that is paused pauses all that is its", async () => {
  const sett = await startSett();
  const annotations = { [resourceAnnotations.paused]: "true" };
  await resourcesOf(sett).change("PRODUCER", "demo", { metadata: { annotations } });
  await expect.poll(async () => (await read(sett)).every(({ isPaused }) => isPaused)).toBe(true);
  expect((await read(sett))[0]?.summary).toBe("It is paused, so it stays as it is.");
});

test("one question about functions is all that it costs, and the cluster is asked nothing", async () => {
  const sett = await startSett();
  await read(sett);
  sett.upstreamCalls();
  await read(sett);
  expect(sett.upstreamCalls().filter((call) => !call.startsWith("gitea GET"))).toEqual([]);
});

test("a cluster that does not know the resources is said to be that, in words, and all else is answered", async () => {
  const sett = await startSett({
    prepare: ({ kubernetes }) =>
      kubernetes.server.faults.set(
        { mode: "answer", status: 404, body: "404 page not found" },
        { path: /sett\.lunchbadger\.io/ },
      ),
  });
  const { data, errors } = await ask(sett);
  expect(data?.project).toEqual({ deployments: null });
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining("definitions are not installed") as string,
      extensions: { code: "UPSTREAM_REJECTED", upstream: "kubernetes" },
    },
  ]);
});

test("a gateway that may not look at the resources says that it cannot tell", async () => {
  const sett = await startSett({
    prepare: ({ kubernetes }) => kubernetes.cluster.access.add(kubernetes.token, reader),
  });
  const { data, codes } = await ask(sett);
  expect(data?.project).toEqual({ deployments: null });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("where no cluster is configured nobody knows what runs", async () => {
  const sett = await startSett({ addresses: { kubernetes: undefined } });
  expect((await ask(sett)).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("while the cluster is away what was known is told, with since when", async () => {
  const sett = await startSett();
  await read(sett);
  await sett.sandbox.kubernetes.server.stop();
  await expect
    .poll(async () => (await ask(sett)).data?.project?.deployments)
    .toMatchObject({ staleReason: "UNREACHABLE", resources: [{ kind: "WORKSPACE" }, {}, {}, {}] });
});
