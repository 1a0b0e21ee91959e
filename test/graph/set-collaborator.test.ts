import { expect, test } from "vitest";
import { ReadRepoDocument, SetCollaboratorDocument } from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const repo = { owner: "customer-demo", name: "dev" };

const set = (person: Person, login: string, level: "READ" | "WRITE" | "ADMIN") =>
  person.ask(SetCollaboratorDocument, { input: { repo, login, level } });

const access = (sett: Sett, login: string) =>
  sett.sandbox.gitea.platform.accessOf(login, "customer-demo", "dev");

test.each([
  ["READ", "read"],
  ["WRITE", "write"],
  ["ADMIN", "admin"],
] as const)("demo lets eve in with %s, and Gitea has her so", async (level, held) => {
  const sett = await startSett();
  const { data, errors } = await set(sett.as("demo"), "customer-eve", level);
  expect(errors).toEqual([]);
  expect(data?.setCollaborator).toEqual({ ...repo, login: "customer-eve", level });
  expect(access(sett, "customer-eve")).toBe(held);
});

test("demo lowers what al may do from writing to reading", async () => {
  const sett = await startSett();
  const { data } = await set(sett.as("demo"), "customer-al", "READ");
  expect(data?.setCollaborator?.level).toBe("READ");
  expect(access(sett, "customer-al")).toBe("read");
});

test("a change takes effect at once for the other, although their earlier read is remembered", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "60m" } });
  const eve = sett.as("eve");
  expect((await eve.ask(ReadRepoDocument, repo)).codes).toEqual(["NOT_FOUND"]);
  await set(sett.as("demo"), "customer-eve", "READ");
  expect((await eve.ask(ReadRepoDocument, repo)).data?.repo?.viewerPermission).toBe("READ");
  await set(sett.as("demo"), "customer-eve", "WRITE");
  expect((await eve.ask(ReadRepoDocument, repo)).data?.repo?.viewerPermission).toBe("WRITE");
});

test("a change made in Gitea itself shows once the remembered answer is too old", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "100ms" } });
  const al = sett.as("al");
  expect((await al.ask(ReadRepoDocument, repo)).data?.repo?.viewerPermission).toBe("WRITE");
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "dev", "customer-al", "admin");
  const level = async () => (await al.ask(ReadRepoDocument, repo)).data?.repo?.viewerPermission;
  await expect.poll(level).toBe("ADMIN");
});

test.each([
  ["al", "READ", "write"],
  ["zu", "WRITE", "read"],
  ["eve", "READ", "none"],
] as const)(
  "when Gitea says yes to %s with %s but leaves the account with %s rights, that is told",
  async (name, level, held) => {
    const sett = await startSett();
    sett.sandbox.gitea.faults.set({ mode: "answer", status: 204 }, { method: "PUT", path: /collaborators/ });
    const { errors } = await set(sett.as("demo"), `customer-${name}`, level);
    expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED", upstream: "gitea" });
    expect(access(sett, `customer-${name}`)).toBe(held);
  },
);

test("the owner's own rights cannot be changed, however the login is cased, and Gitea is not asked to", async () => {
  const sett = await startSett();
  for (const login of ["customer-demo", "Customer-Demo"]) {
    const { errors } = await set(sett.as("demo"), login, "READ");
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "input.login" }],
    });
  }
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a login that nobody has is bad input", async () => {
  const sett = await startSett();
  const { errors } = await set(sett.as("demo"), "customer-nobody", "READ");
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.login" }],
  });
});

test("an account that is not active is not let in, and the reason can be read", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  platform.addUser({ login: "customer-late", email: "late@customer.example", active: false });
  const { codes, errors } = await set(sett.as("demo"), "customer-late", "READ");
  expect(codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(errors[0]?.message).toContain("may not be active");
  expect(access(sett, "customer-late")).toBe("none");
});

test("a site admin who is let in as a reader is still said to be an admin", async () => {
  const sett = await startSett();
  const { data, errors } = await set(sett.as("demo"), "lbadmin", "READ");
  expect(errors).toEqual([]);
  expect(data?.setCollaborator?.level).toBe("ADMIN");
});

test("al may read demo's repository but not change its collaborators, and Gitea is not asked to", async () => {
  const sett = await startSett();
  const { errors } = await set(sett.as("al"), "customer-eve", "READ");
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "repo:admin" });
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each(Object.entries(hostileNames))(
  "neither owner, repository nor login may be %s, and no upstream is asked",
  async (_kind, name) => {
    const sett = await startSett();
    const input = { repo: { owner: name, name }, login: name, level: "READ" } as const;
    const { codes, errors } = await sett.as("demo").ask(SetCollaboratorDocument, { input });
    expect(codes).toEqual(["BAD_USER_INPUT"]);
    expect(errors[0]?.extensions["problems"]).toMatchObject([
      { field: "input.repo.owner" },
      { field: "input.repo.name" },
      { field: "input.login" },
    ]);
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("an answer that got lost after the rights were given leaves them as they were before", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "lose" }, { method: "PUT", path: /collaborators/, times: 1 });
  expect((await set(sett.as("demo"), "customer-zu", "ADMIN")).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(access(sett, "customer-zu")).toBe("read");
});
