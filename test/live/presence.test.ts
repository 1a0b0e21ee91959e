import { expect, test } from "vitest";
import { PresenceDocument, WhoIsThereDocument, type PresenceSubscription } from "../generated/operations.ts";
import type { Subscribed } from "../support/live-client.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const demos = { producer: "demo" };
type Watching = Subscribed<PresenceSubscription>;

const loginsIn = (told: PresenceSubscription | null | undefined) =>
  told?.presence.people.map(({ login }) => login);

/** Reads on until those are told who are expected: what lies between may have been left out. */
async function toldOf(watching: Watching, ...logins: readonly string[]) {
  for (;;) {
    const { data } = await watching.event();
    if (JSON.stringify(loginsIn(data)) === JSON.stringify(logins)) return data?.presence;
  }
}

test("whoever subscribes is there, and is told so first; then of each who comes and goes, those first who came first", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.user("customer-demo").fullName = "Demo Person";
  const demo = sett.as("demo").subscribe(PresenceDocument, demos);
  const first = (await demo.event()).data?.presence;
  expect(first).toMatchObject({
    people: [{ login: "customer-demo", fullName: "Demo Person", connections: 1 }],
    others: 0,
    staleSince: null,
  });
  const al = sett.as("al").subscribe(PresenceDocument, demos);
  expect(loginsIn((await al.event()).data)).toEqual(["customer-demo", "customer-al"]);
  const both = await toldOf(demo, "customer-demo", "customer-al");
  expect(both?.people[0]?.since).toEqual(first?.people[0]?.since);
  await demo.return();
  await toldOf(al, "customer-al");
});

test("somebody in several tabs is one entry that says how many, and has gone with the last of them", async () => {
  const sett = await startSett();
  const zu = sett.as("zu").subscribe(PresenceDocument, demos);
  await zu.event();
  const tabs = [1, 2].map(() => sett.as("al").subscribe(PresenceDocument, demos));
  for (const tab of tabs) await tab.event();
  const connectionsOfAl = async () =>
    (await zu.event()).data?.presence.people.find(({ login }) => login === "customer-al")?.connections;
  await expect.poll(connectionsOfAl).toBe(2);
  await tabs[0]?.return();
  await expect.poll(connectionsOfAl).toBe(1);
  await tabs[1]?.return();
  await toldOf(zu, "customer-zu");
});

test("a socket that is cut takes its person along", async () => {
  const sett = await startSett();
  const demo = sett.as("demo").subscribe(PresenceDocument, demos);
  await demo.event();
  const { socket, begin, say } = await openSocket(sett.url);
  await begin("token al-token");
  const query = 'subscription { presence(producer: "demo") { others } }';
  say({ id: "1", type: "subscribe", payload: { query } });
  await toldOf(demo, "customer-demo", "customer-al");
  socket.terminate();
  await toldOf(demo, "customer-demo");
});

test("whose right is taken away is told no more, and is seen to go", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "1h", VIEWER_TTL: "1h" } });
  const demo = sett.as("demo").subscribe(PresenceDocument, demos);
  await toldOf(demo, "customer-demo");
  const al = sett.as("al").subscribe(PresenceDocument, demos);
  await toldOf(al, "customer-demo", "customer-al");
  await sett
    .as("demo")
    .askText(
      'mutation { unshareProject(input: { project: { producer: "demo" }, login: "customer-al" }) { project { env } } }',
    );
  await toldOf(demo, "customer-demo");
  expect((await al.event()).codes).toEqual(["NOT_FOUND"]);
});

test("who is on one project is not on another", async () => {
  const sett = await startSett();
  const admin = sett.as("admin").subscribe(PresenceDocument, { producer: "eve" });
  const eve = sett.as("eve").subscribe(PresenceDocument, { producer: "eve" });
  const demo = sett.as("demo").subscribe(PresenceDocument, demos);
  expect(loginsIn((await demo.event()).data)).toEqual(["customer-demo"]);
  await expect.poll(async () => loginsIn((await eve.event()).data)?.length).toBe(2);
  expect(await admin.event()).toMatchObject({ codes: [] });
});

test("who is there can be asked for without being there", async () => {
  const sett = await startSett();
  const asked = async () => (await sett.as("zu").ask(WhoIsThereDocument, demos)).data?.project?.presence;
  expect(await asked()).toEqual([]);
  const al = sett.as("al").subscribe(PresenceDocument, demos);
  await al.event();
  expect(await asked()).toEqual([{ login: "customer-al", connections: 1 }]);
  await al.return();
  await sett.subscriptionsRun(0);
  await expect.poll(asked).toEqual([]);
});
