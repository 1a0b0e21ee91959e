import { expect, test, vi } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { FollowPodLogDocument } from "../generated/operations.ts";
import { clusterCalls, podOf } from "../graph/pods.asking.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

type Start = Omit<Parameters<ReturnType<Sett["as"]>["subscribe"]>[1], "id"> & {
  readonly tailLines?: number;
  readonly after?: string;
  readonly container?: string;
};

/** Somebody who follows a pod's log. */
function followAs(sett: Sett, person: PersonName, start: Start = {}, kind?: "WORKSPACE" | "FUNCTION") {
  const { id } = podOf(sett, kind);
  const following = sett.as(person).subscribe(FollowPodLogDocument, { id, ...start });
  const chunk = async () => {
    const { data, codes } = await following.event();
    expect(codes).toEqual([]);
    if (!data) throw new Error("no chunk");
    return data.podLogs;
  };
  /** The texts of the next lines, as many as there are to be. */
  const texts = async (count: number) => {
    const told: string[] = [];
    while (told.length < count) told.push(...(await chunk()).lines.map(({ text }) => text));
    return told;
  };
  return { following, chunk, texts };
}

const followed = ({ sandbox }: Sett) => sandbox.kubernetes.cluster.logs.following;

test("who follows a log gets its last lines and then each line that is written", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  cluster.write(name, "one", "two", "three");
  const { chunk, texts } = followAs(sett, "zu", { tailLines: 2 });
  expect(await chunk()).toMatchObject({
    lines: [{ text: "two", cut: false }, { text: "three" }],
    missed: 0,
    restarted: false,
    gap: false,
    staleSince: null,
  });
  cluster.write(name, "four");
  expect(await texts(1)).toEqual(["four"]);
});

test("all who follow one log share one conversation with the cluster, which ends with the last of them", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  const all = (["demo", "al", "zu", "admin"] as const).map((person) => followAs(sett, person));
  await Promise.all(all.map(({ chunk }) => chunk()));
  await vi.waitFor(() => expect(followed(sett)).toBe(1), { timeout: 10_000 });
  cluster.write(name, "for all");
  for (const { texts } of all) expect(await texts(1)).toEqual(["for all"]);
  expect(clusterCalls(sett, /follow=true/)).toHaveLength(1);
  expect(await sett.measured('sett_pod_logs{count="followed"}')).toBe(1);
  for (const { following } of all) await following.return();
  await sett.subscriptionsRun(0);
  await vi.waitFor(() => expect(followed(sett)).toBe(0), { timeout: 10_000 });
  expect(await sett.measured('sett_pod_logs{count="followed"}')).toBe(0);
});

test("of lines that are told to many one answer is made for all who ask for the same", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  const all = (["demo", "al", "zu", "admin"] as const).map((person) =>
    followAs(sett, person, { tailLines: 0 }),
  );
  await Promise.all(all.map(({ chunk }) => chunk()));
  await vi.waitFor(() => expect(followed(sett)).toBe(1), { timeout: 10_000 });
  const made = () => sett.measured("sett_subscription_payloads_total");
  const before = await made();
  cluster.write(name, "for all");
  for (const { texts } of all) expect(await texts(1)).toEqual(["for all"]);
  expect(await made()).toBe(before + 1);
});

test("a log that is cut in the middle of a line goes on with nothing lost or told twice", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  const { chunk, texts } = followAs(sett, "demo", { tailLines: 0 });
  await chunk();
  cluster.logs.clock = "2027-11-20T10:00:00.000000001Z";
  cluster.write(name, "one", "two");
  expect(await texts(2)).toEqual(["one", "two"]);
  cluster.logs.drop("2027-11-20T10:00:00.000000001Z thr");
  cluster.write(name, "three", "four");
  expect(await texts(2)).toEqual(["three", "four"]);
});

test("a node that cannot be reached is told with the time since when, and its lines once it can", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  const { chunk, texts } = followAs(sett, "zu", { tailLines: 0 });
  expect((await chunk()).staleSince).toBeNull();
  await vi.waitFor(() => expect(followed(sett)).toBe(1), { timeout: 10_000 });
  cluster.logs.isReachable = false;
  cluster.logs.drop();
  expect(await chunk()).toMatchObject({ lines: [], staleSince: expect.any(String) as string });
  cluster.write(name, "meanwhile");
  cluster.logs.isReachable = true;
  expect(await texts(1)).toEqual(["meanwhile"]);
});

test("a node that cannot be reached from the start is told, and its last lines as soon as it can", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  cluster.write(podOf(sett).name, "one", "two");
  cluster.logs.isReachable = false;
  const { chunk } = followAs(sett, "zu", { tailLines: 1 });
  expect(await chunk()).toMatchObject({ lines: [], staleSince: expect.any(String) as string });
  cluster.logs.isReachable = true;
  await vi.waitFor(
    async () => expect(await chunk()).toMatchObject({ lines: [{ text: "two" }], staleSince: null }),
    { timeout: 10_000 },
  );
});

test("a container that is started again is followed on, and that is told", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  const { chunk, texts } = followAs(sett, "al", { tailLines: 0 });
  await chunk();
  cluster.write(name, "last words");
  expect(await texts(1)).toEqual(["last words"]);
  cluster.crash(name);
  cluster.recover(name);
  cluster.write(name, "hello again");
  expect(await chunk()).toMatchObject({ lines: [{ text: "hello again" }], restarted: true, gap: false });
});

test("a log that is begun anew while it is not read tells that lines are missing", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name, uid } = podOf(sett);
  const { chunk, texts } = followAs(sett, "al", { tailLines: 0 });
  await chunk();
  cluster.write(name, "one");
  expect(await texts(1)).toEqual(["one"]);
  cluster.logs.rotate(uid, "workspace");
  cluster.logs.drop();
  cluster.write(name, "three");
  expect(await chunk()).toMatchObject({ lines: [{ text: "three" }], restarted: false, gap: true });
});

test("with the pod the log is complete", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  const { chunk, texts, following } = followAs(sett, "demo", { tailLines: 0 });
  await chunk();
  cluster.write(name, "farewell");
  expect(await texts(1)).toEqual(["farewell"]);
  cluster.remove(pods, name);
  expect((await following.next()).done).toBe(true);
});

test("who comes back goes on after the last line that was told, also where several are of one moment", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  cluster.logs.clock = "2027-11-20T10:00:00.000000001Z";
  cluster.write(name, "same", "same", "same");
  const first = followAs(sett, "zu", { tailLines: 3 });
  const { lines } = await first.chunk();
  await first.following.return();
  await sett.subscriptionsRun(0);
  cluster.write(name, "same", "other");
  const { chunk } = followAs(sett, "zu", { after: lines[1]?.position ?? "" });
  expect(await chunk()).toMatchObject({
    lines: [{ text: "same" }, { text: "same" }, { text: "other" }],
    gap: false,
  });
});

test("who comes back after too long is told that lines are missing", async () => {
  const sett = await startSett();
  const { chunk } = followAs(sett, "zu", { after: "2020-01-01T00:00:00.000000000Z.AAAAAAAA.1" });
  expect(await chunk()).toMatchObject({ gap: true });
});

test("lines of functions are not for zu, and end for al when he may read functions no longer", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "100ms", VIEWER_TTL: "100ms" } });
  const { cluster } = sett.sandbox.kubernetes;
  const refused = await followAs(sett, "zu", {}, "FUNCTION").following.event();
  expect(refused.codes).toEqual(["NOT_FOUND"]);
  const { chunk, following } = followAs(sett, "al", { tailLines: 0 }, "FUNCTION");
  await chunk();
  await vi.waitFor(() => expect(followed(sett)).toBe(1), { timeout: 10_000 });
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "functions", "customer-al");
  expect((await following.event()).codes).toEqual(["NOT_FOUND"]);
  await vi.waitFor(() => expect(cluster.logs.following).toBe(0), { timeout: 10_000 });
});

test.each([
  [{ container: "nope" }, "container"],
  [{ tailLines: 2001 }, "tailLines"],
  [{ after: "yesterday" }, "after"],
])("%o is refused, and no log is opened", async (start, field) => {
  const sett = await startSett();
  const { errors } = await followAs(sett, "demo", start).following.event();
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
  expect(clusterCalls(sett, /\/log\?/)).toEqual([]);
});

test("more logs than may be followed at once are turned away, and those that are go on", async () => {
  const sett = await startSett({ env: { POD_LOG_LIMIT: "1" } });
  const first = followAs(sett, "demo", { tailLines: 0 });
  await first.chunk();
  const second = await followAs(sett, "al", {}, "FUNCTION").following.event();
  expect(second.codes).toEqual(["RATE_LIMITED"]);
  sett.sandbox.kubernetes.cluster.write(podOf(sett).name, "on");
  expect(await first.texts(1)).toEqual(["on"]);
});

test("a cluster that does not let the gateway read logs ends it with a refusal", async () => {
  const sett = await startSett();
  sett.sandbox.kubernetes.server.faults.set({ mode: "answer", status: 403, body: "{}" }, { path: /\/log\?/ });
  const { errors } = await followAs(sett, "demo").following.event();
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED", upstream: "kubernetes" });
});
