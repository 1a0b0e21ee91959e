import { expect, test } from "vitest";
import { base64, call, dev, eachTestHasAGitea } from "./gitea.harness.ts";

eachTestHasAGitea();

test("a tree is listed by page, named by its commit", async () => {
  const tree = await call("zu", `${dev}/git/trees/master?recursive=1&per_page=2&page=2`);
  expect(tree.body).toMatchObject({
    tree: [{ path: "server/model.json" }],
    truncated: true,
    page: 2,
    total_count: 3,
  });
  expect(await call("zu", `${dev}/git/trees/nosuch`)).toMatchObject({ status: 400 });
});

test("a reference leads to a commit, an unknown commit is named in the refusal", async () => {
  const references = await call("zu", `${dev}/git/refs/heads/master`);
  const [{ object }] = references.body as [{ object: { sha: string } }];
  expect(await call("zu", `${dev}/git/commits/${object.sha}`)).toMatchObject({ body: { sha: object.sha } });
  expect((await call("zu", `${dev}/git/commits/deadbeef`)).body).toMatchObject({ message: "deadbeef" });
});

test("a blob is read only through a repository which holds it", async () => {
  const sha = "0967ef424bce6791893e9a57bb952f80fd536e93";
  expect((await call("zu", `${dev}/git/blobs/${sha}`)).body).toMatchObject({ content: base64("{}\n") });
  expect(await call("zu", `/repos/customer-demo/open/git/blobs/${sha}`)).toMatchObject({ status: 400 });
});
