import { afterEach, beforeEach, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { adminAddress, askAdmin, startPlatform, type AdminAnswer } from "./express-gateway.harness.ts";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startPlatform();
});

afterEach(() => sandbox.stop());

it("users come in pages, and following them to the end finds everybody once", async () => {
  const names = Array.from({ length: 30 }, (_each, index) => `user${index}`);
  const { consumers } = sandbox.gateways.of("gateway", "demo", "dev");
  for (const username of names) consumers.addUser({ username, firstname: "A", lastname: "B" });
  const found: string[] = [];
  let next = 0;
  do {
    const { users, nextKey } = fields(await ask(`GET /users?start=${next}&count=7`)) as {
      users: { username: string }[];
      nextKey: number;
    };
    found.push(...users.map(({ username }) => username));
    next = nextKey;
  } while (next !== 0);
  expect(found.sort()).toEqual(names.sort());
});

it("a user who is turned off takes his applications with him, and turned on again leaves them off", async () => {
  const app = await addJoesApp();
  await ask("PUT /users/joe/status", { status: false });
  expect(fields(await ask(`GET /apps/${app}`))["isActive"]).toBe(false);
  await ask("PUT /users/joe/status", { status: true });
  expect(fields(await ask("GET /users/joe"))["isActive"]).toBe(true);
  expect(fields(await ask(`GET /apps/${app}`))["isActive"]).toBe(false);
});

it("a password is told to whoever makes it and never again, the secret of a key every time", async () => {
  await addJoesApp();
  const password = fields(await ask("POST /credentials", { consumerId: "joe", type: "basic-auth" }));
  const key = fields(await ask("POST /credentials", { consumerId: "joe", type: "key-auth" }));
  expect(password["password"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(key["keySecret"]).toMatch(/^[0-9A-Za-z]{22}$/);
  const listed = JSON.stringify((await ask("GET /credentials/joe")).body);
  expect(listed).not.toContain(password["password"]);
  expect(listed).toContain(key["keySecret"]);
});

it("a password of one's own is not told at all, and one that is turned off makes room for another", async () => {
  await addJoesApp();
  const create = (password: string): Promise<AdminAnswer> =>
    ask("POST /credentials", { consumerId: "joe", type: "basic-auth", credential: { password } });
  const made = fields(await create("first"));
  expect(made).not.toHaveProperty("password");
  expect((await create("second")).body).toBe("Credential already exists and is active");
  await ask(`PUT /credentials/basic-auth/${String(made["id"])}/status`, { status: false });
  expect((await create("second")).status).toBe(200);
});

it("a scope that is removed is taken from those that were made with it", async () => {
  await addJoesApp();
  await ask("POST /scopes", { scopes: ["read", "write"] });
  const credential = { scopes: ["read", "write"] };
  await ask("POST /credentials", { consumerId: "joe", type: "key-auth", credential });
  expect((await ask("DELETE /scopes/write")).status).toBe(204);
  expect((await ask("GET /credentials/joe")).body).toMatchObject({ credentials: [{ scopes: ["read"] }] });
  expect((await ask("GET /scopes")).body).toEqual({ scopes: ["read"] });
});

async function addJoesApp(): Promise<string> {
  await ask("POST /users", { username: "joe", firstname: "Joe", lastname: "Doe" });
  return String(fields(await ask("POST /apps", { userId: "joe", name: "app" }))["id"]);
}

function ask(request: string, body?: unknown): Promise<AdminAnswer> {
  return askAdmin(adminAddress(sandbox, "gateway", "demo"), request, body);
}

function fields({ body }: AdminAnswer): Record<string, unknown> {
  return body as Record<string, unknown>;
}
