import { expect, test } from "vitest";
import { whoAmI } from "../../pages/identity/who.questions.ts";
import { ServerRepoDocument, ServerViewerDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";

test("Prometheus reads how operations, services and permission decisions fare", async () => {
  const sett = await startSett();
  await sett.as("demo").ask(ServerViewerDocument);
  await sett.as("eve").ask(ServerRepoDocument, { owner: "customer-demo", name: "dev" });
  const response = await fetch(`${sett.url}/metrics`);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split("\n");
  expect(lines).toContain('sett_operation_seconds_count{type="query",outcome="ok"} 1');
  expect(lines).toContain('sett_operation_seconds_count{type="query",outcome="NOT_FOUND"} 1');
  expect(lines).toContain('sett_upstream_call_seconds_count{upstream="gitea",method="GET",status="200"} 1');
  expect(lines).toContain('sett_upstream_call_seconds_count{upstream="gitea",method="GET",status="404"} 1');
  expect(lines).toContain('sett_permission_decisions_total{permission="viewer",outcome="granted"} 1');
  expect(lines).toContain('sett_permission_decisions_total{permission="repo:read",outcome="absent"} 1');
  expect(lines).toContain('sett_http_requests_total{path="/graphql",status="200"} 2');
  expect(lines).toContain("sett_http_requests_running 1");
  for (const line of lines) expect(line).toMatch(/^$|^# (HELP|TYPE) |^[a-z0-9_]+(\{.*\})? \S+$/);
});

test("paths that nobody serves are counted as one, so that nobody can fill the memory with them", async () => {
  const sett = await startSett();
  for (const path of ["/a", "/b", "/c?d"]) await fetch(`${sett.url}${path}`);
  const metrics = await (await fetch(`${sett.url}/metrics`)).text();
  expect(metrics).toContain('sett_http_requests_total{path="other",status="404"} 3');
});

test("the schema can be read with the permission that each field needs", async () => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}/schema.graphql`);
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const sdl = await response.text();
  expect(sdl).toContain('@can(permission: "repo:admin", on: "input.repo")');
  expect(sdl).toContain('@can(permission: "viewer")');
});

test.each([
  "/nothing",
  "/graphql/",
  "/graphql/x",
  "/GRAPHQL",
  "/%00",
  "/%",
  "/constructor",
  "/assets/../../package.json",
])("where nothing is, the answer says so in JSON: %s", async (path) => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}${path}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ error: "There is nothing here. GraphQL is at /graphql." });
});

test.each(["/livez", "/readyz", "/metrics", "/schema.graphql"])(
  "%s can be read and not written",
  async (path) => {
    const sett = await startSett();
    const head = await fetch(`${sett.url}${path}`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const posted = await fetch(`${sett.url}${path}`, { method: "POST", body: "x" });
    expect(posted.status).toBe(405);
    expect(posted.headers.get("allow")).toBe("GET, HEAD");
  },
);

test.each(["/", "/board"])("%s is a page, and runs nothing but its own", async (path) => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/html/);
  expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await response.text()).toMatch(/<title>(?:Board · )?Sett<\/title>/);
});

const leadsTo = async (url: string) => {
  const response = await fetch(url, { redirect: "manual" });
  return [response.status, response.headers.get("location")];
};

test("the board's address with a slash leads to the one without, where its scripts are beside it", async () => {
  const sett = await startSett();
  expect(await leadsTo(`${sett.url}/board/`)).toEqual([307, "../board"]);
});

test("with the explorer turned off the root leads to the board", async () => {
  const sett = await startSett({ env: { EXPLORER: "false" } });
  expect(await leadsTo(`${sett.url}/`)).toEqual([307, "./board"]);
  expect((await fetch(`${sett.url}/index.html`)).status).toBe(404);
  expect(await (await fetch(`${sett.url}/pages.json`)).json()).toMatchObject({
    explorer: false,
    board: true,
  });
});

test("where only registered documents run there is no explorer, and the board asks who one is all the same", async () => {
  const sett = await startSett({ env: { DOCUMENTS: "trusted" } });
  expect(await leadsTo(`${sett.url}/`)).toEqual([307, "./board"]);
  const { status, data } = await sett.as("zu").askText(whoAmI);
  expect([status, data]).toEqual([200, { viewer: { login: "customer-zu" } }]);
});

test("with both pages turned off there is nothing", async () => {
  const sett = await startSett({ env: { EXPLORER: "false", BOARD: "false" } });
  for (const path of ["/", "/board", "/board/", "/pages.json", "/index.html", "/licenses.md"]) {
    expect((await fetch(`${sett.url}${path}`)).status).toBe(404);
  }
});

test("where the schema may not be asked for, the pages are not told of any", async () => {
  const sett = await startSett({ env: { INTROSPECTION: "false" } });
  expect(await (await fetch(`${sett.url}/pages.json`)).json()).not.toHaveProperty("schema");
});
