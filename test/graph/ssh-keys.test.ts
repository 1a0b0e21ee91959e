import { expect, test } from "vitest";
import { AddKeyDocument, DeleteKeyDocument, ListKeysDocument } from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";
import { publicKey } from "./mutations.data.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const otherKey = publicKey.replace("AAAAIHZ5", "AAAAIHZ6");

const add = (person: Person, producer: string, key: Partial<{ title: string; publicKey: string }> = {}) =>
  person.ask(AddKeyDocument, { input: { producer, title: "laptop", publicKey, ...key } });

const remove = (person: Person, producer: string, id: number | string) =>
  person.ask(DeleteKeyDocument, { input: { producer, id: String(id) } });

const titles = (sett: Sett, login: string) =>
  sett.sandbox.gitea.platform.keysOf(login).map(({ title }) => title);

test("demo adds a key of her own, and reads it back", async () => {
  const sett = await startSett();
  const { data, errors } = await add(sett.as("demo"), "demo");
  expect(errors).toEqual([]);
  expect(data?.addSshKey?.sshKey).toMatchObject({ title: "laptop", publicKey });
  expect(titles(sett, "customer-demo")).toEqual(["laptop"]);
  const read = await sett.as("demo").ask(ListKeysDocument, { producer: "demo" });
  expect(read.data?.producer?.sshKeys).toEqual([data?.addSshKey?.sshKey]);
});

test("demo deletes a key of her own", async () => {
  const sett = await startSett();
  const { id } = sett.sandbox.gitea.platform.addKey("customer-demo", "laptop", publicKey);
  const { data } = await remove(sett.as("demo"), "demo", id);
  expect(data?.deleteSshKey?.deletedId).toBe(String(id));
  expect(titles(sett, "customer-demo")).toEqual([]);
});

test("an admin adds a key to somebody else's account, sees it there and deletes it", async () => {
  const sett = await startSett();
  const { data } = await add(sett.as("admin"), "demo");
  expect(titles(sett, "customer-demo")).toEqual(["laptop"]);
  expect(titles(sett, "lbadmin")).toEqual([]);
  const listed = await sett.as("admin").ask(ListKeysDocument, { producer: "demo" });
  expect(listed.data?.producer?.sshKeys).toHaveLength(1);
  expect((await remove(sett.as("admin"), "demo", data?.addSshKey?.sshKey.id ?? "")).codes).toEqual([]);
  expect(titles(sett, "customer-demo")).toEqual([]);
});

test.each(["demo", "admin"] as const)(
  "%s cannot delete al's key by its id as if it were demo's: it is still there",
  async (name) => {
    const sett = await startSett();
    const { id } = sett.sandbox.gitea.platform.addKey("customer-al", "al's", publicKey);
    const hidden = await remove(sett.as(name), "demo", id);
    const absent = await remove(sett.as(name), "demo", 999_999);
    expect(hidden.codes).toEqual(["NOT_FOUND"]);
    expect(hidden.text).toBe(absent.text);
    expect(titles(sett, "customer-al")).toEqual(["al's"]);
    expect(upstreamWrites(sett)).toEqual([]);
  },
);

test("the keys of the platform's own pods are not listed and cannot be deleted", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  const { id } = platform.addKey("customer-demo", "lunchbadger-internal-workspace", publicKey);
  const { data } = await sett.as("demo").ask(ListKeysDocument, { producer: "demo" });
  expect(data?.producer?.sshKeys).toEqual([]);
  expect((await remove(sett.as("demo"), "demo", id)).codes).toEqual(["NOT_FOUND"]);
  expect((await remove(sett.as("admin"), "demo", id)).codes).toEqual(["NOT_FOUND"]);
  expect(platform.keysOf("customer-demo")).toHaveLength(1);
});

test("nobody adds a key that would be taken for one of the platform's own, and so be hidden", async () => {
  const sett = await startSett();
  const { errors } = await add(sett.as("demo"), "demo", { title: "my lunchbadger-internal key" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.title" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each([
  ["a key that somebody else uses", "customer-al", { title: "mine" }, "Key content has been used"],
  ["a title that is used", "customer-demo", { publicKey: otherKey }, "Key title has been used"],
])("%s is refused in words that can be read", async (_what, login, key, words) => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.addKey(login, "laptop", publicKey);
  const { codes, errors } = await add(sett.as("demo"), "demo", key);
  expect(codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(errors[0]?.message).toContain(words);
});

test.each([
  "",
  "not a key",
  "ssh-ed25519",
  "ssh-ed25519 short",
  publicKey.replace("ssh-ed25519", "ssh-dss"),
  `${publicKey}\n${publicKey}`,
  `command="rm" ${publicKey}`,
  "-----BEGIN OPENSSH PRIVATE KEY-----",
  `ssh-rsa ${"A".repeat(10_000)}`,
])("%j is no key, and no upstream is asked", async (malformed) => {
  const sett = await startSett();
  const { errors } = await add(sett.as("demo"), "demo", { publicKey: malformed });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.publicKey" }],
  });
  expect(sett.upstreamCalls()).toEqual([]);
});

test.each(Object.entries(hostileNames))(
  "neither a producer nor a key's id may be %s, and no upstream is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const { errors } = await remove(sett.as("demo"), name, name);
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "input.producer" }, { field: "input.id" }],
    });
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("al, who works on demo's project, sees her but neither sees nor changes her keys", async () => {
  const sett = await startSett();
  const { id } = sett.sandbox.gitea.platform.addKey("customer-demo", "laptop", publicKey);
  const read = await sett.as("al").ask(ListKeysDocument, { producer: "demo" });
  expect(read.data?.producer).toEqual({ name: "demo", sshKeys: null });
  const answers = [read, await add(sett.as("al"), "demo"), await remove(sett.as("al"), "demo", id)];
  for (const { errors } of answers) {
    expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "producer:admin" });
  }
  expect(upstreamWrites(sett)).toEqual([]);
});

test("sixty keys are all listed", async () => {
  const sett = await startSett();
  for (let index = 10; index < 70; index += 1) {
    const content = publicKey.replace("MDAwMDAw", `MDAw${index}Aw`);
    sett.sandbox.gitea.platform.addKey("customer-demo", `key ${index}`, content);
  }
  const { data } = await sett.as("demo").ask(ListKeysDocument, { producer: "demo" });
  expect(new Set(data?.producer?.sshKeys?.map(({ id }) => id)).size).toBe(60);
});
