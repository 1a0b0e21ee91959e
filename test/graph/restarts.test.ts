import { expect, test } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import {
  ProjectChangedDocument,
  RestartFunctionDocument,
  RestartGatewayDocument,
  RestartPodDocument,
  RestartWorkspaceDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { functionsAs } from "./functions.asking.ts";
import { podOf } from "./pods.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const project = { producer: "demo" };
const gatewayId = "aaaaaaaa-0000-4000-8000-000000000001";
const deployments = "/apis/apps/v1/namespaces/customer/deployments";

const names = ({ sandbox }: Sett, start: string) =>
  sandbox.kubernetes.cluster
    .list(pods)
    .map(({ metadata }) => metadata.name)
    .filter((name) => name.startsWith(start));

/** Resolves once another pod runs in place of this one, and this one is gone. */
const replaced = (sett: Sett, start: string, before: string) =>
  expect.poll(() => names(sett, start), { timeout: 5000 }).toEqual([expect.not.stringMatching(before)]);

const patches = (sett: Sett) =>
  sett.sandbox.kubernetes.server.requests.filter(({ method }) => method === "PATCH");

test("a pod is stopped by its uid, and another takes its place", async () => {
  const sett = await startSett();
  const { id, name, uid } = podOf(sett);
  const { data, codes } = await sett.as("al").ask(RestartPodDocument, { input: { pod: id } });
  expect([data?.restartPod, codes]).toEqual([{ pod: { id, name } }, []]);
  const asked = sett.sandbox.kubernetes.server.requests.find(({ method }) => method === "DELETE");
  expect(asked?.body).toEqual({ kind: "DeleteOptions", apiVersion: "v1", preconditions: { uid } });
  await replaced(sett, "workspace-demo-dev-", name);
});

test("a pod that is gone, or whose name another one has got, is not found", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.kubernetes.server;
  const input = { pod: podOf(sett).id };
  for (const [status, reason] of [
    [404, "NotFound"],
    [409, "Conflict"],
  ] as const) {
    faults.set({ mode: "answer", status, body: JSON.stringify({ reason }) }, { method: "DELETE", times: 1 });
    expect((await sett.as("demo").ask(RestartPodDocument, { input })).codes).toEqual(["NOT_FOUND"]);
  }
});

test("the pods of functions are those of whoever writes functions: zu, who reads the project, learns of none", async () => {
  const sett = await startSett();
  const { id } = podOf(sett, "FUNCTION");
  expect((await sett.as("zu").ask(RestartPodDocument, { input: { pod: id } })).codes).toEqual(["NOT_FOUND"]);
  expect(upstreamWrites(sett)).toEqual([]);
  expect((await sett.as("al").ask(RestartPodDocument, { input: { pod: id } })).codes).toEqual([]);
});

test.each([
  ["by its id", { id: gatewayId }],
  ["by its name", { name: "gateway" }],
])("a gateway's pods are replaced, found %s", async (_how, which) => {
  const sett = await startSett();
  const { name } = podOf(sett, "GATEWAY");
  const { data, codes } = await sett.as("al").ask(RestartGatewayDocument, { input: { project, ...which } });
  expect(codes).toEqual([]);
  expect(data?.restartGateway?.project).toMatchObject({ producer: "demo", env: "dev" });
  const restartedAt = data?.restartGateway?.restartedAt as unknown as string;
  expect(patches(sett).map(({ path, headers, body }) => [path, headers["content-type"], body])).toEqual([
    [
      `${deployments}/gateway-demo-dev-gateway?fieldManager=sett`,
      "application/strategic-merge-patch+json",
      {
        spec: {
          template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": restartedAt } } },
        },
      },
    ],
  ]);
  await replaced(sett, "gateway-demo-dev-gateway-", name);
});

test.each([{ id: "no-such-gateway" }, { name: "dev-gateway" }, { name: "../workspace-demo-dev" }])(
  "a gateway that does not run is not found: %o",
  async (which) => {
    const sett = await startSett();
    const { codes } = await sett.as("demo").ask(RestartGatewayDocument, { input: { project, ...which } });
    expect(codes).toEqual(["NOT_FOUND"]);
    expect(patches(sett)).toEqual([]);
  },
);

test.each([{}, { id: gatewayId, name: "gateway" }])(
  "which gateway is meant has to be said once, and not %o",
  async (which) => {
    const sett = await startSett();
    const { codes } = await sett.as("demo").ask(RestartGatewayDocument, { input: { project, ...which } });
    expect(codes).toEqual(["BAD_USER_INPUT"]);
  },
);

test("a function is started anew as it was deployed: what was saved since is not deployed, nor its service asked", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  const saved = await demo.save({
    name: "hello",
    files: [{ path: "handler.js", text: "// not deployed yet\n" }],
  });
  expect(saved.errors).toEqual([]);
  const { name } = podOf(sett, "FUNCTION");
  sett.upstreamCalls();
  const { data, codes } = await sett
    .as("al")
    .ask(RestartFunctionDocument, { input: { project, name: "hello" } });
  expect([codes, data?.restartFunction?.name]).toEqual([[], "hello"]);
  const calls = sett.upstreamCalls();
  expect(calls.filter((call) => call.startsWith("sls-api"))).toEqual([]);
  await replaced(sett, "fn-demo-dev-hello-", name);
});

test("a function that is saved and not deployed cannot be started anew; one that does not exist is not found", async () => {
  const sett = await startSett();
  sett.sandbox.functions.cluster.remove("fn-demo-dev-hello");
  const restart = (name: string) =>
    sett.as("demo").ask(RestartFunctionDocument, { input: { project, name } });
  const { codes, errors } = await restart("hello");
  expect(codes).toEqual(["CONFLICT"]);
  expect(errors[0]?.message).toContain("not deployed");
  expect((await restart("nosuch")).codes).toEqual(["NOT_FOUND"]);
  expect(patches(sett)).toEqual([]);
});

test("a workspace is started anew in its pod unless all of it is meant", async () => {
  const sett = await startSett();
  const { name } = podOf(sett);
  const restart = (part?: "POD") =>
    sett.as("al").ask(RestartWorkspaceDocument, { input: { project, ...(part ? { part } : {}) } });
  expect((await restart()).codes).toEqual([]);
  expect(patches(sett)).toEqual([]);
  expect((await restart("POD")).codes).toEqual([]);
  expect(patches(sett).map(({ path }) => path)).toEqual([
    `${deployments}/workspace-demo-dev?fieldManager=sett`,
  ]);
  await replaced(sett, "workspace-demo-dev-", name);
});

test.each([
  [403, "UPSTREAM_REJECTED"],
  [409, "UPSTREAM_REJECTED"],
  [422, "UPSTREAM_REJECTED"],
  [429, "RATE_LIMITED"],
  [500, "UPSTREAM_UNAVAILABLE"],
])("a cluster that answers %i is %s, and is not asked again", async (status, code) => {
  const sett = await startSett();
  sett.sandbox.kubernetes.server.faults.set({ mode: "answer", status, body: "{}" }, { method: "PATCH" });
  const { codes, text } = await sett
    .as("demo")
    .ask(RestartGatewayDocument, { input: { project, name: "gateway" } });
  expect(codes).toEqual([code]);
  expect(text).not.toContain("gateway-demo-dev");
  expect(patches(sett)).toHaveLength(1);
});

test.each([
  ["WORKSPACE", "WORKSPACE"],
  ["GATEWAY", "GATEWAYS"],
] as const)(
  "whoever watches the project is told that a pod of kind %s was started anew",
  async (kind, told) => {
    const sett = await startSett();
    const watching = sett.as("zu").subscribe(ProjectChangedDocument, project);
    await sett.subscriptionsRun(1);
    await sett.as("al").ask(RestartPodDocument, { input: { pod: podOf(sett, kind).id } });
    expect((await watching.event()).data?.projectChanged).toMatchObject({ by: "customer-al", kind: told });
  },
);

test("that a function was started anew is told to those who read functions, and to no others", async () => {
  const sett = await startSett();
  const [al, zu] = (["al", "zu"] as const).map((name) =>
    sett.as(name).subscribe(ProjectChangedDocument, project),
  );
  await sett.subscriptionsRun(2);
  await sett.as("demo").ask(RestartFunctionDocument, { input: { project, name: "hello" } });
  await sett.as("demo").ask(RestartGatewayDocument, { input: { project, id: gatewayId } });
  expect((await al?.event())?.data?.projectChanged).toMatchObject({
    kind: "FUNCTIONS",
    entities: ["functions/hello"],
  });
  expect((await zu?.event())?.data?.projectChanged).toMatchObject({
    kind: "GATEWAYS",
    entities: [`gateways/${gatewayId}`],
  });
});
