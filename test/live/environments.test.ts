import { expect, test } from "vitest";
import {
  CreateEnvironmentDocument,
  DeleteEnvironmentDocument,
  EnvironmentPushesDocument,
  ProjectPushesDocument,
  PromoteDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const staging = { producer: "demo", env: "staging" };

/** Nothing is asked anew by itself: what ends a subscription is what the gateway was told. */
const slow = { PERMISSION_TTL: "1h", VIEWER_TTL: "1h" };

async function startWithStaging(): Promise<Sett> {
  const sett = await startSett({ env: slow, timing: { hookDelayMs: 0 } });
  const made = await sett.as("demo").ask(CreateEnvironmentDocument, { input: staging });
  expect(made.errors).toEqual([]);
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "staging", "customer-zu", "read");
  return sett;
}

test("who watches an environment that was made hears of what is promoted to it, and who watches the other does not", async () => {
  const sett = await startWithStaging();
  const zu = sett.as("zu").subscribe(EnvironmentPushesDocument, staging);
  const al = sett.as("al").subscribe(ProjectPushesDocument, { producer: "demo" });
  await sett.subscriptionsRun(2);
  const { data } = await sett.as("demo").ask(PromoteDocument, {
    input: { from: { producer: "demo" }, to: staging, functions: false },
  });
  const told = await zu.event();
  expect(told.data?.projectChanged).toMatchObject({
    kind: "PUSH",
    commit: data?.promote?.files.commit,
  });
  const { id } = sett.sandbox.gitea.platform.push("customer-demo", "dev", {
    commits: [{ message: "By hand", files: { "a.txt": "1" } }],
  });
  expect((await al.event()).data?.projectChanged).toMatchObject({ commit: id });
});

test("who watches an environment is told at once that it is gone, as of one that never was", async () => {
  const sett = await startWithStaging();
  const zu = sett.as("zu").subscribe(EnvironmentPushesDocument, staging);
  await sett.subscriptionsRun(1);
  const { errors } = await sett.as("demo").ask(DeleteEnvironmentDocument, {
    input: { project: staging, confirm: "demo/staging" },
  });
  expect(errors).toEqual([]);
  const ended = await zu.event();
  expect(ended.codes).toEqual(["NOT_FOUND"]);
  const never = await sett
    .as("zu")
    .subscribe(EnvironmentPushesDocument, { producer: "demo", env: "nosuch" })
    .event();
  expect(ended.errors.map(({ message }) => message)).toEqual(never.errors.map(({ message }) => message));
});
