import { expect, test } from "vitest";
import {
  AddConsumerScopeDocument,
  DeleteConsumerDocument,
  RemoveConsumerScopeDocument,
  SetConsumerActiveDocument,
  UpdateConsumerAppDocument,
  UpdateConsumerUserDocument,
} from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { at, consumersOf, createApp, createUser } from "./consumers.asking.ts";
import { running } from "./gateways.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

test("a user is made, reads back at once, and is seen by a reader", async () => {
  const sett = await startSett();
  const { data, codes } = await createUser(sett, "joe", {
    email: "joe@example.org",
    redirectUri: "http://joe.example/cb",
  });
  expect(codes).toEqual([]);
  expect(data?.createConsumerUser?.user).toMatchObject({ username: "joe", isActive: true });
  expect(data?.createConsumerUser?.consumers.users?.nodes).toEqual([{ username: "joe" }]);
  const { consumers } = await consumersOf(sett);
  expect(consumers?.users?.nodes).toMatchObject([
    { username: "joe", firstname: "Joe", email: "joe@example.org", redirectUri: "http://joe.example/cb" },
  ]);
  expect(new Date(consumers?.users?.nodes[0]?.createdAt ?? "").getFullYear()).toBeGreaterThan(2000);
});

test("making a user costs a look whether the name is free, the call, and a look at what is there", async () => {
  const sett = await startSett();
  const text = `mutation ($input: CreateConsumerUserInput!) { createConsumerUser(input: $input) { user { id } } }`;
  const input = { ...at, username: "joe", firstname: "Joe", lastname: "Doe" };
  await sett.as("al").askText(text, { input });
  expect(sett.upstreamCalls()).toEqual([
    "gitea GET /api/v1/repos/customer-demo/dev",
    "project-api GET /demo-dev/api/Projects/demo-dev",
    "gateway-admin GET /gateway-demo-dev/users/joe",
    "gateway-admin POST /gateway-demo-dev/users",
    "gateway-admin GET /gateway-demo-dev/users/joe",
  ]);
});

test("nobody calls a new gateway, and it has no scopes", async () => {
  const sett = await startSett();
  const { consumers, codes } = await consumersOf(sett);
  expect(codes).toEqual([]);
  expect(consumers).toMatchObject({ users: { totalCount: 0, nodes: [] }, apps: { nodes: [] }, scopes: [] });
});

test("users come in the order of their names, part by part, however the gateway scatters them", async () => {
  const sett = await startSett();
  const names = Array.from({ length: 130 }, (_, index) => `user-${String(index).padStart(3, "0")}`);
  for (const username of names) running(sett).consumers.addUser({ username, firstname: "U", lastname: "X" });
  const first = (await consumersOf(sett, "zu", { first: 100 })).consumers?.users;
  expect(first?.totalCount).toBe(130);
  expect(first?.nodes.map(({ username }) => username)).toEqual(names.slice(0, 100));
  const after = first?.pageInfo.endCursor ?? null;
  const rest = (await consumersOf(sett, "zu", { first: 100, after })).consumers?.users;
  expect(rest?.nodes.map(({ username }) => username)).toEqual(names.slice(100));
});

test("a user is changed, and what was left out stays; null takes away", async () => {
  const sett = await startSett();
  await createUser(sett, "joe", { email: "joe@example.org" });
  const update = (fields: object) =>
    sett.as("al").ask(UpdateConsumerUserDocument, { input: { ...at, user: "joe", ...fields } });
  const changed = await update({ firstname: "Joey" });
  expect(changed.data?.updateConsumerUser?.user).toMatchObject({
    firstname: "Joey",
    lastname: "Doe",
    email: "joe@example.org",
  });
  expect((await update({ email: null })).data?.updateConsumerUser?.user.email).toBeNull();
});

test("an application is made for a user, renamed, switched off and on, and goes with the user", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  const made = await createApp(sett, "joe", "Car app");
  expect(made.codes).toEqual([]);
  const app = made.data?.createConsumerApp?.app.id ?? "";
  const renamed = await sett
    .as("al")
    .ask(UpdateConsumerAppDocument, { input: { ...at, app, name: "Car application" } });
  expect(renamed.data?.updateConsumerApp?.app.name).toBe("Car application");
  const off = await sett
    .as("al")
    .ask(SetConsumerActiveDocument, { input: { ...at, consumer: app, active: false } });
  expect(off.data?.setConsumerActive?.consumers.apps?.nodes).toEqual([
    { name: "Car application", isActive: false },
  ]);
  expect(off.data?.setConsumerActive?.consumers.users?.nodes).toEqual([{ username: "joe", isActive: true }]);
  const gone = await sett.as("al").ask(DeleteConsumerDocument, { input: { ...at, consumer: "joe" } });
  expect(gone.data?.deleteConsumer?.consumers).toEqual({ users: { totalCount: 0 }, apps: { totalCount: 0 } });
});

test("a scope is made once, however often, and taken away", async () => {
  const sett = await startSett();
  const input = { ...at, scope: "cars:read" };
  const add = () => sett.as("al").ask(AddConsumerScopeDocument, { input });
  expect((await add()).data?.addConsumerScope?.consumers.scopes).toEqual(["cars:read"]);
  expect((await add()).data?.addConsumerScope?.consumers.scopes).toEqual(["cars:read"]);
  const remove = () => sett.as("al").ask(RemoveConsumerScopeDocument, { input });
  expect((await remove()).data?.removeConsumerScope?.consumers.scopes).toEqual([]);
  expect((await remove()).codes).toEqual(["NOT_FOUND"]);
});

const bad: [string, object, string][] = [
  ["a username that climbs", { username: "../apps" }, "input.username"],
  ["no username", { username: "" }, "input.username"],
  ["an e-mail address that is none", { email: "nope" }, "input.email"],
  ["an address that is none", { redirectUri: "javascript:alert(1)" }, "input.redirectUri"],
  ["a name of nothing but spaces", { firstname: "  " }, "input.firstname"],
];

test.each(bad)("%s is refused at its place, and nobody is asked", async (_what, more, field) => {
  const sett = await startSett();
  const { errors } = await createUser(sett, "joe", more);
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
  expect(sett.upstreamCalls()).toEqual([]);
});

test("a username that is taken is said to be, and so is an application's name of one user", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  const again = await createUser(sett, "joe");
  expect(again.errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.username" }] });
  await createApp(sett, "joe", "app");
  const app = await createApp(sett, "joe", "app");
  expect(app.errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.name" }] });
  const nobody = await createApp(sett, "nobody", "app");
  expect(nobody.errors[0]?.extensions).toMatchObject({ problems: [{ field: "input.user" }] });
});

test("a change of somebody who is not there is absent, and the calls after it are answered", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  for (let round = 0; round < 5; round += 1) {
    const missing = await sett
      .as("al")
      .ask(UpdateConsumerUserDocument, { input: { ...at, user: "nobody", firstname: "N" } });
    expect(missing.codes).toEqual(["NOT_FOUND"]);
    const innocent = await sett
      .as("al")
      .ask(UpdateConsumerUserDocument, { input: { ...at, user: "joe", firstname: `Joe ${round}` } });
    expect(innocent.codes).toEqual([]);
  }
});

test("the connection that the gateway breaks after a change of somebody unknown is nobody's who comes next", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  // Between the look and the change somebody else deletes the user.
  sett.sandbox.gateways.server.faults.set(
    { mode: "misreport", status: 200, headers: { "content-type": "application/json" }, body: userBody },
    { method: "GET", path: /users\/nobody$/ },
  );
  const lost = await sett
    .as("al")
    .ask(UpdateConsumerUserDocument, { input: { ...at, user: "nobody", firstname: "N" } });
  expect(lost.codes).toHaveLength(1);
  expect((await createUser(sett, "jane")).codes).toEqual([]);
  const writes = upstreamWrites(sett).filter((call) => call.includes("POST"));
  expect(writes).toEqual([
    "gateway-admin POST /gateway-demo-dev/users",
    "gateway-admin POST /gateway-demo-dev/users",
  ]);
});

test("no call is made on a connection that an earlier one was answered on, which the gateway may have broken", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  await consumersOf(sett);
  const connections = sett.sandbox.gateways.server.requests.map(({ headers }) => headers.connection);
  expect(connections.length).toBeGreaterThan(4);
  expect(new Set(connections)).toEqual(new Set(["close"]));
});

const userBody = JSON.stringify({ id: "nobody", username: "nobody", isActive: true, firstname: "X" });

test.each([
  ["cut off", { mode: "lose" } as const],
  ["answered 500", { mode: "misreport", status: 500, body: "boom in /srv/x.js" } as const],
])("a user whose making was done and %s is there, and made once", async (_what, fault) => {
  const sett = await startSett();
  sett.sandbox.gateways.server.faults.set(fault, { method: "POST", times: 1 });
  const { data, codes } = await createUser(sett, "joe");
  expect(codes).toEqual([]);
  expect(data?.createConsumerUser?.user.username).toBe("joe");
  expect(upstreamWrites(sett)).toEqual(["gateway-admin POST /gateway-demo-dev/users"]);
});

test("a user whose making was not done is told to be an outage, and is not sent twice", async () => {
  const sett = await startSett();
  sett.sandbox.gateways.server.faults.set({ mode: "drop" }, { method: "POST" });
  const { errors, text } = await createUser(sett, "joe");
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "gateway-admin" });
  expect(text).not.toContain("127.0.0.1");
  expect(upstreamWrites(sett)).toEqual(["gateway-admin POST /gateway-demo-dev/users"]);
});

test("what the gateway says in plain text of a field is said of that field", async () => {
  const sett = await startSett();
  const body = 'data.email should match format "email"';
  sett.sandbox.gateways.server.faults.set({ mode: "answer", status: 500, body }, { method: "POST" });
  const { errors } = await createUser(sett, "joe");
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.email", message: 'should match format "email"' }],
  });
});

test("while the gateway is down its callers are null and said to be unavailable, and the rest is answered", async () => {
  const sett = await startSett();
  await sett.sandbox.gateways.server.stop();
  const { consumers, codes } = await consumersOf(sett);
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE"]);
  expect(consumers).toEqual({ users: null, apps: null, scopes: null });
});
