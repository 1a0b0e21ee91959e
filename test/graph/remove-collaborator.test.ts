import { expect, test } from "vitest";
import { ReadRepoDocument, RemoveCollaboratorDocument, SaveFileDocument } from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const repo = { owner: "customer-demo", name: "dev" };

const remove = (person: Person, login: string) =>
  person.ask(RemoveCollaboratorDocument, { input: { repo, login } });

const access = (sett: Sett, login: string) =>
  sett.sandbox.gitea.platform.accessOf(login, "customer-demo", "dev");

test("demo lets al out, and Gitea lets him in no longer", async () => {
  const sett = await startSett();
  const { data, errors } = await remove(sett.as("demo"), "customer-al");
  expect(errors).toEqual([]);
  expect(data?.removeCollaborator).toEqual({ ...repo, login: "customer-al", level: null });
  expect(access(sett, "customer-al")).toBe("none");
});

test("whoever is let out reads and writes nothing from then on, although an earlier read is remembered", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "60m" } });
  const al = sett.as("al");
  expect((await al.ask(ReadRepoDocument, repo)).codes).toEqual([]);
  await remove(sett.as("demo"), "customer-al");
  expect((await al.ask(ReadRepoDocument, repo)).codes).toEqual(["NOT_FOUND"]);
  const saved = await al.ask(SaveFileDocument, { input: { repo, path: "a.txt", content: "a" } });
  expect(saved.codes).toEqual(["NOT_FOUND"]);
});

test("a removal made in Gitea itself shows once the remembered answer is too old", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "100ms" } });
  const al = sett.as("al");
  expect((await al.ask(ReadRepoDocument, repo)).codes).toEqual([]);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
  await expect.poll(async () => (await al.ask(ReadRepoDocument, repo)).codes).toEqual(["NOT_FOUND"]);
});

test("letting somebody out who was never in is harmless, and safe to repeat", async () => {
  const sett = await startSett();
  for (const _ of [1, 2]) {
    const { data, errors } = await remove(sett.as("demo"), "customer-eve");
    expect(errors).toEqual([]);
    expect(data?.removeCollaborator?.level).toBeNull();
  }
});

test("a site admin who is let out is still said to be an admin", async () => {
  const sett = await startSett();
  expect((await remove(sett.as("demo"), "lbadmin")).data?.removeCollaborator?.level).toBe("ADMIN");
});

test("whoever is let out of a repository open to all is still said to read it", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.repository("customer-demo", "dev").private = false;
  expect((await remove(sett.as("demo"), "customer-al")).data?.removeCollaborator?.level).toBe("READ");
});

test("when Gitea says yes to a removal and does not do it, that is told", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 204 }, { method: "DELETE" });
  const { errors } = await remove(sett.as("demo"), "customer-al");
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED", upstream: "gitea" });
});

test("the owner cannot be let out, and Gitea is not asked to", async () => {
  const sett = await startSett();
  const { errors } = await remove(sett.as("demo"), "Customer-demo");
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.login" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a login that nobody has is bad input", async () => {
  const sett = await startSett();
  expect((await remove(sett.as("demo"), "customer-nobody")).codes).toEqual(["BAD_USER_INPUT"]);
});

test("al may not let zu out, and Gitea is not asked to", async () => {
  const sett = await startSett();
  const { errors } = await remove(sett.as("al"), "customer-zu");
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "repo:admin" });
  expect(upstreamWrites(sett)).toEqual([]);
  expect(access(sett, "customer-zu")).toBe("read");
});
