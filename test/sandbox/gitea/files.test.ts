import { expect, test } from "vitest";
import {
  type Answer,
  base64,
  broken,
  call,
  dev,
  eachTestHasAGitea,
  gitea,
  hidden,
  restart,
} from "./gitea.harness.ts";

eachTestHasAGitea();

const change = (method: string, path: string, body: unknown, person = "al"): Promise<Answer> =>
  call(person, `${dev}/contents${path}`, { method, body });
const read = (path: string): string | undefined => gitea.platform.readFile("customer-demo", "dev", path);

test("a file comes with git's own blob id and its content, a folder as a list without", async () => {
  const file = await call("zu", `${dev}/contents/lunchbadger.json`);
  expect(file.body).toMatchObject({
    sha: "0967ef424bce6791893e9a57bb952f80fd536e93",
    content: base64("{}\n"),
    encoding: "base64",
    url: `${gitea.url}/api/v1${dev}/contents/lunchbadger.json?ref=master`,
  });
  const folder = await call("zu", `${dev}/contents`);
  expect(folder.body).toMatchObject([
    { name: "lunchbadger.json", content: null },
    { name: "server", type: "dir", download_url: null },
  ]);
  expect(await call("zu", `${dev}/contents/server%2Fmodel.json`)).toMatchObject({
    body: { path: "server/model.json" },
  });
});

test("paths cannot leave the repository or enter git's folder", async () => {
  expect(await call("zu", `${dev}/contents/..%2f..%2fetc%2fpasswd`)).toMatchObject({
    status: 404,
    body: { errors: ["object does not exist [id: , rel_path: etc]"] },
  });
  expect(await call("zu", `${dev}/contents/.git/config`)).toMatchObject({ status: 500 });
  expect(await change("POST", "/.git/hooks/x", {})).toMatchObject({ status: 422 });
  expect(await change("POST", "/..%2fx", {})).toMatchObject({ status: 500 });
});

test("a change needs the present sha: stale is 422 to put and 400 to delete, missing is 422", async () => {
  const made = await change("POST", "/notes.txt", { content: base64("one"), message: "add notes" });
  expect(made).toMatchObject({
    status: 201,
    body: { commit: { message: "add notes\n", created: "0001-01-01T00:00:00Z" } },
  });
  const { sha } = (made.body as { content: { sha: string } }).content;
  expect(await change("PUT", "/notes.txt", { content: base64("two"), sha })).toMatchObject({ status: 200 });
  const stale = await change("PUT", "/notes.txt", { content: base64("three"), sha });
  expect(stale).toMatchObject({ status: 422 });
  expect((stale.body as { message: string }).message).toMatch(/^sha does not match \[given: /);
  expect(await change("PUT", "/notes.txt", { content: "" })).toMatchObject({
    body: { message: "[SHA]: Required" },
  });
  expect(await change("DELETE", "/notes.txt", { sha })).toMatchObject({ status: 400 });
  expect(await change("PUT", "/nosuch.txt", { sha })).toMatchObject({ status: 500, body: broken });
  expect(await change("DELETE", "/nosuch.txt", { sha })).toMatchObject({ status: 404 });
  expect(await change("POST", "/notes.txt", {})).toMatchObject({ status: 422 });
  expect(read("notes.txt")).toBe("two");
});

test("content which is no base64 and a branch which is none are refused", async () => {
  const bad = await change("POST", "/a.txt", { content: "not base64!!" });
  expect(bad.body).toMatchObject({ message: "illegal base64 data at input byte 3" });
  const lost = await change("POST", "/a.txt", { content: "", branch: "nosuch" });
  expect(lost).toMatchObject({ status: 404, body: { message: "branch does not exist [name: nosuch]" } });
});

test("of several writes to one branch at a time one succeeds and the others break, even of different files", async () => {
  await gitea.stop();
  // Long enough for all six to arrive while the first is at it, however busy the machine.
  await restart({ writeMs: 500 });
  const writes = [1, 2, 3, 4, 5, 6].map((number) => change("POST", `/race-${number}.txt`, { content: "" }));
  const answers = await Promise.all(writes);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 500, 500, 500, 500, 500]);
  expect(answers.filter(({ status }) => status === 500)).toMatchObject(Array(5).fill({ body: broken }));
});

test("several files go into one commit, or none does", async () => {
  const file = (operation: string, path: string): unknown => ({ operation, path, content: base64("1") });
  const both = await change("POST", "", {
    message: "batch",
    files: [file("create", "b/one"), file("create", "b/two")],
  });
  expect(both).toMatchObject({ status: 201, body: { files: [{ path: "b/one" }, { path: "b/two" }] } });
  const half = await change("POST", "", { files: [file("create", "b/three"), file("create", "b/one")] });
  expect(half).toMatchObject({
    status: 422,
    body: { message: "repository file already exists [path: b/one]" },
  });
  expect(read("b/three")).toBeUndefined();
  const { headers } = await call("al", `${dev}/commits`);
  expect(headers.get("x-total-count")).toBe("2");
});

test("raw files have an ETag, and a branch may stand in front of the path", async () => {
  const { headers, text } = await call("zu", `${dev}/raw/lunchbadger.json`);
  const etag = headers.get("etag") ?? "";
  expect({ etag, text }).toEqual({ etag: `"0967ef424bce6791893e9a57bb952f80fd536e93"`, text: "{}\n" });
  const unchanged = await call("zu", `${dev}/raw/lunchbadger.json`, { headers: { "If-None-Match": etag } });
  expect(unchanged).toMatchObject({ status: 304, text: "" });
  expect((await call("zu", `${dev}/raw/master//lunchbadger.json`)).text).toBe("{}\n");
  expect(await call("zu", `${dev}/raw/nosuch`)).toMatchObject({ status: 404, body: hidden });
});

test("commits are listed by page and path, and an unknown start breaks", async () => {
  await change("POST", "/notes.txt", { content: base64("one\ntwo\n") });
  const page = await call("zu", `${dev}/commits?limit=1&page=1`);
  expect(page.body).toMatchObject([
    {
      files: [{ filename: "notes.txt", status: "added" }],
      stats: { total: 2, additions: 2, deletions: 0 },
    },
  ]);
  expect(page.headers.get("x-hasmore")).toBe("true");
  const ofPath = await call(
    "zu",
    `${dev}/commits?path=lunchbadger.json&stat=false&files=false&verification=false`,
  );
  expect(ofPath.body).toMatchObject([{ files: null, stats: null, commit: { verification: null } }]);
  expect(await call("zu", `${dev}/commits?sha=nosuch`)).toMatchObject({ status: 500, body: broken });
});
