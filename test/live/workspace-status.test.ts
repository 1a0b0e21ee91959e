import { expect, test, vi } from "vitest";
import { WorkspaceStatusDocument } from "../generated/operations.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const demos = { producer: "demo" };

const statusOf = (sett: Sett) => sett.sandbox.workspaces.pod("demo", "dev").state.status;

const streams = (sett: Sett) =>
  sett.sandbox.workspaces.projectApi.requests.filter(({ path }) => path.endsWith("/change-stream"));

const wanted = (sett: Sett) => sett.measured('sett_upstream_streams_wanted{upstream="project-api"}');

test("who follows a workspace learns how it is at once, and then of each change", async () => {
  const sett = await startSett();
  const watching = sett.as("zu").subscribe(WorkspaceStatusDocument, demos);
  const { instance, ws_git: commit } = statusOf(sett).current;
  const running = { status: "RUNNING", output: "", instance, running: false, commit };
  expect((await watching.event()).data?.workspaceStatus).toEqual({ workspace: running, staleSince: null });
  statusOf(sett).update({ status: "installing", output: 'Now running "yarn install"' });
  expect((await watching.event()).data?.workspaceStatus.workspace).toEqual({
    ...running,
    status: "INSTALLING",
    output: 'Now running "yarn install"',
  });
  statusOf(sett).update({ status: "crashed", output: "Cannot find module" });
  expect((await watching.event()).data?.workspaceStatus.workspace).toMatchObject({
    status: "CRASHED",
    output: "Cannot find module",
  });
});

test("it says the same as the project does, with no password in it", async () => {
  const sett = await startSett();
  const watching = sett.as("al").subscribe(WorkspaceStatusDocument, demos);
  await watching.event();
  statusOf(sett).update({
    status: "crashed",
    output: "cannot reach mysql://root:hunter2@db.example/cars",
  });
  const told = (await watching.event()).data?.workspaceStatus.workspace;
  const { data } = await sett
    .as("al")
    .askText('{ project(producer: "demo") { workspace { status output instance running commit } } }');
  expect(data).toEqual({ project: { workspace: told } });
  expect(JSON.stringify(told)).not.toContain("hunter2");
  expect(told?.output).toContain("db.example");
});

test("what is told again and is not another is told to nobody", async () => {
  const sett = await startSett();
  const watching = sett.as("demo").subscribe(WorkspaceStatusDocument, demos);
  await watching.event();
  statusOf(sett).update({});
  statusOf(sett).update({ running: true });
  expect((await watching.event()).data?.workspaceStatus.workspace?.running).toBe(true);
});

test("all who follow a workspace share one stream, which is open while somebody does", async () => {
  const sett = await startSett();
  const watching = (["demo", "al", "zu"] as const).map((name) =>
    sett.as(name).subscribe(WorkspaceStatusDocument, demos),
  );
  for (const each of watching) await each.event();
  expect(streams(sett)).toHaveLength(1);
  expect(await wanted(sett)).toBe(1);
  for (const each of watching) await each.return();
  await sett.subscriptionsRun(0);
  expect(await wanted(sett)).toBe(0);
  expect((await sett.as("demo").subscribe(WorkspaceStatusDocument, demos).event()).errors).toEqual([]);
  expect(streams(sett)).toHaveLength(2);
});

test("a workspace that is away is told as last heard, with since when, and as it is once it is back", async () => {
  const sett = await startSett();
  const watching = sett.as("demo").subscribe(WorkspaceStatusDocument, demos);
  const before = (await watching.event()).data?.workspaceStatus.workspace;
  await sett.sandbox.workspaces.projectApi.stop();
  const away = (await watching.event()).data?.workspaceStatus;
  expect(away?.workspace).toEqual(before);
  expect(Date.parse(String(away?.staleSince))).toBeLessThanOrEqual(Date.now());
  statusOf(sett).update({ status: "crashed", output: "gone wrong" });
  await sett.sandbox.workspaces.projectApi.resume();
  const back = (await watching.event()).data?.workspaceStatus;
  expect(back).toMatchObject({ staleSince: null, workspace: { status: "CRASHED", output: "gone wrong" } });
});

test.each([
  ["is not there", { mode: "drop" }],
  ["does not answer", { mode: "hang" }],
  ["answers something else", { mode: "answer", status: 200, body: "<html>" }],
] as const)("a workspace that %s is told as never heard, and then as it is", async (_, fault) => {
  const sett = await startSett({ env: { UPSTREAM_TIMEOUT: "1500ms" } });
  const { faults } = sett.sandbox.workspaces.projectApi;
  faults.set(fault, { path: /change-stream/ });
  const watching = sett.as("al").subscribe(WorkspaceStatusDocument, demos);
  const first = (await watching.event()).data?.workspaceStatus;
  expect(first).toEqual({ workspace: null, staleSince: expect.any(String) as string });
  faults.clear();
  expect((await watching.event()).data?.workspaceStatus).toMatchObject({
    workspace: { status: "RUNNING" },
    staleSince: null,
  });
});

test("a stream that gives no sign of life is opened anew before long, which nobody notices", async () => {
  const sett = await startSett({ env: { STREAM_LIFE: "200ms" } });
  const watching = sett.as("demo").subscribe(WorkspaceStatusDocument, demos);
  await watching.event();
  await vi.waitFor(() => expect(streams(sett).length).toBeGreaterThanOrEqual(3), { timeout: 5000 });
  statusOf(sett).update({ running: true });
  expect((await watching.event()).data?.workspaceStatus).toMatchObject({
    workspace: { running: true },
    staleSince: null,
  });
});

test("what makes no sense on the stream is left out", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.workspaces.projectApi;
  const headers = { "Content-Type": "text/event-stream" };
  const said = ["not JSON", "{}", '{"data":{"status":1}}', "null"];
  const body = `:ok\n\n${said.map((data) => `event: data\ndata: ${data}\n\n`).join("")}`;
  faults.set({ mode: "answer", status: 200, headers, body }, { path: /change-stream/, times: 1 });
  const watching = sett.as("demo").subscribe(WorkspaceStatusDocument, demos);
  expect((await watching.event()).data?.workspaceStatus.workspace).toBeNull();
  expect((await watching.event()).data?.workspaceStatus.workspace?.status).toBe("RUNNING");
});

test("one who reads slowly gets the newest and keeps nobody waiting", async () => {
  const sett = await startSett({ env: { SOCKET_BUFFER_LIMIT: "100000000" } });
  const slow = await openSocket(sett.url);
  await slow.begin("token al-token");
  slow.say({
    type: "subscribe",
    id: "1",
    payload: { query: 'subscription { workspaceStatus(producer: "demo") { workspace { output } } }' },
  });
  await slow.hear();
  slow.socket.pause();
  const quick = sett.as("demo").subscribe(WorkspaceStatusDocument, demos);
  await quick.event();
  const words = (round: number) => `${round} ${"-".repeat(100_000)}`;
  for (let round = 1; round <= 200; round += 1) {
    statusOf(sett).update({ output: words(round) });
    if (round % 20 > 0) continue;
    while (!(await quick.event()).data?.workspaceStatus.workspace?.output.startsWith(`${round} `));
  }
  slow.socket.resume();
  const heard: string[] = [];
  while (heard.at(-1) !== words(200)) {
    const { payload } = await slow.hear();
    const { data } = payload as { data: { workspaceStatus: { workspace: { output: string } } } };
    heard.push(data.workspaceStatus.workspace.output);
  }
  expect(new Set(heard).size).toBe(heard.length);
});

test("who loses the right to the project hears no more of its workspace", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" } });
  const watching = sett.as("zu").subscribe(WorkspaceStatusDocument, demos);
  await watching.event();
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-zu");
  expect((await watching.event()).codes).toEqual(["NOT_FOUND"]);
  await vi.waitFor(async () => expect(await wanted(sett)).toBe(0), { timeout: 5000 });
});
