import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";

const read = '{ repo(owner: "customer-demo", name: "dev") { name } viewer { projects { totalCount } } }';

test("a revoked token reads nothing any more once VIEWER_TTL is over, however long permissions are kept", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "50ms", PERMISSION_TTL: "10m" } });
  expect((await sett.as("al").askText(read)).codes).toEqual([]);
  sett.sandbox.gitea.platform.revokeToken("al-token");
  await expect
    .poll(async () => (await sett.as("al").askText(read)).data)
    .toEqual({ repo: null, viewer: null });
});

test("a token's narrow scopes hold for what the gateway lists for a site admin", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.addToken("lbadmin", "narrow-admin-token", ["read:user"]);
  const { codes, data } = await sett
    .showing("token narrow-admin-token")
    .askText("{ producers { totalCount } }");
  expect([codes, data]).toEqual([["FORBIDDEN"], { producers: null }]);
});

test("a write asks anew who was let in where: a stranger of a moment ago learns nothing of what was hers to read", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "10m", VIEWER_TTL: "10m" } });
  const { platform } = sett.sandbox.gitea;
  platform.addRepository("customer-demo", "third");
  platform.setCollaborator("customer-demo", "third", "customer-eve", "read");
  const { data } = await sett.as("eve").askText("{ producers { nodes { name } } }");
  expect(data).toEqual({ producers: { nodes: [{ name: "demo" }, { name: "eve" }] } });
  platform.removeCollaborator("customer-demo", "third", "customer-eve");
  const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmgzIs5Gdi9laRPuHnI4uBSSXH9saG1jKIFLOAI7p04";
  const add = `mutation ($producer: ProducerName!) {
    addSshKey(input: { producer: $producer, title: "a", publicKey: "${key}" }) { sshKey { id } }
  }`;
  const ofHidden = await sett.as("eve").askText(add, { producer: "demo" });
  const ofAbsent = await sett.as("eve").askText(add, { producer: "nosuch" });
  expect(ofHidden.codes).toEqual(["NOT_FOUND"]);
  expect(ofHidden.text).toBe(ofAbsent.text);
});

test.each([
  ["collaborators", "collaborators { totalCount }"],
  ["branches", "branches { totalCount }"],
  ["commits", "commits { totalCount }"],
  ["file", 'file(path: "README.md") { sha }'],
])(
  "where a right was taken away in Gitea a moment ago, %s are told as the repository's absence",
  async (_field, selection) => {
    const sett = await startSett({ env: { PERMISSION_TTL: "10m", VIEWER_TTL: "10m" } });
    const { platform } = sett.sandbox.gitea;
    platform.setCollaborator("customer-demo", "dev", "customer-al", "admin");
    const query = `{ repo(owner: "customer-demo", name: "dev") { name ${selection} } }`;
    expect((await sett.as("al").askText(query)).codes).toEqual([]);
    platform.removeCollaborator("customer-demo", "dev", "customer-al");
    const { errors } = await sett.as("al").askText(query);
    expect(errors.map(({ message }) => message)).toEqual([
      "There is no such repository, or you cannot read it.",
    ]);
  },
);

test("an answer that came late is no younger for it", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "400ms", VIEWER_TTL: "400ms" } });
  const { faults } = sett.sandbox.gitea;
  faults.set({ mode: "slow", ms: 450 }, { path: /\/repos\//, times: 1 });
  const query = '{ repo(owner: "customer-demo", name: "dev") { name } }';
  expect((await sett.as("al").askText(query)).codes).toEqual([]);
  sett.upstreamCalls();
  expect((await sett.as("al").askText(query)).codes).toEqual([]);
  expect(sett.upstreamCalls()).toHaveLength(1);
});

test("in one request, what was not there is found once an earlier mutation has made it", async () => {
  const sett = await startSett();
  const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmgzIs5Gdi9laRPuHnI4uBSSXH9saG1jKIFLOAI7p04";
  const add = `addSshKey(input: { producer: "newone", title: "a", publicKey: "${key}" }) { sshKey { title } }`;
  const { data, errors } = await sett
    .as("admin")
    .askText(
      `mutation { before: ${add} createProducer(input: { name: "newone" }) { createdRepos } after: ${add} }`,
    );
  expect(errors).toMatchObject([{ path: ["before"], extensions: { code: "NOT_FOUND" } }]);
  expect(data).toMatchObject({ before: null, after: { sshKey: { title: "a" } } });
});
