import { expect, test } from "vitest";
import { FollowDeploymentsDocument } from "../generated/operations.ts";
import { resourcesOf } from "../graph/deployments.asking.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { deployed, deploymentsUntil, type ToldDeployments } from "./deployments.following.ts";

const demos = { producer: "demo" };
const quick = { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" };

const follow = (sett: Sett, person: PersonName = "demo") =>
  sett.as(person).subscribe(FollowDeploymentsDocument, demos);

const kindsOf = ({ resources }: ToldDeployments) => [...new Set(resources.map(({ kind }) => kind))];
const failing = { type: "Ready", reason: "Failing", message: "It does not get ready." };

test.each([
  ["demo", ["WORKSPACE", "GATEWAY", "FUNCTION"]],
  ["al", ["WORKSPACE", "GATEWAY", "FUNCTION"]],
  ["admin", ["WORKSPACE", "GATEWAY", "FUNCTION"]],
  ["zu", ["WORKSPACE", "GATEWAY"]],
] as const)("%s is told first what there is, as far as they may read it", async (person, kinds) => {
  const sett = await startSett();
  const told = await deploymentsUntil(follow(sett, person), ({ staleSince }) => staleSince === null);
  expect(kindsOf(told)).toEqual(kinds);
  expect(told.staleReason).toBe(null);
});

test.each([
  ["eve", "NOT_FOUND"],
  ["nobody", "UNAUTHENTICATED"],
] as const)("%s is told %s, and the cluster is asked nothing", async (person, code) => {
  const sett = await startSett();
  expect((await follow(sett, person).event()).codes).toEqual([code]);
  const { requests } = sett.sandbox.kubernetes.server;
  expect(requests.filter(({ path }) => path.includes("sett.lunchbadger.io"))).toEqual([]);
});

test("each change is told to all who follow, and only what one may read", async () => {
  const sett = await startSett();
  const [demo, zu] = [follow(sett), follow(sett, "zu")];
  await Promise.all([demo.event(), zu.event()]);
  const resources = resourcesOf(sett);
  await resources.say("FUNCTION", "demo-dev-hello", failing);
  const told = await deploymentsUntil(demo, (now) => JSON.stringify(now).includes("Failing"));
  expect(deployed(told, "FUNCTION")).toBeDefined();
  await resources.say("GATEWAY", "demo-dev-gateway", failing);
  await deploymentsUntil(demo, (now) => deployed(now, "GATEWAY")?.summary === failing.message);
  // The first that zu is told is of the gateway: of functions there was nothing to tell.
  const next = await deploymentsUntil(zu, () => true);
  expect(deployed(next, "GATEWAY")?.summary).toBe(failing.message);
  expect(kindsOf(next)).toEqual(["WORKSPACE", "GATEWAY"]);
});

test("while functions were never listed, who may read them is told so, not that there are none", async () => {
  const sett = await startSett({
    prepare: ({ kubernetes }) =>
      kubernetes.server.faults.set(
        { mode: "answer", status: 403, body: "{}" },
        { path: /sett\.lunchbadger\.io\/v1\/.*\/functions/ },
      ),
  });
  expect((await follow(sett).event()).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  const { data } = await follow(sett, "zu").event();
  expect(data && kindsOf(data.projectDeployments)).toEqual(["WORKSPACE", "GATEWAY"]);
});

test("who is slow is told the newest, once", async () => {
  const sett = await startSett();
  const following = follow(sett);
  await following.event();
  const resources = resourcesOf(sett);
  for (const count of [1, 2, 3, 4, 5]) {
    await resources.say("WORKSPACE", "demo-dev", { ...failing, message: `It has failed ${count} times.` });
  }
  const last = await deploymentsUntil(
    following,
    (now) => deployed(now, "WORKSPACE")?.summary.includes("5") === true,
  );
  expect(deployed(last, "WORKSPACE")?.summary).toBe("It has failed 5 times.");
});

test("who loses the functions while following is told of them no more, and who gets them is", async () => {
  const sett = await startSett({ env: quick });
  const al = follow(sett, "al");
  await al.event();
  const { platform } = sett.sandbox.gitea;
  platform.removeCollaborator("customer-demo", "functions", "customer-al");
  expect(kindsOf(await deploymentsUntil(al, () => true))).toEqual(["WORKSPACE", "GATEWAY"]);
  platform.setCollaborator("customer-demo", "functions", "customer-al", "read");
  expect(kindsOf(await deploymentsUntil(al, () => true))).toEqual(["WORKSPACE", "GATEWAY", "FUNCTION"]);
});

test("who loses the project is told nothing more", async () => {
  const sett = await startSett({ env: quick });
  const zu = follow(sett, "zu");
  await zu.event();
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-zu");
  expect((await zu.event()).codes).toEqual(["NOT_FOUND"]);
  expect(await zu.next()).toMatchObject({ done: true });
});

test("while the cluster is away all is told as it was, with since when, and as it is when it is back", async () => {
  const sett = await startSett();
  const following = follow(sett);
  await following.event();
  const { server } = sett.sandbox.kubernetes;
  await server.stop();
  const stale = await deploymentsUntil(following, ({ staleSince }) => staleSince !== null);
  expect(stale).toMatchObject({ staleReason: "UNREACHABLE", resources: [{ kind: "WORKSPACE" }, {}, {}, {}] });
  await server.resume();
  await deploymentsUntil(following, ({ staleSince }) => staleSince === null);
  await resourcesOf(sett).say("GATEWAY", "demo-dev-gateway", failing);
  await deploymentsUntil(following, (now) => deployed(now, "GATEWAY")?.summary === failing.message);
});

test("one watch of each kind is all that many who follow cost the cluster", async () => {
  const sett = await startSett();
  for (const person of ["demo", "al", "zu", "admin", "demo"] as const) await follow(sett, person).event();
  const lists = sett.sandbox.kubernetes.server.requests.filter(
    ({ path }) => path.includes("sett.lunchbadger.io") && !path.includes("watch=true"),
  );
  expect(lists).toHaveLength(4);
  expect(await sett.measured('sett_watch_phase{watch="gateways",phase="live"}')).toBe(1);
});
