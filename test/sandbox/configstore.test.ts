import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { subscribe, type ChangeSubscriber } from "./change.subscriber.ts";
import { startPlatform, type Platform } from "./sandbox.platform.ts";

let platform: Platform;
let subscribers: ChangeSubscriber[];

beforeEach(async () => {
  platform = await startPlatform({ keepAliveMs: 10 });
  subscribers = [];
});

afterEach(async () => {
  for (const subscriber of subscribers) subscriber.stop();
  await platform.stop();
});

const forged = {
  ref: "refs/heads/master",
  before: "0".repeat(40),
  after: "f".repeat(40),
  commits: [{ committer: { name: "x", email: "x@y.z" } }],
  repository: { name: "dev", owner: { username: "customer-demo" } },
};

it("a push made through Gitea's contents API reaches the producer's change stream and no other's", async () => {
  await Promise.all([createProducer("demo"), createProducer("al")]);
  const [demo, al] = await Promise.all([listen("demo"), listen("al")]);

  const first = await commit("customer-demo");
  expect(await demo.next()).toEqual({
    event: "data",
    data: {
      ref: "refs/heads/master",
      before: "0".repeat(40),
      after: first,
      namespace: "customer",
      username: "demo",
      type: "push",
      repoName: "dev",
      isExternal: true,
    },
  });
  const second = await commit("customer-al");
  expect((await al.next()).data).toMatchObject({ username: "al", after: second });
});

it("a push of the platform's own bot is told as internal, unless somebody else committed a part of it", async () => {
  await createProducer("demo");
  const demo = await listen("demo");
  const bot = { name: "SLS API", email: "sls-bot@lunchbadger.com" };
  const { gitea } = platform;
  const byBot = { message: "by the bot", files: { "a.txt": "a" }, author: bot };
  const byOwner = { message: "by the owner", files: { "b.txt": "b" } };

  gitea.platform.push("customer-demo", "dev", { commits: [byBot] });
  expect((await demo.next()).data).toMatchObject({ isExternal: false });
  gitea.platform.push("customer-demo", "dev", { commits: [byBot, byOwner] });
  expect((await demo.next()).data).toMatchObject({ isExternal: true });
});

it("a late subscriber is told nothing of earlier pushes, not even when it names the last event it knows", async () => {
  await createProducer("demo");
  const early = await listen("demo");
  await commit("customer-demo", "early.txt");
  await early.next();
  const late = await listen("demo", { "Last-Event-ID": "0" });
  const second = await commit("customer-demo", "late.txt");
  expect((await late.next()).data).toMatchObject({ after: second });
});

it("a forged hook is believed, and the push of customer-demo-two is told to demo", async () => {
  const demo = await listen("demo");
  await hook(forged);
  expect((await demo.next()).data).toMatchObject({ after: forged.after, username: "demo" });
  await hook({ ...forged, repository: { name: "functions", owner: { username: "customer-demo-two" } } });
  expect((await demo.next()).data).toMatchObject({ repoName: "functions", username: "demo" });
});

it("a hook that is no push is answered ok and told to nobody, and one over 100 kB is lost", async () => {
  const demo = await listen("demo");
  expect(await hook({ ...forged, commits: undefined })).toBe(200);
  expect(await hook({})).toBe(200);
  expect(await hook({ ...forged, pad: "x".repeat(120_000) })).toBe(413);
  await hook({ ...forged, ref: "refs/heads/other" });
  expect((await demo.next()).data).toMatchObject({ ref: "refs/heads/other" });
});

it("a silent change stream sends comments", async () => {
  const demo = await listen("demo");
  await vi.waitFor(() => expect(demo.comments()).toBeGreaterThan(2), { timeout: 10_000 });
});

it("a change stream refuses every page, whatever its origin", async () => {
  const { url } = platform.configstore;
  for (const origin of ["http://x.example", url]) {
    const answer = await fetch(`${url}/change-stream/demo`, { headers: { Origin: origin } });
    expect(answer.status).toBe(403);
  }
});

it("of several creations of one producer at once some fail, and its repositories are there once", async () => {
  const answers = await Promise.all([1, 2, 3].map(() => post("/producers", { id: "racer" })));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(500);
  expect(await repositoryNamesOf("racer")).toEqual(["dev", "functions"]);
});

it("creating a producer who is a user already gives him the repositories he lacks and one hook each", async () => {
  const { gitea } = platform;
  gitea.platform.addUser({ login: "customer-half", email: "half@customer.com" });
  gitea.platform.addRepository("customer-half", "dev");
  await createProducer("half");
  await createProducer("half");
  expect(await repositoryNamesOf("half")).toEqual(["dev", "functions"]);
  const hooks = ["dev", "functions"].map((name) => gitea.platform.repository("customer-half", name).hooks);
  expect(hooks.map((each) => each.map(({ url }) => url))).toEqual([
    [`${platform.configstore.url}/hook`],
    [`${platform.configstore.url}/hook`],
  ]);
});

it.each(["gitApi", "gitea"] as const)(
  "while %s is down producers look absent, and they are back when it is",
  async (service) => {
    await createProducer("demo");
    await platform[service].stop();
    expect((await get("/producers/demo")).status).toBe(404);
    expect(await (await get("/producers/")).json()).toEqual({ users: [] });
    expect((await post("/producers", { id: "demo" })).status).toBe(500);
    await platform[service].resume();
    expect((await get("/producers/demo")).status).toBe(200);
  },
);

async function listen(producer: string, headers?: Record<string, string>): Promise<ChangeSubscriber> {
  const subscriber = await subscribe(platform.configstore.url, producer, headers);
  subscribers.push(subscriber);
  return subscriber;
}

function get(path: string): Promise<Response> {
  return fetch(platform.configstore.url + path);
}

function post(path: string, body: object): Promise<Response> {
  return fetch(platform.configstore.url + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function hook(body: object): Promise<number> {
  return (await post("/hook", body)).status;
}

async function createProducer(id: string): Promise<void> {
  expect((await post("/producers", { id })).status).toBe(200);
}

async function repositoryNamesOf(producer: string): Promise<string[]> {
  const { repos } = (await (await get(`/producers/${producer}`)).json()) as { repos: { name: string }[] };
  return repos.map(({ name }) => name);
}

/** Commits a file with the contents API, as the site admin, and returns the commit. */
async function commit(owner: string, file = "notes.txt"): Promise<string> {
  const answer = await fetch(`${platform.gitea.url}/api/v1/repos/${owner}/dev/contents/${file}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `token ${platform.adminToken}` },
    body: JSON.stringify({ content: "" }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { commit: { sha: string } }).commit.sha;
}
