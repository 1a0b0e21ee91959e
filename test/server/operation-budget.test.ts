import { expect, onTestFinished, test, vi } from "vitest";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { startSett, type Sett } from "../support/sett.ts";

/** A slow machine takes its time. */
const soon = { timeout: 10_000 };
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
  const sett = await startSett({ env: { OPERATION_TIMEOUT: "1500ms", UPSTREAM_TIMEOUT: "1m" } });
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { path: file });
  const { data, codes } = await sett.as("demo").askText(fileOf);
  expect(data).toEqual({ viewer: { login: "customer-demo" }, repo: { name: "dev", file: null } });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("a mutation is done whole, however short the time of queries, and also when its asker has gone", async () => {
  const sett = await startSett({ env: { OPERATION_TIMEOUT: "10ms" } });
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 100 });
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

test("when an asker goes, nobody is asked on: over HTTP", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { path: file });
  const { answered, leave } = askToLeave(sett, fileOf);
  await cameTo(sett, "GET", file);
  leave();
  expect(await answered).toBe("left");
  await vi.waitFor(async () => expect(await sett.measured(cancelled)).toBe(1), soon);
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
