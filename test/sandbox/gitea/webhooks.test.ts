import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import {
  type Answer,
  arrived,
  call,
  dev,
  eachTestHasAGitea,
  gitea,
  hidden,
  listen,
  type Received,
} from "./gitea.harness.ts";

eachTestHasAGitea();

const hooks = `${dev}/hooks`;
const addFile = (path: string): Promise<Answer> =>
  call("al", `${dev}/contents/${path}`, { method: "POST", body: { content: "" } });

test("a push is told with the signature of its raw body", async () => {
  const { url, received } = await listen();
  const config = { url, content_type: "json", secret: "s1" };
  const made = await call("demo", hooks, { method: "POST", body: { type: "gitea", active: true, config } });
  expect(made).toMatchObject({
    status: 201,
    body: { events: ["push"], config: { content_type: "json", url } },
  });
  expect(made.text).not.toContain("s1");
  await addFile("hooked.txt");
  const [push] = await arrived(received, 1);
  const signature = createHmac("sha256", "s1")
    .update(push?.body ?? "")
    .digest("hex");
  expect(push?.headers).toMatchObject({
    "x-gitea-event": "push",
    "x-gitea-signature": signature,
    "x-hub-signature-256": `sha256=${signature}`,
  });
  expect(JSON.parse(push?.body ?? "")).toMatchObject({
    ref: "refs/heads/master",
    commits: [{ added: ["hooked.txt"], removed: [], modified: [], verification: null }],
    total_commits: 1,
    repository: { full_name: "customer-demo/dev", permissions: { admin: true } },
    pusher: { login: "customer-al", email: "customer-al@noreply.127.0.0.1" },
  });
});

test("without a secret the signature headers are there and empty", async () => {
  const { url, received } = await listen();
  gitea.platform.addHook("customer-demo", "dev", { url, authorizationHeader: "Bearer hook" });
  await addFile("hooked.txt");
  const [push] = await arrived(received, 1);
  expect(push?.headers).toMatchObject({
    authorization: "Bearer hook",
    "x-gitea-signature": "",
    "x-hub-signature-256": "sha256=",
  });
});

test("a push of seven commits shows five and counts seven", async () => {
  const { url, received } = await listen();
  gitea.platform.addHook("customer-demo", "dev", { url });
  const commits = [1, 2, 3, 4, 5, 6, 7].map((number) => ({
    message: `${number}`,
    files: { [`f${number}`]: "x" },
  }));
  gitea.platform.push("customer-demo", "dev", { by: "customer-al", commits });
  const [push] = await arrived(received, 1);
  const payload = JSON.parse(push?.body ?? "") as { commits: { message: string }[]; total_commits: number };
  expect(payload.commits.map(({ message }) => message)).toEqual(["7\n", "6\n", "5\n", "4\n", "3\n"]);
  expect(payload.total_commits).toBe(7);
});

test("a new branch is told as create and push, its end as delete only", async () => {
  const { url, received } = await listen();
  gitea.platform.addHook("customer-demo", "dev", { url, events: ["push", "create", "delete"] });
  gitea.platform.push("customer-demo", "dev", {
    branch: "next",
    commits: [{ message: "m", files: { a: "1" } }],
  });
  const events = (list: Received[]): unknown[] => list.map(({ headers }) => headers["x-gitea-event"]);
  expect(events(await arrived(received, 2)).sort()).toEqual(["create", "push"]);
  const create = received.find(({ headers }) => headers["x-gitea-event"] === "create");
  expect(JSON.parse(create?.body ?? "")).toMatchObject({
    ref: "next",
    repository: { permissions: { pull: false } },
  });
  gitea.platform.deleteBranch("customer-demo", "dev", "next");
  expect(events(await arrived(received, 3)).slice(2)).toEqual(["delete"]);
});

test("a hook hears only of the branches its filter lets through", async () => {
  const { url, received } = await listen();
  gitea.platform.addHook("customer-demo", "dev", { url, branchFilter: "{master,release/*}" });
  for (const branch of ["next", "release/1", "master"]) {
    gitea.platform.push("customer-demo", "dev", {
      branch,
      commits: [{ message: "m", files: { [branch]: "1" } }],
    });
  }
  const references = (await arrived(received, 2)).map(
    ({ body }) => (JSON.parse(body) as { ref: string }).ref,
  );
  expect(references.sort()).toEqual(["refs/heads/master", "refs/heads/release/1"]);
});

test("a hook of form type carries the JSON in a field, and a trial is sent on demand", async () => {
  const { url, received } = await listen();
  const { id } = gitea.platform.addHook("customer-demo", "dev", { url, contentType: "form", secret: "s1" });
  expect(await call("demo", `${hooks}/${id}/tests`, { method: "POST" })).toMatchObject({ status: 204 });
  const [trial] = await arrived(received, 1);
  const payload = new URLSearchParams(trial?.body).get("payload") ?? "";
  expect(trial?.headers["x-gitea-signature"]).toBe(createHmac("sha256", "s1").update(payload).digest("hex"));
  const { before, after } = JSON.parse(payload) as { before: string; after: string };
  expect(before).toBe(after);
});

test("an edit clears what it does not name, but for the address, the activity and the secret", async () => {
  const { id } = gitea.platform.addHook("customer-demo", "dev", {
    url: "http://127.0.0.1:9/",
    events: ["push", "create"],
    branchFilter: "master",
    authorizationHeader: "Bearer x",
  });
  const edited = await call("demo", `${hooks}/${id}`, {
    method: "PATCH",
    body: { config: { content_type: "form" } },
  });
  expect(edited.body).toMatchObject({
    events: ["push"],
    branch_filter: "",
    authorization_header: "",
    active: true,
    config: { content_type: "form", url: "http://127.0.0.1:9/" },
  });
  expect(await call("demo", `${hooks}/${id}`, { method: "DELETE" })).toMatchObject({ status: 204 });
  expect(await call("demo", `${hooks}/${id}`)).toMatchObject({ status: 404, body: hidden });
});

test("hooks are for administrators of the repository, and are checked", async () => {
  expect(await call("al", hooks)).toMatchObject({ status: 403 });
  const make = (body: unknown): Promise<Answer> => call("demo", hooks, { method: "POST", body });
  const message = async (body: unknown): Promise<unknown> =>
    ((await make(body)).body as { message: string }).message;
  expect(await message({ type: "nosuch", config: { url: "http://x/" } })).toBe("Invalid hook type: nosuch");
  expect(await message({ type: "gitea", config: { content_type: "json" } })).toBe(
    "Missing config option: url",
  );
  expect(await message({ type: "gitea", config: { url: "http://x/", content_type: "x" } })).toBe(
    "Invalid content type",
  );
});
