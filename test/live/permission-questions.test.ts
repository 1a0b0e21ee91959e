import { expect, test, vi } from "vitest";
import {
  FollowStatusDocument,
  ProjectChangedDocument,
  SetCollaboratorDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { toldUntil } from "./status.following.ts";

const demos = { producer: "demo" };
const slow = { PERMISSION_TTL: "1h", VIEWER_TTL: "1h" };
const quick = { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms", PERMISSION_GRACE: "1h" };
const functions = { owner: "customer-demo", name: "functions" };

/** How often Gitea was asked about the functions since this was last counted. */
const questions = (sett: Sett) =>
  sett.upstreamCalls().filter((call) => call === "gitea GET /api/v1/repos/customer-demo/functions").length;

/** So many subscriptions of zu's, who lacks the functions, one after the other. */
async function follow(sett: Sett, count: number) {
  const following = Array.from({ length: count }, () => sett.as("zu").subscribe(FollowStatusDocument, demos));
  for (const each of following) expect((await each.event()).data?.projectStatus.functions).toBeNull();
  return following;
}

const rightsChanged = (sett: Sett, repository: { owner: string; name: string }) =>
  sett.gateway.hub.publish("rightsChanged", "all", repository);

const letIn = async (sett: Sett) => {
  const input = { repo: functions, login: "customer-zu", level: "READ" } as const;
  expect((await sett.as("demo").ask(SetCollaboratorDocument, { input })).codes).toEqual([]);
};

test("who lacks a permission is asked about once, however many subscriptions would show more with it", async () => {
  const sett = await startSett({ env: slow });
  const following = await follow(sett, 10);
  expect(questions(sett)).toBe(1);
  rightsChanged(sett, functions);
  await vi.waitFor(() => expect(questions(sett)).toBe(1), { timeout: 5000 });
  await follow(sett, 1);
  expect(questions(sett)).toBe(0);
  await letIn(sett);
  for (const each of following) await toldUntil(each, (status) => status.functions !== null);
  // Besides those of the mutation's own: who may let somebody in.
  expect(questions(sett)).toBeLessThanOrEqual(3);
});

test("nobody is asked about a permission because rights to another repository were changed", async () => {
  const sett = await startSett({ env: slow });
  const demo = sett.as("demo").subscribe(FollowStatusDocument, demos);
  await demo.event();
  const [zu] = await follow(sett, 3);
  sett.upstreamCalls();
  for (const [owner, name] of [
    ["customer-eve", "dev"],
    ["customer-eve", "functions"],
    ["customer-demo", "notes"],
  ] as const) {
    rightsChanged(sett, { owner, name });
  }
  // By the time that somebody else's question is answered, all that was asked before has come.
  await sett.as("eve").askText('{ repo(owner: "customer-demo", name: "dev") { name } }');
  expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/repos/customer-demo/dev"]);
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "functions", "customer-zu", "read");
  rightsChanged(sett, { owner: "Customer-Demo", name: "Functions" });
  if (zu) await toldUntil(zu, (status) => status.functions !== null);
});

test("a right that is given while it is being asked for is found at once", async () => {
  const sett = await startSett({ env: slow });
  const [zu] = await follow(sett, 1);
  questions(sett);
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { path: /customer-demo\/functions$/, times: 1 });
  rightsChanged(sett, functions);
  await vi.waitFor(() => expect(questions(sett)).toBe(1), { timeout: 5000 });
  await letIn(sett);
  if (zu) await toldUntil(zu, (status) => status.functions !== null);
});

test("an outage of Gitea lets nobody in on what was granted before it, and ends nothing that runs", async () => {
  const sett = await startSett({ env: quick });
  const running = sett.as("al").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  sett.upstreamCalls();
  sett.sandbox.gitea.faults.set({ mode: "drop" });
  const isAsked = () => expect(sett.upstreamCalls()).toContain("gitea GET /api/v1/repos/customer-demo/dev");
  await vi.waitFor(isAsked, { timeout: 5000 });
  const late = await sett.as("al").subscribe(ProjectChangedDocument, demos).event();
  expect(late.codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  sett.sandbox.gitea.faults.clear();
  // By then Gitea may have been left alone for a while.
  const isBack = async () =>
    expect((await sett.as("demo").askText("{ viewer { login } }")).codes).toEqual([]);
  await vi.waitFor(isBack, { timeout: 10_000 });
  const again = sett.as("al").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(2);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  expect((await running.event()).codes).toEqual(["NOT_FOUND"]);
  expect((await again.event()).codes).toEqual(["NOT_FOUND"]);
});

test("a strategy that breaks while a subscription runs counts as an outage", async () => {
  let isBroken = false;
  let asked = 0;
  const sett = await startSett({
    env: quick,
    strategies: [
      {
        name: "test",
        recognise: ({ authorization }) => {
          asked += 1;
          if (isBroken) throw new Error("the identity provider is away");
          return authorization === undefined ? undefined : { kind: "sudo", login: authorization };
        },
      },
    ],
  });
  const watching = sett.showing("customer-al").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  isBroken = true;
  asked = 0;
  await vi.waitFor(() => expect(asked).toBeGreaterThan(4), { timeout: 5000 });
  isBroken = false;
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  expect((await watching.event()).codes).toEqual(["NOT_FOUND"]);
});
