import { expect, test } from "vitest";
import { ShareProjectDocument, UnshareProjectDocument } from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";

const project = { producer: "demo" };
const levels = [undefined, "read", "write", "admin"] as const;
const dev = /dev\/collaborators\/[^/]+$/;
const functions = /functions\/collaborators\/[^/]+$/;

const share = (person: Person, level: "READ" | "WRITE" | "ADMIN" = "WRITE") =>
  person.ask(ShareProjectDocument, { input: { project, login: "customer-eve", level } });

const unshare = (person: Person) =>
  person.ask(UnshareProjectDocument, { input: { project, login: "customer-eve" } });

const access = (sett: Sett) =>
  ["dev", "functions"].map((name) =>
    sett.sandbox.gitea.platform.accessOf("customer-eve", "customer-demo", name),
  );

/** A gateway where eve already has some rights to demo's repositories. */
async function startShared(inDev: (typeof levels)[number], inFunctions: (typeof levels)[number]) {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  if (inDev) platform.setCollaborator("customer-demo", "dev", "customer-eve", inDev);
  if (inFunctions) platform.setCollaborator("customer-demo", "functions", "customer-eve", inFunctions);
  return sett;
}

test.each(levels)(
  "when letting her into the functions fails, eve has in dev what she had before: %s",
  async (before) => {
    const sett = await startShared(before, undefined);
    sett.sandbox.gitea.faults.set({ mode: "drop" }, { method: "PUT", path: functions });
    expect((await share(sett.as("demo"))).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(access(sett)).toEqual([before ?? "none", "none"]);
  },
);

test.each(levels)(
  "when taking the functions from her fails, eve has in dev what she had before: %s",
  async (before) => {
    const sett = await startShared(before, "write");
    sett.sandbox.gitea.faults.set({ mode: "answer", status: 503 }, { method: "DELETE", path: functions });
    expect((await unshare(sett.as("demo"))).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(access(sett)).toEqual([before ?? "none", "write"]);
  },
);

test("an answer that got lost after the functions were shared is undone in both", async () => {
  const sett = await startShared(undefined, "read");
  sett.sandbox.gitea.faults.set({ mode: "lose" }, { method: "PUT", path: functions, times: 1 });
  expect((await share(sett.as("demo"))).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(access(sett)).toEqual(["none", "read"]);
});

test("when Gitea does something else with the functions than it was asked, dev is put back", async () => {
  const sett = await startShared("read", "admin");
  sett.sandbox.gitea.faults.set(
    { mode: "answer", status: 204 },
    { method: "PUT", path: functions, times: 1 },
  );
  expect((await share(sett.as("demo"))).codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(access(sett)).toEqual(["read", "admin"]);
});

test("when undoing fails as well, it is said which repository could not be put back", async () => {
  const sett = await startShared(undefined, undefined);
  sett.sandbox.gitea.faults.set({ mode: "drop" }, { method: "PUT", path: functions });
  sett.sandbox.gitea.faults.set({ mode: "drop" }, { method: "DELETE", path: dev });
  const { errors } = await share(sett.as("demo"));
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    upstream: "gitea",
    notUndone: ["customer-demo/dev"],
  });
  expect(access(sett)).toEqual(["write", "none"]);
});

test("when undoing the end of a sharing fails as well, it is said which repository could not be put back", async () => {
  const sett = await startShared("write", "write");
  sett.sandbox.gitea.faults.set({ mode: "drop" }, { method: "DELETE", path: functions });
  sett.sandbox.gitea.faults.set({ mode: "drop" }, { method: "PUT", path: dev });
  const { errors } = await unshare(sett.as("demo"));
  expect(errors[0]?.extensions).toMatchObject({ notUndone: ["customer-demo/dev"] });
  expect(access(sett)).toEqual(["none", "write"]);
});

test("sharings of one project with one person, all at once, end in the same rights to both repositories", async () => {
  const sett = await startShared(undefined, undefined);
  const demo = sett.as("demo");
  const answers = await Promise.all([
    ...(["READ", "WRITE", "ADMIN", "READ"] as const).map((level) => share(demo, level)),
    unshare(demo),
    ...(["WRITE", "ADMIN", "READ"] as const).map((level) => share(demo, level)),
  ]);
  expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
  const [inDev, inFunctions] = access(sett);
  expect(inDev).toBe(inFunctions);
});

test("with nothing of before to be learnt, nothing is shared", async () => {
  const sett = await startShared(undefined, undefined);
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 502 }, { method: "GET", path: functions });
  expect((await share(sett.as("demo"))).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(access(sett)).toEqual(["none", "none"]);
});
