import { expect, test, vi } from "vitest";
import { ProjectChangedDocument } from "../generated/operations.ts";
import { openEventStream } from "../support/event-stream.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const demos = { producer: "demo" };
const quick = { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" };
const slow = { PERMISSION_TTL: "1h", VIEWER_TTL: "1h" };
const query = 'subscription { projectChanged(producer: "demo") { entities } }';
const subscription = { id: "1", type: "subscribe", payload: { query } };

async function save(sett: Sett, name: string) {
  const { codes } = await sett
    .as("demo")
    .askText(
      `mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "${name}", text: "a" }] }) { deleted } }`,
    );
  expect(codes).toEqual([]);
}

test("a right taken away in Gitea ends the stream within PERMISSION_TTL as if the project were gone; others go on", async () => {
  const sett = await startSett({ env: quick });
  const al = sett.as("al").subscribe(ProjectChangedDocument, demos);
  const demo = sett.as("demo").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(2);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  const { codes, errors } = await al.event();
  expect(codes).toEqual(["NOT_FOUND"]);
  const stranger = await sett.as("eve").subscribe(ProjectChangedDocument, demos).event();
  expect(errors.map(({ message }) => message)).toEqual(stranger.errors.map(({ message }) => message));
  expect(await al.next()).toMatchObject({ done: true });
  await save(sett, "after.txt");
  expect((await demo.event()).data?.projectChanged.entities).toEqual(["files/after.txt"]);
});

test.each([
  [
    "removeCollaborator",
    'mutation { removeCollaborator(input: { repo: { owner: "customer-demo", name: "dev" }, login: "customer-al" }) { login } }',
  ],
  [
    "unshareProject",
    'mutation { unshareProject(input: { project: { producer: "demo" }, login: "customer-al" }) { project { env } } }',
  ],
])(
  "a right taken away by %s ends the stream at once, however long answers are kept",
  async (_name, mutation) => {
    const sett = await startSett({ env: slow });
    const al = sett.as("al").subscribe(ProjectChangedDocument, demos);
    await sett.subscriptionsRun(1);
    expect((await sett.as("demo").askText(mutation)).codes).toEqual([]);
    expect((await al.event()).codes).toEqual(["NOT_FOUND"]);
  },
);

test("what happened before a right was taken away is not told after it", async () => {
  const sett = await startSett({ env: slow });
  const al = sett.as("al").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  await sett
    .as("demo")
    .askText(
      'mutation { unshareProject(input: { project: { producer: "demo" }, login: "customer-al" }) { project { env } } }',
    );
  await sett.subscriptionsRun(0);
  await save(sett, "secret.txt");
  expect(await al.event()).toMatchObject({ data: undefined, codes: ["NOT_FOUND"] });
});

test("a level that was changed is asked for and shows in the next event", async () => {
  const sett = await startSett({ env: slow });
  const al = sett.as("al").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  await sett
    .as("demo")
    .askText(
      'mutation { shareProject(input: { project: { producer: "demo" }, login: "customer-al", level: READ }) { project { env } } }',
    );
  sett.upstreamCalls();
  await expect
    .poll(async () => {
      await save(sett, "a.txt");
      return (await al.event()).data?.projectChanged.project.viewerPermission;
    })
    .toBe("READ");
});

test("a token that is revoked ends its streams as UNAUTHENTICATED and closes the socket with 4403", async () => {
  const sett = await startSett({ env: quick });
  const { begin, say, hear, closed } = await openSocket(sett.url);
  await begin("token al-token");
  say(subscription);
  await sett.subscriptionsRun(1);
  sett.sandbox.gitea.platform.revokeToken("al-token");
  expect(await hear()).toMatchObject({
    id: "1",
    type: "error",
    payload: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect(await closed).toMatchObject({ code: 4403 });
});

test("a socket on which nothing ran while its token was revoked is closed when it next asks", async () => {
  // The socket itself will not ask for long; a change always does.
  const sett = await startSett({ env: { PERMISSION_TTL: "10m", VIEWER_TTL: "10m" } });
  const { begin, say, hear, closed } = await openSocket(sett.url);
  await begin("token al-token");
  sett.sandbox.gitea.platform.revokeToken("al-token");
  const query = `mutation { saveRepoFile(input: {
    repo: { owner: "customer-demo", name: "dev" }, path: "a.txt", content: "a"
  }) { commitSha } }`;
  say({ id: "1", type: "subscribe", payload: { query } });
  expect(await hear()).toMatchObject({ payload: { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] } });
  expect(await closed).toMatchObject({ code: 4403 });
});

test("a right taken away ends an event stream too", async () => {
  const sett = await startSett({ env: quick });
  const { event } = await openEventStream(sett.url, { query }, { authorization: "token al-token" });
  await sett.subscriptionsRun(1);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  const { data = "" } = (await event()) ?? {};
  expect(JSON.parse(data)).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
  expect(await event()).toMatchObject({ event: "complete" });
  expect(await event()).toBeUndefined();
});

test("an outage of Gitea ends no stream before PERMISSION_GRACE is over", async () => {
  const sett = await startSett({ env: { ...quick, PERMISSION_GRACE: "1h" } });
  const al = sett.as("al").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  sett.upstreamCalls();
  sett.sandbox.gitea.faults.set({ mode: "drop" });
  const isAsked = () => expect(sett.upstreamCalls()).not.toEqual([]);
  await vi.waitFor(isAsked, { timeout: 10_000 });
  await vi.waitFor(isAsked, { timeout: 10_000 });
  sett.sandbox.gitea.faults.clear();
  // By then Gitea may have been left alone for a while.
  await vi.waitFor(() => save(sett, "a.txt"), { timeout: 10_000 });
  expect((await al.event()).data?.projectChanged.entities).toEqual(["files/a.txt"]);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  expect((await al.event()).codes).toEqual(["NOT_FOUND"]);
});

test("an outage of Gitea that goes on for longer than PERMISSION_GRACE ends the stream, and says why", async () => {
  const sett = await startSett({ env: { ...quick, PERMISSION_GRACE: "300ms" } });
  const al = sett.as("al").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  sett.sandbox.gitea.faults.set({ mode: "drop" });
  expect((await al.event()).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("1,000 subscriptions by one token cost one question, at the start and each time again", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "4s", VIEWER_TTL: "10m" } });
  const sockets = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const socket = await openSocket(sett.url);
      await socket.begin("token al-token");
      return socket;
    }),
  );
  sett.upstreamCalls();
  for (const { say } of sockets) {
    for (let id = 0; id < 100; id += 1) say({ ...subscription, id: String(id) });
  }
  await sett.subscriptionsRun(1000);
  // The other question of each subscription, about functions, is as many.
  const question = "gitea GET /api/v1/repos/customer-demo/dev";
  const asked = () => sett.upstreamCalls().filter((call) => call === question);
  expect(asked()).toHaveLength(1);
  const questions: number[] = [];
  await expect
    .poll(() => questions.push(asked().length) && questions.some(Boolean), { timeout: 12_000, interval: 50 })
    .toBe(true);
  expect(Math.max(...questions)).toBe(1);
  await save(sett, "a.txt");
  for (const { hear } of sockets) {
    for (let id = 0; id < 100; id += 1) expect(await hear()).toMatchObject({ type: "next" });
  }
});

test("the same identity shown in two ways is asked about as one, and one that its strategy refuses goes alone", async () => {
  const refused = new Set<unknown>();
  const sett = await startSett({
    env: quick,
    strategies: [
      {
        name: "test",
        recognise: ({ authorization }) =>
          refused.has(authorization) ? undefined : { kind: "sudo", login: "customer-al" },
      },
    ],
  });
  const [first, second] = ["first", "second"].map((shown) =>
    sett.showing(shown).subscribe(ProjectChangedDocument, demos),
  );
  await sett.subscriptionsRun(2);
  refused.add("first");
  expect((await first?.event())?.codes).toEqual(["UNAUTHENTICATED"]);
  await save(sett, "a.txt");
  expect((await second?.event())?.data?.projectChanged.entities).toEqual(["files/a.txt"]);
});
