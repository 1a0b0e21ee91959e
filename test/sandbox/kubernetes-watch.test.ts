import { expect, it } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import {
  addPod,
  addRunningPod,
  ask,
  cluster,
  eachTestHasAnApi,
  kubernetes,
  listPods,
  podsPath,
  watch,
} from "./kubernetes.harness.ts";

eachTestHasAnApi();

function named({ type, object }: { type: string; object: { metadata: Record<string, unknown> } }): string {
  return `${type} ${String(object.metadata["name"])}`;
}

it("a watch from a list's version tells of everything since, in the order of the versions", async () => {
  addPod("before");
  const { version } = await listPods();
  addPod("between");
  const watched = await watch(`resourceVersion=${version}`);
  addPod("after");
  cluster.deletePod("before");
  const events = await watched.take(4);
  expect(events.map(named)).toEqual(["ADDED between", "ADDED after", "MODIFIED before", "DELETED before"]);
  const versions = events.map(({ object }) => Number(object.metadata["resourceVersion"]));
  expect(versions).toEqual([...versions].sort((one, other) => one - other));
  watched.stop();
});

it("a watch of one pod, by its name, is told of no other", async () => {
  addPod("one");
  const watched = await watch("fieldSelector=metadata.name%3Done");
  addPod("two");
  cluster.deletePod("one");
  expect((await watched.take(3)).map(named)).toEqual(["ADDED one", "MODIFIED one", "DELETED one"]);
  watched.stop();
});

it("a change that changes nothing is no event and no version", async () => {
  addPod("same");
  const { version } = cluster.store;
  cluster.change(pods, "same", (pod) => ({ ...pod, status: { ...pod.status } }));
  expect(cluster.store.version).toBe(version);
});

it("history that is forgotten cannot be watched, listed or paged on from, and open watches go on", async () => {
  for (const name of ["a", "b", "c"]) addPod(name);
  const { version, next = "" } = await listPods("limit=1");
  addPod("d");
  const watched = await watch(`resourceVersion=${version}`);
  cluster.compact();
  const late = await (await watch(`resourceVersion=${version}`)).rest();
  expect(late).toMatchObject([{ type: "ERROR", object: { code: 410, reason: "Expired" } }]);
  const gone = await ask(`GET ${podsPath}?limit=1&continue=${next}`);
  expect(gone.status).toBe(410);
  const { metadata } = (await gone.json()) as { metadata: { continue: string } };
  // With the token that the refusal holds the rest can be had, as it is now.
  expect(await listPods(`continue=${metadata.continue}`)).toMatchObject({ names: ["b", "c", "d"] });
  addPod("e");
  expect((await watched.take(2)).map(named)).toEqual(["ADDED d", "ADDED e"]);
  watched.stop();
});

it("pages show what was there when the first of them was asked for", async () => {
  for (const name of ["a", "b", "c"]) addPod(name);
  const first = await listPods("limit=2");
  cluster.deletePod("c");
  addPod("d");
  const second = await listPods(`limit=2&continue=${first.next ?? ""}`);
  expect([first.names, second.names, second.version]).toEqual([["a", "b"], ["c"], first.version]);
  expect((await listPods()).names).toEqual(["a", "b", "d"]);
});

it("bookmarks tell of the version alone, to those who asked, and only if something has changed", async () => {
  const from = `resourceVersion=${cluster.store.version}`;
  const told = await watch(`${from}&allowWatchBookmarks=true&labelSelector=app%3Dnone&timeoutSeconds=1`);
  const untold = await watch(`${from}&labelSelector=app%3Dnone&timeoutSeconds=1`);
  cluster.watches.bookmark();
  addPod("elsewhere");
  cluster.watches.bookmark();
  cluster.watches.bookmark();
  expect(await told.rest()).toEqual([
    {
      type: "BOOKMARK",
      object: {
        kind: "Pod",
        apiVersion: "v1",
        metadata: { resourceVersion: String(cluster.store.version) },
        spec: { containers: null },
        status: {},
      },
    },
  ]);
  expect(await untold.rest()).toEqual([]);
});

it("a stalled watch stays open and silent while lists are answered, and tells of everything once it may", async () => {
  const watched = await watch(`resourceVersion=${cluster.store.version}&timeoutSeconds=1`);
  cluster.watches.stall();
  addPod("late");
  const ends = watched.rest();
  const listed = await listPods();
  expect(listed.names).toEqual(["late"]);
  expect(cluster.watches.size).toBe(1);
  cluster.watches.resume();
  expect((await ends).map(named)).toEqual(["ADDED late"]);
});

it("watches can be cut, ended, told that they are expired, held up, and ended as soon as they begin", async () => {
  const open = () => watch(`resourceVersion=${cluster.store.version}`);
  const cut = await open();
  cluster.watches.drop();
  await expect(cut.rest()).rejects.toThrow();
  const ended = await open();
  cluster.watches.end();
  expect(await ended.rest()).toEqual([]);
  const expired = await open();
  cluster.watches.expire();
  expect(await expired.rest()).toMatchObject([{ type: "ERROR", object: { code: 410 } }]);
  cluster.watches.delayMs = 40;
  const delayed = await open();
  const begun = Date.now();
  addPod("first");
  cluster.watches.delayMs = 0;
  addPod("second");
  expect((await delayed.take(2)).map(named)).toEqual(["ADDED first", "ADDED second"]);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(35);
  cluster.watches.drop();
  cluster.watches.endsAtOnce = true;
  expect(await (await open()).rest()).toEqual([]);
});

it("a line that is no JSON can be put into a watch", async () => {
  const watched = await watch(`resourceVersion=${cluster.store.version}`);
  cluster.watches.write('{"type":"ADDED","obj\n');
  await expect(watched.take(1)).rejects.toThrow(SyntaxError);
});

it("a cluster that goes back to an older version has what it had then, and is silent to who knows more", async () => {
  addPod("kept");
  const { version } = cluster.store;
  addPod("lost");
  const ahead = cluster.store.version;
  cluster.deletePod("kept");
  cluster.rewind(version);
  expect(await listPods()).toMatchObject({ names: ["kept"], version: String(version) });
  const silent = await watch(`resourceVersion=${ahead + 10}&timeoutSeconds=1`);
  addPod("unheard");
  expect(await silent.rest()).toEqual([]);
  expect((await ask(`GET ${podsPath}?resourceVersion=${ahead + 10}`)).status).toBe(504);
});

it("the API can be stopped and listens again at the same address, with all that there was", async () => {
  addRunningPod("still");
  const watched = await watch("");
  await kubernetes.server.stop();
  await expect(watched.rest()).rejects.toThrow();
  await kubernetes.server.resume();
  expect((await listPods()).names).toEqual(["still"]);
});

it("a token that is taken away is refused from then on, and a watch that it began goes on", async () => {
  const watched = await watch("", { as: "gateway" });
  cluster.access.revoke("gateway-token");
  expect((await ask(`GET ${podsPath}`, { as: "gateway" })).status).toBe(401);
  addPod("told");
  expect((await watched.take(1)).map(named)).toEqual(["ADDED told"]);
  watched.stop();
});

it.each([
  ["app=one", ["a"]],
  ["app!=one", ["b", "c"]],
  ["app in (one,two)", ["a", "b"]],
  ["app notin (one),tier", ["b"]],
  ["!app", ["c"]],
  ["tier==x,app", ["a", "b"]],
])("the labels %s select %j", async (selector, names) => {
  addPod("a", { app: "one", tier: "x" });
  addPod("b", { app: "two", tier: "x" });
  addPod("c");
  expect((await listPods(`labelSelector=${encodeURIComponent(selector)}`)).names).toEqual(names);
});
