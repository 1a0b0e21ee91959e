import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { ProjectPushesDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const secret = "a-secret-of-the-hooks";
const withSecret = { env: { GITEA_WEBHOOK_SECRET: secret } };
const demos = { producer: "demo" };

/** A push as Gitea tells it, cut to what counts. */
const pushOf = (after: string, more: Record<string, unknown> = {}) => ({
  ref: "refs/heads/master",
  before: "0".repeat(40),
  after,
  commits: [{ committer: { email: "al@customer.com" } }],
  repository: { name: "dev", owner: { login: "customer-demo" }, permissions: { admin: true } },
  pusher: { login: "customer-al" },
  ...more,
});

const sign = (body: string, key = secret) => createHmac("sha256", key).update(body).digest("hex");

const call = (sett: Sett, body: string, headers: Record<string, string>) =>
  fetch(`${sett.url}/webhooks/gitea`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-gitea-event": "push", ...headers },
    body,
  });

const signed = (sett: Sett, payload: unknown, event = "push") => {
  const body = JSON.stringify(payload);
  return call(sett, body, { "x-gitea-signature": sign(body), "x-gitea-event": event });
};

const pushed = (sett: Sett, name: string, repository = "dev") =>
  sett.sandbox.gitea.platform.push("customer-demo", repository, {
    by: "customer-al",
    commits: [{ message: "By hand", files: { [name]: "x" } }],
  }).id;

const outcomes = (sett: Sett, outcome: string) => sett.measured(`sett_webhooks_total{outcome="${outcome}"}`);

test("a push that Gitea itself tells of reaches the people of the project, with who pushed", async () => {
  const sett = await startSett({ ...withSecret, timing: { hookDelayMs: 0 } });
  const { platform } = sett.sandbox.gitea;
  for (const hook of platform.repository("customer-demo", "dev").hooks) hook.active = false;
  platform.addHook("customer-demo", "dev", {
    url: `${sett.url}/webhooks/gitea`,
    contentType: "json",
    secret,
    events: ["push", "create", "delete"],
  });
  const watching = sett.as("zu").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const { id } = platform.push("customer-demo", "dev", {
    by: "customer-al",
    branch: "idea",
    commits: [{ message: "-", files: { "a.txt": "x" }, author: { name: "Ann", email: "ann@example.org" } }],
  });
  expect((await watching.event()).data?.projectChanged).toEqual({
    by: "customer-al",
    kind: "PUSH",
    entities: ["files/a.txt"],
    unnamed: 0,
    branch: "idea",
    commit: id,
    author: "Ann",
    external: true,
  });
  platform.deleteBranch("customer-demo", "dev", "idea");
  expect((await watching.event()).data?.projectChanged).toMatchObject({
    kind: "PUSH",
    by: "customer-demo",
    branch: "idea",
    commit: null,
    entities: [],
  });
});

test("a push that is heard of twice is told once", async () => {
  const sett = await startSett({ ...withSecret, timing: { hookDelayMs: 0 } });
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const first = pushed(sett, "first.txt");
  expect((await signed(sett, pushOf(first))).status).toBe(204);
  expect((await watching.event()).data?.projectChanged.commit).toBe(first);
  expect((await signed(sett, pushOf(first))).status).toBe(204);
  const second = pushed(sett, "second.txt");
  expect((await watching.event()).data?.projectChanged.commit).toBe(second);
});

test("a webhook that is sent again is taken and told to nobody, whatever its headers say", async () => {
  const sett = await startSett(withSecret);
  const watching = sett.as("zu").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const deletion = {
    ref: "idea",
    ref_type: "branch",
    repository: { name: "dev", owner: { login: "customer-demo" } },
    sender: { login: "customer-al" },
  };
  const body = JSON.stringify(deletion);
  const headers = { "x-gitea-signature": sign(body), "x-gitea-event": "delete" };
  for (const delivery of ["first", "second", "third"]) {
    expect((await call(sett, body, { ...headers, "x-gitea-delivery": delivery })).status).toBe(204);
  }
  expect([await outcomes(sett, "told"), await outcomes(sett, "repeated")]).toEqual([1, 2]);
  await signed(sett, { ...deletion, ref: "other" }, "delete");
  const told = [await watching.event(), await watching.event()].map(({ data }) => data?.projectChanged);
  expect(told.map((each) => each?.branch)).toEqual(["idea", "other"]);
});

test("a webhook that came with the wrong event's name is taken when it comes with its own", async () => {
  const sett = await startSett(withSecret);
  const payload = pushOf(pushed(sett, "a.txt"));
  expect((await signed(sett, payload, "delete")).status).toBe(400);
  expect((await signed(sett, payload, "issues")).status).toBe(204);
  expect((await signed(sett, payload)).status).toBe(204);
  expect([await outcomes(sett, "told"), await outcomes(sett, "repeated")]).toEqual([1, NaN]);
});

test("a push to the functions that Gitea tells of is not for who may not read functions", async () => {
  const sett = await startSett(withSecret);
  const [demo, zu] = (["demo", "zu"] as const).map((name) =>
    sett.as(name).subscribe(ProjectPushesDocument, demos),
  );
  await sett.subscriptionsRun(2);
  const repository = { name: "functions", owner: { login: "customer-demo" } };
  await signed(sett, pushOf(pushed(sett, "hello/handler.js", "functions"), { repository }));
  expect((await demo?.event())?.data?.projectChanged.entities).toEqual(["functions/hello"]);
  await signed(sett, pushOf(pushed(sett, "after.txt")));
  expect((await zu?.event())?.data?.projectChanged.entities).toEqual(["files/after.txt"]);
});

test.each([
  ["no signature", {}],
  [
    "an empty signature, as Gitea sends without a secret",
    { "x-gitea-signature": "", "x-hub-signature-256": "sha256=" },
  ],
  ["somebody else's signature", { "x-gitea-signature": sign("{}", "another-secret") }],
  ["the signature of another body", { "x-gitea-signature": sign("{}") }],
  ["a signature that is none", { "x-gitea-signature": "z".repeat(64) }],
  ["a signature cut short", { "x-gitea-signature": sign("{}").slice(0, 62) }],
  ["a good secret's other hash", { "x-hub-signature-256": `sha1=${sign("{}")}` }],
])("a webhook with %s is refused, and nobody is told", async (_, headers) => {
  const sett = await startSett(withSecret);
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  const hidden = pushed(sett, "hidden.txt");
  const response = await call(sett, JSON.stringify(pushOf(hidden)), headers);
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ error: "The signature is missing or is not of this body." });
  expect(await outcomes(sett, "refused")).toBe(1);
  expect(
    sett.log.entries.some(({ msg, outcome }) => msg === "webhook not taken" && outcome === "refused"),
  ).toBe(true);
  const shown = pushed(sett, "shown.txt");
  await signed(sett, pushOf(shown));
  expect((await watching.event()).data?.projectChanged.commit).toBe(shown);
});

test("while a secret is being replaced, both are taken, in either header", async () => {
  const sett = await startSett({ env: { GITEA_WEBHOOK_SECRET: "the-old-secret, the-new-secret" } });
  const body = JSON.stringify(pushOf(randomBytes(20).toString("hex")));
  for (const [key, header] of [
    ["the-old-secret", "x-gitea-signature"],
    ["the-new-secret", "x-gitea-signature"],
    ["the-new-secret", "x-hub-signature-256"],
  ] as const) {
    const signature = sign(body, key);
    const value = header === "x-hub-signature-256" ? `sha256=${signature}` : signature;
    expect((await call(sett, body, { [header]: value })).status).toBe(204);
  }
  expect((await call(sett, body, { "x-gitea-signature": sign(body) })).status).toBe(401);
});

test("without a secret there is no such address", async () => {
  const sett = await startSett({ env: { EXPLORER: "false" } });
  for (const method of ["POST", "GET"]) {
    expect((await fetch(`${sett.url}/webhooks/gitea`, { method })).status).toBe(404);
  }
});

test("other methods are not taken", async () => {
  const sett = await startSett(withSecret);
  const response = await fetch(`${sett.url}/webhooks/gitea`);
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
});

test("a body over the limit is refused before it is read to its end", async () => {
  const sett = await startSett({ env: { ...withSecret.env, WEBHOOK_BODY_LIMIT: "1000" } });
  expect((await signed(sett, { padding: "x".repeat(2000) })).status).toBe(413);
  expect(await outcomes(sett, "unreadable")).toBe(1);
});

test.each([
  ["is no JSON", "push", "nonsense"],
  ["is no push", "push", "{}"],
  ["names no commits", "push", JSON.stringify(pushOf("master"))],
  ["is no deletion", "delete", "[]"],
])("a signed body that %s is answered 400, and told to nobody", async (_, event, body) => {
  const sett = await startSett(withSecret);
  const headers = { "x-gitea-signature": sign(body), "x-gitea-event": event };
  expect((await call(sett, body, headers)).status).toBe(400);
});

test.each([
  ["another event", "issues", {}],
  ["a new branch, which its push tells of", "create", { ref: "idea", ref_type: "branch" }],
  ["a tag", "push", pushOf("1".repeat(40), { ref: "refs/tags/v1" })],
  ["a trial of the hook", "push", pushOf("1".repeat(40), { before: "1".repeat(40) })],
  [
    "a repository that is nobody's project",
    "push",
    pushOf("1".repeat(40), { repository: { name: "dev", owner: { login: "somebody" } } }),
  ],
  [
    "a repository that is nothing to the platform",
    "push",
    pushOf("1".repeat(40), { repository: { name: "notes", owner: { login: "customer-demo" } } }),
  ],
])("a webhook about %s is taken and told to nobody", async (_, event, payload) => {
  const sett = await startSett(withSecret);
  expect((await signed(sett, payload, event)).status).toBe(204);
  expect(await outcomes(sett, "ignored")).toBe(1);
  expect(await outcomes(sett, "told")).toBeNaN();
});

test("a signed push of a commit that Gitea does not know is told to nobody", async () => {
  const sett = await startSett(withSecret);
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  await signed(sett, pushOf("f".repeat(40)));
  const real = pushed(sett, "real.txt");
  await signed(sett, pushOf(real));
  expect((await watching.event()).data?.projectChanged.commit).toBe(real);
});

test("the secret is in no log line", async () => {
  const sett = await startSett({ env: { ...withSecret.env, LOG_LEVEL: "trace" } });
  await signed(sett, {});
  await call(sett, "{}", {});
  expect(sett.log.text.join("")).not.toContain(secret);
});
