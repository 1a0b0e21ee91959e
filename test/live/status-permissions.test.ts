import { expect, test } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { FollowStatusDocument, ReadStatusDocument } from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { toldUntil } from "./status.following.ts";

const demos = { producer: "demo" };
const quick = { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" };
const slow = { PERMISSION_TTL: "1h", VIEWER_TTL: "1h" };

const follow = (sett: Sett, person: PersonName) => sett.as(person).subscribe(FollowStatusDocument, demos);

function crash({ sandbox }: Sett, start: string): void {
  const { cluster } = sandbox.kubernetes;
  const found = cluster.list(pods).find(({ metadata }) => metadata.name.startsWith(start));
  cluster.crash(found?.metadata.name ?? "");
}

const sees = { workspace: { running: true }, gateways: [{ running: true }] };

test.each([
  ["demo", { ...sees, slsApi: { running: true }, functions: [{ name: "hello" }] }],
  ["al", { ...sees, slsApi: { running: true }, functions: [{ name: "hello" }] }],
  ["admin", { ...sees, slsApi: { running: true }, functions: [{ name: "hello" }] }],
  ["zu", { ...sees, slsApi: null, functions: null }],
] as const)("%s is told of what they may read, by query and by subscription", async (person, status) => {
  const sett = await startSett();
  expect((await follow(sett, person).event()).data?.projectStatus).toMatchObject(status);
  const { data } = await sett.as(person).ask(ReadStatusDocument, demos);
  expect(data?.project?.status).toMatchObject(status);
});

test.each([
  ["eve", "NOT_FOUND"],
  ["nobody", "UNAUTHENTICATED"],
] as const)("%s is told %s, and the cluster is asked nothing", async (person, code) => {
  const sett = await startSett();
  expect((await follow(sett, person).event()).codes).toEqual([code]);
  const absent = sett.as(person).subscribe(FollowStatusDocument, { producer: "nosuch" });
  expect((await absent.event()).codes).toEqual([code]);
  expect(sett.upstreamCalls().filter((call) => !call.startsWith("gitea GET"))).toEqual([]);
});

test("who loses the functions while watching is told of them no more, and who has them is", async () => {
  const sett = await startSett({ env: quick });
  const [demo, al] = [follow(sett, "demo"), follow(sett, "al")];
  await Promise.all([demo.event(), al.event()]);
  const { platform } = sett.sandbox.gitea;
  platform.removeCollaborator("customer-demo", "functions", "customer-al");
  expect(await toldUntil(al, () => true)).toMatchObject({ ...sees, slsApi: null, functions: null });
  crash(sett, "fn-demo-dev-hello");
  await toldUntil(demo, ({ functions }) => functions?.[0]?.failed === true);
  crash(sett, "workspace-demo-dev");
  expect(await toldUntil(al, () => true)).toMatchObject({ workspace: { failed: true }, functions: null });
  platform.setCollaborator("customer-demo", "functions", "customer-al", "read");
  expect(await toldUntil(al, ({ functions }) => functions !== null)).toMatchObject({
    functions: [{ failed: true }],
  });
});

test("functions that are taken away through the gateway are gone at once, however long answers are kept", async () => {
  const sett = await startSett({ env: slow });
  const al = follow(sett, "al");
  await al.event();
  const { codes } = await sett
    .as("demo")
    .askText(
      'mutation { removeCollaborator(input: { repo: { owner: "customer-demo", name: "functions" }, login: "customer-al" }) { login } }',
    );
  expect(codes).toEqual([]);
  expect(await toldUntil(al, () => true)).toMatchObject({ functions: null });
});

test("who loses the project is told nothing more", async () => {
  const sett = await startSett({ env: quick });
  const zu = follow(sett, "zu");
  await zu.event();
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-zu");
  expect((await zu.event()).codes).toEqual(["NOT_FOUND"]);
  expect(await zu.next()).toMatchObject({ done: true });
});

test("the functions stay as they were told while Gitea cannot be asked", async () => {
  const sett = await startSett({ env: { ...quick, PERMISSION_GRACE: "1h" } });
  const al = follow(sett, "al");
  await al.event();
  await sett.sandbox.gitea.stop();
  crash(sett, "fn-demo-dev-hello");
  expect(await toldUntil(al, () => true)).toMatchObject({ functions: [{ failed: true }] });
});
