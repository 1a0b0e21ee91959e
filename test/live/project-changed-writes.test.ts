import { expect, test } from "vitest";
import { ProjectChangedDocument } from "../generated/operations.ts";
import { addAutoGatewayKey } from "../graph/auto-gateway.asking.ts";
import { functionMutations } from "../graph/functions.mutations.data.ts";
import { addConsumers } from "../graph/gateways.mutations.data.ts";
import { mutations } from "../graph/mutations.data.ts";
import { seeded } from "../graph/seeded.data.ts";
import { startSett, type Sett } from "../support/sett.ts";

const demos = { producer: "demo" };

/** What is no change of a project, or shows in what one may do and is told by streams that end. */
const untold = new Set([
  // Which projects there are, and whether they are looked at, is no change of one of them.
  "createEnvironment",
  "createProject",
  "deleteEnvironment",
  "deleteProject",
  "reconcile",
  "setProducerPaused",
  // Told to those who watch the environment that it changes, which has to be made first.
  "promote",
  "testDataSource",
  "setCollaborator",
  "removeCollaborator",
  "shareProject",
  "unshareProject",
  "addSshKey",
  "deleteSshKey",
  // Told as well, of a pod that is there: below.
  "restartPod",
]);

const told = Object.entries(mutations).filter(([name]) => !untold.has(name));

const by = (name: string) => (name === "setProducerEnabled" ? "admin" : "demo");

const noteOf = (sett: Sett, name: string) =>
  sett
    .as("demo")
    .askText(
      `mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "server/${name}.txt", text: "x" }] }) { deleted } }`,
    );

/** Lets there be something for every mutation to change. */
async function prepare(sett: Sett) {
  addAutoGatewayKey(sett);
  addConsumers(sett);
  await mutations["savePipeline"]?.(sett.as("demo"), "demo");
}

/** What one who watches is told of until the note, which comes last. */
async function toldBefore(sett: Sett, watching: ReturnType<typeof watch>, note: string) {
  await noteOf(sett, note);
  const kinds: string[] = [];
  for (;;) {
    const { kind, entities } = (await watching.event()).data?.projectChanged ?? {};
    if (entities?.includes(`files/server/${note}.txt`)) return kinds;
    kinds.push(String(kind));
  }
}

const watch = (sett: Sett, name: "al" | "demo" | "zu") =>
  sett.as(name).subscribe(ProjectChangedDocument, demos);

test.each(told)("%s is told to who watches the project, with whose it was", async (name, mutate) => {
  const sett = await startSett();
  await prepare(sett);
  const watching = watch(sett, "demo");
  await sett.subscriptionsRun(1);
  const { codes } = await mutate(sett.as(by(name)), "demo");
  expect(codes).toEqual([]);
  const { data } = await watching.event();
  expect(data?.projectChanged).toMatchObject({ by: by(name) === "admin" ? "lbadmin" : "customer-demo" });
  expect(data?.projectChanged.kind).not.toBe("UNHEARD");
});

test.each([
  ["applyGateway", "GATEWAYS", [`gateways/${seeded.gateway}`]],
  ["createConsumerUser", "GATEWAYS", [`gateways/${seeded.gateway}/consumers`]],
  ["createCredential", "GATEWAYS", [`gateways/${seeded.gateway}/consumers`]],
  ["setProducerEnabled", "CANVAS", ["enabled"]],
  ["setVariables", "CANVAS", ["options"]],
  ["setAutoGateway", "CANVAS", ["options"]],
  ["createAutoGatewayKey", "GATEWAYS", ["autoGateway/keys"]],
  ["revokeAutoGatewayKey", "GATEWAYS", ["autoGateway/keys"]],
  ["createFunction", "FUNCTIONS", ["functions/spare"]],
  ["saveFunction", "FUNCTIONS", ["functions/hello"]],
  ["deleteFunction", "FUNCTIONS", ["functions/convert"]],
  ["reorderFunctions", "FUNCTIONS", ["functions/convert", "functions/hello"]],
  ["clearFunctions", "FUNCTIONS", ["functions/convert", "functions/hello"]],
  ["deployFunction", "FUNCTIONS", ["functions/hello"]],
])("%s is told as %s with what it was about", async (name, kind, entities) => {
  const sett = await startSett();
  await prepare(sett);
  const watching = watch(sett, "demo");
  await sett.subscriptionsRun(1);
  await mutations[name]?.(sett.as(by(name)), "demo");
  const change = (await watching.event()).data?.projectChanged;
  expect(change?.kind).toBe(kind);
  expect([...(change?.entities ?? [])].sort()).toEqual(entities);
});

test.each(Object.entries(functionMutations))(
  "%s is told to nobody who may not read functions",
  async (_name, mutate) => {
    const sett = await startSett();
    const [al, zu] = [watch(sett, "demo"), watch(sett, "zu")];
    await sett.subscriptionsRun(2);
    expect((await mutate(sett.as("demo"), "demo")).codes).toEqual([]);
    expect(await toldBefore(sett, al, "one")).toContain("FUNCTIONS");
    expect(await toldBefore(sett, zu, "two")).not.toContain("FUNCTIONS");
  },
);

test("a deployment is told when it is asked for, and again when it is over", async () => {
  const sett = await startSett({ functionTiming: { deployMs: 100 } });
  const watching = watch(sett, "demo");
  await sett.subscriptionsRun(1);
  await functionMutations["deployFunction"]?.(sett.as("demo"), "demo");
  for (const running of ["QUEUED or RUNNING", "SUCCEEDED"]) {
    const { data } = await watching.event();
    expect(data?.projectChanged, running).toMatchObject({
      kind: "FUNCTIONS",
      by: "customer-demo",
      entities: ["functions/hello"],
    });
  }
  const { data } = await sett
    .as("demo")
    .askText('{ project(producer: "demo") { function(name: "hello") { deployment { state } } } }');
  expect(data).toMatchObject({ project: { function: { deployment: { state: "SUCCEEDED" } } } });
});

test("a pod that is started anew is told to those who may know of it", async () => {
  const sett = await startSett();
  const [demo, zu] = [watch(sett, "demo"), watch(sett, "zu")];
  await sett.subscriptionsRun(2);
  const { data } = await sett.as("demo").askText('{ project(producer: "demo") { pods { id kind } } }');
  const { pods } = data?.["project"] as { pods: readonly { id: string; kind: string }[] };
  for (const [kind, change] of [
    ["FUNCTION", "FUNCTIONS"],
    ["GATEWAY", "GATEWAYS"],
    ["WORKSPACE", "WORKSPACE"],
  ]) {
    const id = pods.find((pod) => pod.kind === kind)?.id;
    const { codes } = await sett
      .as("demo")
      .askText(`mutation { restartPod(input: { pod: "${id}" }) { pod { id } } }`);
    expect(codes).toEqual([]);
    expect((await demo.event()).data?.projectChanged).toMatchObject({ kind: change, by: "customer-demo" });
  }
  for (const kind of ["GATEWAYS", "WORKSPACE"]) {
    expect((await zu.event()).data?.projectChanged.kind).toBe(kind);
  }
});

test("a rename is told under both names", async () => {
  const sett = await startSett();
  const watching = watch(sett, "zu");
  await sett.subscriptionsRun(1);
  await sett
    .as("al")
    .askText(
      'mutation { saveModel(input: { project: { producer: "demo" }, name: "Auto", renamedFrom: "Car" }) { model { name } } }',
    );
  expect((await watching.event()).data?.projectChanged.entities).toEqual(["models/Auto", "models/Car"]);
});

test("a write that fails half way, and leaves something behind, is told all the same", async () => {
  const sett = await startSett({ env: { WORKSPACE_TIMEOUT: "800ms" } });
  const watching = watch(sett, "zu");
  await sett.subscriptionsRun(1);
  const { faults } = sett.sandbox.workspaces.workspaceApi;
  // It goes on when nobody waits for it any longer: so it is left open.
  faults.set({ mode: "slow", ms: 2000 }, { method: "POST", path: /ModelConfigs$/, times: 1 });
  const { errors } = await sett
    .as("al")
    .askText(
      'mutation { saveModel(input: { project: { producer: "demo" }, name: "Boat", config: { dataSource: "memory" } }) { model { name } } }',
    );
  const steps = errors[0]?.extensions["steps"] as readonly { outcome: string }[];
  expect(steps.map(({ outcome }) => outcome)).toContain("LEFT");
  expect((await watching.event()).data?.projectChanged).toMatchObject({
    kind: "MODELS",
    by: "customer-al",
    entities: ["models/Boat"],
  });
});

test("a write that is refused, or undone as a whole, is told to nobody", async () => {
  const sett = await startSett();
  const watching = watch(sett, "demo");
  await sett.subscriptionsRun(1);
  expect((await mutations["saveModel"]?.(sett.as("zu"), "demo"))?.codes).toEqual(["FORBIDDEN"]);
  const { faults } = sett.sandbox.workspaces.workspaceApi;
  faults.set(
    { mode: "answer", status: 422, body: '{"error":{"message":"no"}}' },
    { method: "POST", path: /ModelConfigs$/ },
  );
  const { errors } = await sett
    .as("al")
    .askText(
      'mutation { saveModel(input: { project: { producer: "demo" }, name: "Boat", config: { dataSource: "memory" } }) { model { name } } }',
    );
  const steps = errors[0]?.extensions["steps"] as readonly { outcome: string }[];
  expect(steps.map(({ outcome }) => outcome)).toContain("UNDONE");
  faults.clear();
  expect(await toldBefore(sett, watching, "after")).toEqual([]);
});

test("a change of very many things names a limited number of them, and says how many more there are", async () => {
  const sett = await startSett();
  const watching = watch(sett, "zu");
  await sett.subscriptionsRun(1);
  const files = Array.from({ length: 130 }, (_, index) => `{ path: "server/${index}.txt", text: "x" }`);
  await sett
    .as("demo")
    .askText(
      `mutation { saveFiles(input: { project: { producer: "demo" }, files: [${files.join()}] }) { deleted } }`,
    );
  const change = (await watching.event()).data?.projectChanged;
  expect(change?.entities).toHaveLength(100);
  expect(change?.unnamed).toBe(30);
});

test("two people on one project see each other's saves in their order, each with the revision it made", async () => {
  const sett = await startSett();
  const [al, demo] = [watch(sett, "al"), watch(sett, "demo")];
  await sett.subscriptionsRun(2);
  const revisions: unknown[] = [];
  for (const name of ["demo", "al", "demo"] as const) {
    const { data } = await sett
      .as(name)
      .askText(
        `mutation { saveProject(input: { project: { producer: "demo" }, document: { round: ${revisions.length} } }) { revision } }`,
      );
    revisions.push((data?.["saveProject"] as { revision: string }).revision);
  }
  for (const watching of [al, demo]) {
    const seen = [await watching.event(), await watching.event(), await watching.event()];
    expect(seen.map(({ data }) => data?.projectChanged.by)).toEqual([
      "customer-demo",
      "customer-al",
      "customer-demo",
    ]);
    expect(seen.map(({ data }) => data?.projectChanged.revision)).toEqual(revisions);
  }
});
