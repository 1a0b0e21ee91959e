import { expect, test } from "vitest";
import { pods as podResource } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import {
  FindNodeDocument,
  PodViewerCanDocument,
  ReadAllStatusDocument,
  ReadPodByNameDocument,
  ReadPodDocument,
  ReadPodsDocument,
  ReadStatusOfPartsDocument,
} from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";

const demos = { producer: "demo" };
const idOf = (...parts: string[]) => Buffer.from(["Pod", ...parts].join(":"), "utf8").toString("base64url");

async function podsOf(sett: Sett, person: PersonName = "demo") {
  const { data, codes } = await sett.as(person).ask(ReadPodsDocument, demos);
  expect(codes).toEqual([]);
  return data?.project?.pods ?? [];
}

async function podOf(sett: Sett, kind: "WORKSPACE" | "FUNCTION" | "SLS_API" | "GATEWAY") {
  const found = (await podsOf(sett)).find((pod) => pod.kind === kind);
  if (!found) throw new Error(`no pod of kind ${kind}`);
  return found;
}

test("the pods of a project are told with what they run and how they are", async () => {
  const sett = await startSett();
  const pods = await podsOf(sett);
  expect(new Set(pods.map(({ kind }) => kind))).toEqual(
    new Set(["WORKSPACE", "SLS_API", "GATEWAY", "FUNCTION"]),
  );
  expect(pods.find(({ kind }) => kind === "GATEWAY")).toMatchObject({
    name: expect.stringMatching(/^gateway-demo-dev-gateway-/) as string,
    entityId: "aaaaaaaa-0000-4000-8000-000000000001",
    entityName: "gateway",
    phase: "RUNNING",
    ready: true,
    reason: null,
    restarts: 0,
    stopping: false,
    containers: [
      { name: "copy-config", state: "TERMINATED", ready: true, restarts: 0 },
      { name: "gateway", state: "RUNNING", ready: true, restarts: 0, lastEnd: null },
    ],
    project: { id: Buffer.from("Project:demo:dev").toString("base64url") },
  });
});

test("a container that crashed says how it ended, and its pod why it is not ready", async () => {
  const sett = await startSett();
  const { name, id } = await podOf(sett, "WORKSPACE");
  sett.sandbox.kubernetes.cluster.crash(name, { exitCode: 3 });
  const read = async () => (await sett.as("zu").ask(ReadPodDocument, { id })).data?.pod;
  await expect.poll(read).toMatchObject({
    ready: false,
    reason: "crashed once, exit code 3",
    restarts: 1,
    containers: [
      { name: "init-ws", state: "TERMINATED", reason: "Completed" },
      { state: "WAITING", reason: "CrashLoopBackOff", lastEnd: { reason: "Error", exitCode: 3 } },
    ],
  });
});

test("a pod is found by its id, by its name and as a node", async () => {
  const sett = await startSett();
  for (const { id, name, kind } of await podsOf(sett)) {
    const byId = await sett.as("al").ask(ReadPodDocument, { id });
    expect(byId.data?.pod).toMatchObject({ id, name, kind });
    const byName = await sett.as("al").ask(ReadPodByNameDocument, { ...demos, name });
    expect(byName.data?.project?.pod).toEqual(byId.data?.pod);
    expect((await sett.as("al").ask(FindNodeDocument, { id })).data?.node).toMatchObject({
      id,
      kind,
      ready: true,
    });
  }
});

test("who may not read functions sees neither their pods nor what deploys them, by no way", async () => {
  const sett = await startSett();
  expect(new Set((await podsOf(sett, "zu")).map(({ kind }) => kind))).toEqual(
    new Set(["WORKSPACE", "GATEWAY"]),
  );
  for (const kind of ["FUNCTION", "SLS_API"] as const) {
    const { id, name } = await podOf(sett, kind);
    const zu = sett.as("zu");
    const absent = await zu.ask(ReadPodDocument, { id: idOf("demo", "dev", kind, "nosuch") });
    expect(absent.codes).toEqual(["NOT_FOUND"]);
    expect((await zu.ask(ReadPodDocument, { id })).text).toBe(absent.text);
    expect((await zu.ask(FindNodeDocument, { id })).codes).toEqual(["NOT_FOUND"]);
    const absentName = await zu.ask(ReadPodByNameDocument, { ...demos, name: "nosuch" });
    expect(absentName.codes).toEqual(["NOT_FOUND"]);
    expect((await zu.ask(ReadPodByNameDocument, { ...demos, name })).text).toBe(absentName.text);
  }
});

test("a function's pod that is asked for as if it were something else is not found, by anybody", async () => {
  const sett = await startSett();
  const { name } = await podOf(sett, "FUNCTION");
  for (const kind of ["WORKSPACE", "GATEWAY"]) {
    const id = idOf("demo", "dev", kind, name);
    for (const person of ["demo", "zu"] as const) {
      expect((await sett.as(person).ask(ReadPodDocument, { id })).codes, kind).toEqual(["NOT_FOUND"]);
    }
  }
});

test("a pod that is asked for as another producer's is not found, and neither is one of a namesake's", async () => {
  const sett = await startSett();
  const { name, kind } = await podOf(sett, "WORKSPACE");
  for (const [producer, env] of [
    ["eve", "dev"],
    ["demo-dev", "dev"],
    ["demo", "stage"],
  ] as const) {
    const id = idOf(producer, env, kind, name);
    expect((await sett.as("admin").ask(ReadPodDocument, { id })).codes, producer).toEqual(["NOT_FOUND"]);
  }
});

test("a pod hidden from eve and one that is not look the same, byte for byte", async () => {
  const sett = await startSett();
  const { id, kind } = await podOf(sett, "WORKSPACE");
  const ids = [id, idOf("demo", "dev", kind, "nosuch"), idOf("nobody", "dev", kind, "nosuch")];
  const answers = await Promise.all(ids.map((each) => sett.as("eve").ask(ReadPodDocument, { id: each })));
  expect(answers[0]?.codes).toEqual(["NOT_FOUND"]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test("a pod that is gone is not found, and the one in its place is another", async () => {
  const sett = await startSett();
  const { id, name } = await podOf(sett, "GATEWAY");
  sett.sandbox.kubernetes.cluster.deletePod(name);
  await expect
    .poll(async () => (await sett.as("demo").ask(ReadPodDocument, { id })).codes)
    .toEqual(["NOT_FOUND"]);
  await expect.poll(async () => (await podsOf(sett)).map(({ kind }) => kind)).toContain("GATEWAY");
});

test.each([
  ["demo", "FUNCTION", true, true],
  ["al", "FUNCTION", true, true],
  ["zu", "GATEWAY", true, false],
] as const)("%s may read and change a pod of a %s: %s, %s", async (person, kind, reads, writes) => {
  const sett = await startSett();
  const { id } = await podOf(sett, kind);
  const can = async (permission: string) =>
    (await sett.as(person).ask(PodViewerCanDocument, { id, permission })).data?.pod?.viewerCan;
  expect([await can("pod:read"), await can("pod:write")]).toEqual([reads, writes]);
});

test("what a gateway and a function do is told beside how they are saved", async () => {
  const sett = await startSett();
  const { data } = await sett.as("demo").ask(ReadStatusOfPartsDocument, demos);
  expect(data?.project).toMatchObject({
    gateways: [{ status: { kind: "GATEWAY", running: true, pods: [{}] } }],
    functions: [
      { name: "hello", status: { kind: "FUNCTION", name: "hello", running: true, pods: [{}] } },
      { name: "convert", status: null },
    ],
  });
});

test("what runs of all of somebody's projects costs no call beyond those about who may see them", async () => {
  const sett = await startSett();
  for (const producer of ["eve", "zu"]) {
    sett.sandbox.gitea.platform.setCollaborator(`customer-${producer}`, "dev", "customer-demo", "read");
  }
  await podsOf(sett);
  sett.upstreamCalls();
  const { data } = await sett.as("demo").ask(ReadAllStatusDocument);
  const found = data?.viewer?.projects?.nodes ?? [];
  expect(found.map(({ producer, status }) => [producer, status?.functions?.length])).toEqual([
    ["demo", 1],
    ["eve", undefined],
    ["zu", undefined],
  ]);
  expect(sett.upstreamCalls().filter((call) => !call.startsWith("gitea GET"))).toEqual([]);
});

test.each(Object.entries(hostileNames))(
  "a pod's name may not be %s, and nobody is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const byName = await sett.as("demo").ask(ReadPodByNameDocument, { ...demos, name });
    expect(byName.codes).toEqual(["BAD_USER_INPUT"]);
    const byId = await sett.as("demo").ask(ReadPodDocument, { id: idOf("demo", "dev", "WORKSPACE", name) });
    expect(byId.codes).toEqual(["BAD_USER_INPUT"]);
  },
);

test("a pod that says it is of no producer, or of something else than the platform, is nobody's", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = await podOf(sett, "WORKSPACE");
  cluster.change(podResource, name, (pod) => ({
    ...pod,
    metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, app: "redis" } },
  }));
  await expect.poll(async () => (await podsOf(sett)).map((pod) => pod.name)).not.toContain(name);
});
