import { randomBytes } from "node:crypto";
import { expect, test, vi } from "vitest";
import {
  ProjectChangedDocument,
  ProjectPushesDocument,
  RemoveCollaboratorDocument,
  SaveFileDocument,
  SetCollaboratorDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const demos = { producer: "demo" };

/** Gitea tells of pushes at once. */
const pushing = { timing: { hookDelayMs: 0 } };

const push = (
  sett: Sett,
  files: Record<string, string>,
  { repository = "dev", branch = "master", by = "customer-al" } = {},
) =>
  sett.sandbox.gitea.platform.push("customer-demo", repository, {
    branch,
    by,
    commits: [{ message: "By hand", files }],
  });

/** Says something on a producer's stream, as anybody who reaches configstore can. */
const forge = (sett: Sett, told: { owner?: string; repository?: string; ref?: string; after?: string }) =>
  fetch(`${sett.sandbox.addresses.configstore}/hook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ref: told.ref ?? "refs/heads/master",
      before: "0".repeat(40),
      after: told.after ?? randomBytes(20).toString("hex"),
      repository: { name: told.repository ?? "dev", owner: { username: told.owner ?? "customer-demo" } },
      commits: [],
    }),
  });

const hooks = (sett: Sett) =>
  sett.sandbox.configstore.requests.filter(({ path, status }) => path === "/hook" && status === 200).length;

const streams = (sett: Sett) =>
  sett.sandbox.configstore.requests.filter(({ path }) => path === "/change-stream/demo");

test("a push from outside reaches everybody on the project once: who, what and which commit", async () => {
  const sett = await startSett(pushing);
  const watching = (["demo", "zu"] as const).map((name) =>
    sett.as(name).subscribe(ProjectPushesDocument, demos),
  );
  await sett.subscriptionsRun(2);
  for (const name of ["first", "second"]) {
    const { id } = push(sett, { "notes.txt": name, "server/boot.js": name });
    for (const each of watching) {
      expect((await each.event()).data?.projectChanged).toEqual({
        by: "customer-al",
        kind: "PUSH",
        entities: ["files/notes.txt", "files/server/boot.js"],
        unnamed: 0,
        branch: "master",
        commit: id,
        author: "customer-al",
        external: true,
      });
    }
  }
  expect(streams(sett)).toHaveLength(1);
});

test("Gitea is asked once about a push, however many listen", async () => {
  const sett = await startSett(pushing);
  const watching = Array.from({ length: 20 }, (_, index) =>
    sett.as(index % 2 ? "demo" : "al").subscribe(ProjectPushesDocument, demos),
  );
  await sett.subscriptionsRun(20);
  sett.upstreamCalls();
  const { id } = push(sett, { "a.txt": "a" });
  for (const each of watching) expect((await each.event()).data?.projectChanged.commit).toBe(id);
  const asked = sett.upstreamCalls().filter((call) => call.includes("commits"));
  expect(asked).toEqual([
    `gitea GET /api/v1/repos/customer-demo/dev/git/commits/${id}?stat=false&verification=false`,
  ]);
});

test("a push of several commits names the files of all of them, each once, and a limited number", async () => {
  const sett = await startSett(pushing);
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`many/${index}.txt`, "x"]));
  sett.sandbox.gitea.platform.push("customer-demo", "dev", {
    commits: [
      { message: "One", files: { "a.txt": "1" } },
      { message: "Two", files: { "a.txt": "2", "b.txt": "2" } },
      { message: "Three", files: many },
    ],
  });
  const change = (await watching.event()).data?.projectChanged;
  expect(change?.entities).toHaveLength(100);
  expect(change?.unnamed).toBe(22);
});

test("a push to a new branch tells of its newest commit, and which branch it was", async () => {
  const sett = await startSett(pushing);
  const watching = sett.as("al").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const { id } = push(sett, { "idea.txt": "x" }, { branch: "idea/one" });
  expect((await watching.event()).data?.projectChanged).toMatchObject({
    branch: "idea/one",
    commit: id,
    entities: ["files/idea.txt"],
  });
});

test("what is saved comes back as a push of the platform's own, told as such", async () => {
  const sett = await startSett(pushing);
  const watching = sett.as("al").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  await sett
    .as("demo")
    .askText(
      'mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "server/a.txt", text: "a" }] }) { deleted } }',
    );
  const told = [await watching.event(), await watching.event()].map(({ data }) => data?.projectChanged);
  expect(told.find((each) => each?.kind === "FILES")).toMatchObject({ by: "customer-demo", external: null });
  expect(told.find((each) => each?.kind === "PUSH")).toMatchObject({
    by: null,
    author: "LunchBadger",
    external: false,
  });
});

test("a file that is saved in the repository is told as the commit that it is, and once", async () => {
  const sett = await startSett(pushing);
  const watching = sett.as("zu").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  for (const path of ["first.txt", "second.txt"]) {
    const { data } = await sett.as("al").ask(SaveFileDocument, {
      input: { repo: { owner: "customer-demo", name: "dev" }, path, content: "x" },
    });
    expect((await watching.event()).data?.projectChanged).toMatchObject({
      kind: "PUSH",
      by: "customer-al",
      commit: data?.saveRepoFile?.commitSha,
      entities: [`files/${path}`],
    });
  }
});

test("pushes to the functions are told to those who may read functions, and to nobody else", async () => {
  const sett = await startSett(pushing);
  const [demo, zu] = (["demo", "zu"] as const).map((name) =>
    sett.as(name).subscribe(ProjectPushesDocument, demos),
  );
  await sett.subscriptionsRun(2);
  push(
    sett,
    { "hello/handler.js": "//", "hello/more.js": "//", "README.md": "-" },
    { repository: "functions" },
  );
  expect((await demo?.event())?.data?.projectChanged).toMatchObject({
    kind: "PUSH",
    entities: ["files/README.md", "functions/hello"],
  });
  push(sett, { "after.txt": "x" });
  expect((await demo?.event())?.data?.projectChanged.entities).toEqual(["files/after.txt"]);
  expect((await zu?.event())?.data?.projectChanged.entities).toEqual(["files/after.txt"]);
});

test("who is let in to the functions hears of them from then on, and no longer once shut out", async () => {
  const sett = await startSett(pushing);
  const zu = sett.as("zu").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  let round = 0;
  const hearsOfFunctions = async () => {
    round += 1;
    push(sett, { [`hello/${round}.js`]: "//" }, { repository: "functions" });
    // Configstore has told of it before it hears of the next.
    await vi.waitFor(() => expect(hooks(sett)).toBe(2 * round - 1), { interval: 5, timeout: 5000 });
    push(sett, { [`round-${round}.txt`]: "x" });
    const heard: string[] = [];
    while (heard.at(-1) !== `files/round-${round}.txt`) {
      heard.push(...((await zu.event()).data?.projectChanged.entities ?? []));
    }
    return heard.includes("functions/hello");
  };
  const place = { repo: { owner: "customer-demo", name: "functions" }, login: "customer-zu" };
  expect(await hearsOfFunctions()).toBe(false);
  await sett.as("demo").ask(SetCollaboratorDocument, { input: { ...place, level: "READ" } });
  await vi.waitFor(async () => expect(await hearsOfFunctions()).toBe(true), { timeout: 10_000 });
  await sett.as("demo").ask(RemoveCollaboratorDocument, { input: place });
  await vi.waitFor(async () => expect(await hearsOfFunctions()).toBe(false), { timeout: 10_000 });
});

test("what is made up on the stream is told to nobody, nor what is another producer's", async () => {
  const sett = await startSett(pushing);
  const { platform } = sett.sandbox.gitea;
  platform.addUser({ login: "customer-demo-two", email: "two@customer.com" });
  platform.addRepository("customer-demo-two", "dev", { private: true });
  const theirs = platform.push("customer-demo-two", "dev", {
    commits: [{ message: "-", files: { a: "a" } }],
  });
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  await forge(sett, {});
  await forge(sett, { owner: "customer-demo-two", after: theirs.id });
  await forge(sett, { owner: "other-demo" });
  await forge(sett, { repository: "elsewhere" });
  await forge(sett, { repository: "../dev" });
  await forge(sett, { ref: "refs/tags/v1" });
  await forge(sett, { ref: "refs/heads/../x" });
  await forge(sett, { after: "not a commit" });
  await forge(sett, { ref: "refs/heads/master", after: "0".repeat(39) });
  const { id } = push(sett, { "real.txt": "x" });
  expect((await watching.event()).data?.projectChanged.commit).toBe(id);
});

/** What is told where changes may have gone unheard: nothing of what was heard. */
const unheard = {
  by: null,
  kind: "UNHEARD",
  entities: [],
  unnamed: 0,
  branch: null,
  commit: null,
  author: null,
  external: null,
};

test("of a push that Gitea cannot be asked about only that something may have been pushed is told", async () => {
  const sett = await startSett(pushing);
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const { faults } = sett.sandbox.gitea;
  faults.set({ mode: "answer", status: 502 }, { path: /\/git\/commits\// });
  await forge(sett, { owner: "customer-demo-two", ref: "refs/heads/merger-with-acme" });
  expect((await watching.event()).data?.projectChanged).toEqual(unheard);
  faults.clear();
  const { id } = push(sett, { "a.txt": "x" });
  expect((await watching.event()).data?.projectChanged.commit).toBe(id);
});

test("a branch that somebody says is gone is not named: it may be another producer's", async () => {
  const sett = await startSett(pushing);
  const [demo, zu] = (["demo", "zu"] as const).map((name) =>
    sett.as(name).subscribe(ProjectPushesDocument, demos),
  );
  await sett.subscriptionsRun(2);
  const gone = { owner: "customer-demo-two", ref: "refs/heads/merger-with-acme", after: "0".repeat(40) };
  await forge(sett, gone);
  expect((await demo?.event())?.data?.projectChanged).toEqual(unheard);
  expect((await zu?.event())?.data?.projectChanged).toEqual(unheard);
  await forge(sett, { ...gone, repository: "functions" });
  expect((await demo?.event())?.data?.projectChanged).toEqual(unheard);
  const { id } = push(sett, { "a.txt": "x" });
  expect((await zu?.event())?.data?.projectChanged.commit).toBe(id);
});

test("a file that is saved in the repository is told while Gitea cannot be asked about its commit", async () => {
  const sett = await startSett();
  const watching = sett.as("zu").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 502 }, { path: /\/git\/commits\// });
  const { data } = await sett.as("al").ask(SaveFileDocument, {
    input: { repo: { owner: "customer-demo", name: "dev" }, path: "a.txt", content: "x" },
  });
  expect((await watching.event()).data?.projectChanged).toEqual({
    ...unheard,
    kind: "PUSH",
    branch: "master",
    commit: data?.saveRepoFile?.commitSha,
    external: true,
  });
});

test("one who has lost the right does not keep others from learning who pushed", async () => {
  const sett = await startSett({ ...pushing, env: { PERMISSION_GRACE: "1h" } });
  const first = sett.as("al").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const second = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(2);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  push(sett, { "a.txt": "x" }, { by: "customer-demo" });
  expect((await second.event()).data?.projectChanged).toMatchObject({
    by: "customer-demo",
    entities: ["files/a.txt"],
  });
  await first.return();
});

test("the stream of a producer is open while somebody listens, and only then", async () => {
  const sett = await startSett(pushing);
  const wanted = () => sett.measured('sett_upstream_streams_wanted{upstream="configstore"}');
  const [one, other] = (["demo", "al"] as const).map((name) =>
    sett.as(name).subscribe(ProjectChangedDocument, demos),
  );
  await sett.subscriptionsRun(2);
  expect(await wanted()).toBe(1);
  expect(streams(sett)).toHaveLength(1);
  await one?.return();
  await sett.subscriptionsRun(1);
  expect(await wanted()).toBe(1);
  await other?.return();
  await sett.subscriptionsRun(0);
  expect(await wanted()).toBe(0);
  const again = sett.as("zu").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  push(sett, { "a.txt": "x" });
  expect((await again.event()).data?.projectChanged.entities).toEqual(["files/a.txt"]);
  expect(streams(sett)).toHaveLength(2);
});

test("after configstore was away, everybody learns that pushes may have gone unheard, and hears again", async () => {
  const sett = await startSett(pushing);
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  await sett.sandbox.configstore.stop();
  push(sett, { "unheard.txt": "x" });
  await sett.sandbox.configstore.resume();
  expect((await watching.event()).data?.projectChanged).toMatchObject({ kind: "UNHEARD", entities: [] });
  push(sett, { "heard.txt": "x" });
  expect((await watching.event()).data?.projectChanged.entities).toEqual(["files/heard.txt"]);
});

test("one who begins to listen while configstore is away is let in, and told when it is back", async () => {
  const sett = await startSett(pushing);
  const { configstore } = sett.sandbox;
  configstore.faults.set({ mode: "answer", status: 503 }, { path: /change-stream/ });
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  configstore.faults.clear();
  expect((await watching.event()).data?.projectChanged.kind).toBe("UNHEARD");
});

test("one who begins to listen is not kept waiting by a configstore that does not answer", async () => {
  const sett = await startSett(pushing);
  sett.sandbox.configstore.faults.set({ mode: "hang" }, { path: /change-stream/ });
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  await watching.return();
  await sett.subscriptionsRun(0);
});

test("a stream that ends at once is asked for ever less often", async () => {
  const sett = await startSett(pushing);
  const { configstore } = sett.sandbox;
  const body = ":ok\n\n";
  const headers = { "Content-Type": "text/event-stream" };
  configstore.faults.set({ mode: "answer", status: 200, headers, body }, { path: /change-stream/ });
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  await vi.waitFor(() => expect(streams(sett).length).toBeGreaterThanOrEqual(4), { timeout: 10_000 });
  const at = streams(sett).map((request) => request.at.getTime());
  // Half of each wait is by chance: the fourth comes no sooner than the shortest three waits allow.
  expect((at[3] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(50 + 100 + 200 - 20);
  await watching.return();
});

test("a stream that falls silent is opened anew", async () => {
  const sett = await startSett({ ...pushing, env: { STREAM_SILENCE: "300ms" } });
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  expect((await watching.event()).data?.projectChanged.kind).toBe("UNHEARD");
  expect(streams(sett).length).toBeGreaterThanOrEqual(2);
});

test("an event that would never end ends the stream, and not the gateway", async () => {
  const sett = await startSett(pushing);
  const { configstore } = sett.sandbox;
  const body = `data: ${"x".repeat(3_000_000)}`;
  const headers = { "Content-Type": "text/event-stream" };
  configstore.faults.set({ mode: "answer", status: 200, headers, body }, { path: /change-stream/, times: 1 });
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  expect((await watching.event()).data?.projectChanged.kind).toBe("UNHEARD");
  push(sett, { "a.txt": "x" });
  expect((await watching.event()).data?.projectChanged.entities).toEqual(["files/a.txt"]);
});
