import { expect, test } from "vitest";
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

test("the explorer's page is at the root, and runs nothing but its own", async () => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}/`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/html/);
  expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await response.text()).toContain("<title>Sett</title>");
});

test("the explorer's examples run as they stand, but for the one that shows a refusal", async () => {
  const sett = await startSett();
  const { endpoint, examples } = (await (await fetch(`${sett.url}/explorer.json`)).json()) as {
    endpoint: string;
    examples: { title: string; query: string; variables?: object; headers: Record<string, string> }[];
  };
  expect(endpoint).toBe("/graphql");
  for (const { title, query, variables, headers } of examples) {
    const response = await fetch(`${sett.url}${endpoint}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    const codes = errors.map(({ extensions }) => extensions.code);
    expect({ title, codes }).toEqual({ title, codes: title.includes("refused") ? ["FORBIDDEN"] : [] });
  }
});

test("with the explorer turned off there is nothing at the root", async () => {
  const sett = await startSett({ env: { EXPLORER: "false" } });
  for (const path of ["/", "/explorer.json", "/index.html"]) {
    expect((await fetch(`${sett.url}${path}`)).status).toBe(404);
  }
});
