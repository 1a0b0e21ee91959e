import { expect, onTestFinished, test, vi } from "vitest";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { openEventStream } from "../support/event-stream.ts";
import { startSett, type Sett } from "../support/sett.ts";

/** A slow machine takes its time. */
const soon = { timeout: 10_000 };
const services = { UPSTREAM_TIMEOUT: "2900ms", WORKSPACE_TIMEOUT: "2900ms", FUNCTION_TIMEOUT: "2900ms" };
const impatient = { ...services, OPERATION_TIMEOUT: "3s" };
const file = /\/contents\//;
const fileOf =
  '{ viewer { login } repo(owner: "customer-demo", name: "dev") { name file(path: "README.md") { size } } }';
const letIn =
  'mutation { setCollaborator(input: { repo: { owner: "customer-demo", name: "dev" }, login: "customer-eve", level: READ }) { level } }';
const cancelled = 'sett_upstream_call_seconds_count{upstream="gitea",method="GET",status="ECANCELED"}';

/** Asks as demo in a request that its asker may give up. */
function askToLeave({ url }: Sett, query: string) {
  const leaving = new AbortController();
  const answered = fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token demo-token" },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  }).then(
    () => "answered",
    () => "left",
  );
  return { answered, leave: () => leaving.abort() };
}

const cameTo = (sett: Sett, method: string, path: RegExp) =>
  vi.waitFor(() => {
    const requests = sett.sandbox.gitea.requests.filter(
      (each) => each.method === method && path.test(each.path),
    );
    expect(requests).not.toEqual([]);
    return requests;
  }, soon);

test("what has not answered when a query's time is up is an outage of that field, and the others come", async () => {
  const sett = await startSett({ env: impatient });
  await sett.as("demo").askText("{ viewer { login } }");
  // Each is answered in time, one after the other are not.
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 1600 }, { path: /\/repos\// });
  const { data, codes } = await sett.as("demo").askText(fileOf);
  expect(data).toEqual({ viewer: { login: "customer-demo" }, repo: { name: "dev", file: null } });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("a mutation is done whole, however short the time of queries, and also when its asker has gone", async () => {
  const sett = await startSett({ env: impatient });
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 1200 });
  expect((await sett.as("demo").askText(letIn)).codes).toEqual([]);

  sett.sandbox.gitea.faults.clear();
  sett.sandbox.gitea.faults.set({ mode: "freeze" }, { method: "PUT" });
  sett.sandbox.gitea.clearRequests();
  const { answered, leave } = askToLeave(sett, letIn.replace("READ", "WRITE"));
  const [write] = await cameTo(sett, "PUT", /collaborators/);
  leave();
  expect(await answered).toBe("left");
  sett.sandbox.gitea.faults.clear();
  await vi.waitFor(() => expect(write?.status).toBe(204), soon);
});

test("when an asker goes, nobody is asked on, and no service is said to have failed: over HTTP", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { path: file });
  const { answered, leave } = askToLeave(sett, fileOf);
  await cameTo(sett, "GET", file);
  leave();
  expect(await answered).toBe("left");
  await vi.waitFor(async () => expect(await sett.measured(cancelled)).toBe(1), soon);
  await vi.waitFor(
    async () =>
      expect(await sett.measured('sett_operation_seconds_count{type="query",outcome="LEFT"}')).toBe(1),
    soon,
  );
  expect(sett.log.entries.filter(({ msg }) => msg === "a field failed")).toEqual([]);
});

test("a turn at a workspace is not waited for longer than a query has, and who gave up keeps nobody out", async () => {
  const sett = await startSett({ env: { ...impatient, WORKSPACE_WAIT: "10m" } });
  const { projectApi } = sett.sandbox.workspaces;
  const canvas = '{ viewer { login } project(producer: "demo", env: "dev") { revision } }';
  const save = `mutation { saveServiceEndpoint(input: { project: { producer: "demo" }, serviceEndpoint: { id: "e", name: "e", urls: ["http://e"] } }) { outcome } }`;
  // No call takes too long, but what is read back after the change makes it too long for a query.
  const slow = { mode: "slow", ms: 2000 } as const;
  projectApi.faults.set(slow, { method: "PATCH" });
  const saved = sett.as("demo").askText(save);
  await vi.waitFor(() => expect(projectApi.requests.map(({ method }) => method)).toContain("PATCH"), soon);
  projectApi.faults.set(slow);
  const { data, codes } = await sett.as("demo").askText(canvas);
  expect(codes).toEqual(["RATE_LIMITED"]);
  expect(data).toMatchObject({ viewer: { login: "customer-demo" } });
  projectApi.faults.clear();
  expect((await saved).codes).toEqual([]);
  expect((await sett.as("demo").askText(save)).codes).toEqual([]);
});

test("when an asker goes, nobody is asked on: over a WebSocket", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { path: file });
  const client = createClient({
    url: `${sett.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: "token demo-token" },
  });
  onTestFinished(() => client.dispose());
  const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
  const leave = client.subscribe({ query: fileOf }, sink);
  await cameTo(sett, "GET", file);
  leave();
  await vi.waitFor(async () => expect(await sett.measured(cancelled)).toBe(1), soon);
});

test("when an asker goes while waiting for a turn, nobody is asked: over an event stream", async () => {
  const sett = await startSett({ env: { OPERATION_LIMIT: "1" } });
  const { gitea } = sett.sandbox;
  const devOf = (owner: string) => `{ repo(owner: "${owner}", name: "dev") { name } }`;
  const open = (name: string) =>
    openEventStream(sett.url, { query: devOf(`customer-${name}`) }, { authorization: `token ${name}-token` });
  const streams = () => sett.measured('sett_sockets_open{transport="event-stream"}');
  gitea.faults.set({ mode: "freeze" }, { path: /customer-demo\/dev$/ });
  const first = open("demo");
  await cameTo(sett, "GET", /customer-demo\/dev$/);
  gitea.clearRequests();
  const leaving = new AbortController();
  const gone = fetch(`${sett.url}/graphql/stream`, {
    method: "POST",
    headers: {
      accept: "text/event-stream",
      "content-type": "application/json",
      authorization: "token al-token",
    },
    body: JSON.stringify({ query: devOf("customer-al") }),
    signal: leaving.signal,
  }).catch(() => "left");
  // Who it is was asked: from then on it waits.
  await vi.waitFor(async () => {
    expect(gitea.requests.map(({ status }) => status)).toEqual([200]);
    expect(await streams()).toBe(2);
  }, soon);
  leaving.abort();
  expect(await gone).toBe("left");
  await vi.waitFor(async () => expect(await streams()).toBe(1), soon);
  gitea.faults.clear();
  expect((await (await first).event())?.data).toBe('{"data":{"repo":{"name":"dev"}}}');
  await vi.waitFor(
    async () =>
      expect(await sett.measured('sett_operation_seconds_count{type="query",outcome="LEFT"}')).toBe(1),
    soon,
  );
  expect(gitea.requests.filter(({ path }) => path.includes("customer-al"))).toEqual([]);
});

test("what several wait for is asked on for those who stay: one who goes takes nothing from the others", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s" } });
  const whoAmI = /\/user$/;
  sett.sandbox.gitea.faults.set({ mode: "freeze" }, { path: whoAmI });
  const { answered, leave } = askToLeave(sett, "{ viewer { login } }");
  await cameTo(sett, "GET", whoAmI);
  const stays = sett.as("demo").askText("{ viewer { login } }");
  await vi.waitFor(
    async () => expect(await sett.measured("sett_http_requests_running")).toBeGreaterThan(2),
    soon,
  );
  leave();
  expect(await answered).toBe("left");
  sett.sandbox.gitea.faults.clear();
  expect((await stays).data).toEqual({ viewer: { login: "customer-demo" } });
  expect(await cameTo(sett, "GET", whoAmI)).toHaveLength(1);
});

test("a producer whose services hang costs another producer nothing, and no more connections than its own", async () => {
  const sett = await startSett({ env: { POD_CONNECTIONS: "1" } });
  const { projectApi } = sett.sandbox.workspaces;
  const canvasOf = (producer: string) =>
    `{ project(producer: "${producer}", env: "dev") { revision files { path } } }`;
  projectApi.faults.set({ mode: "hang" }, { path: /^\/demo-/ });
  const { answered, leave } = askToLeave(sett, canvasOf("demo"));
  await vi.waitFor(() => expect(projectApi.requests).toHaveLength(1), soon);
  for (let time = 0; time < 3; time += 1) {
    expect((await sett.as("eve").askText(canvasOf("eve"))).codes).toEqual([]);
  }
  expect(await projectApi.connections()).toBeLessThanOrEqual(2);
  leave();
  expect(await answered).toBe("left");
});

test("what one person has hanging at Gitea leaves places there to others", async () => {
  const sett = await startSett({ env: { UPSTREAM_CONNECTIONS: "4", VIEWER_TTL: "1m" } });
  const zusOwn = '{ repo(owner: "customer-zu", name: "none") { name } }';
  await sett.as("zu").askText("{ viewer { login } }");
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { path: /customer-demo\/x\d$/ });
  const fields = Array.from(
    { length: 9 },
    (_each, n) => `r${n}: repo(owner: "customer-demo", name: "x${n}") { name }`,
  );
  const { answered, leave } = askToLeave(sett, `{ ${fields.join(" ")} }`);
  await vi.waitFor(async () => expect(await cameTo(sett, "GET", /x\d$/)).toHaveLength(3), soon);
  expect((await sett.as("zu").askText(zusOwn)).codes).toEqual(["NOT_FOUND"]);
  expect(await cameTo(sett, "GET", /x\d$/)).toHaveLength(3);
  leave();
  expect(await answered).toBe("left");
});
