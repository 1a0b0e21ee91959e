import { expect, test, vi } from "vitest";
import { ProjectPushesDocument, type ProjectPushesSubscription } from "../generated/operations.ts";
import type { Subscribed } from "../support/live-client.ts";
import { startSett, type Sett } from "../support/sett.ts";

const demos = { producer: "demo" };

/** Gitea tells of pushes at once. */
const pushing = { timing: { hookDelayMs: 0 } };

const push = (sett: Sett, name: string) =>
  sett.sandbox.gitea.platform.push("customer-demo", "dev", {
    commits: [{ message: "By hand", files: { [name]: "x" } }],
  });

/** All that is told until a push is, that included. */
async function kindsUntilPush(watching: Subscribed<ProjectPushesSubscription>): Promise<readonly string[]> {
  const kinds: string[] = [];
  while (kinds.at(-1) !== "PUSH")
    kinds.push((await watching.event()).data?.projectChanged.kind ?? "(nothing)");
  return kinds;
}

const away = { mode: "answer", status: 503 } as const;
const stream = { path: /change-stream/ };
const tries = (sett: Sett) =>
  sett.sandbox.configstore.requests.filter(({ path }) => path === "/change-stream/demo").length;

test("while configstore's stream cannot be opened again, all learn so once, and once that it is open", async () => {
  const sett = await startSett(pushing);
  const { configstore } = sett.sandbox;
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  configstore.faults.set(away, stream);
  await configstore.stop();
  await configstore.resume();
  expect((await watching.event()).data?.projectChanged.kind).toBe("UNHEARD");
  const before = tries(sett);
  await vi.waitFor(() => expect(tries(sett)).toBeGreaterThanOrEqual(before + 2), { timeout: 10_000 });
  configstore.faults.clear();
  // However often it was tried meanwhile, the next thing told is that it is open.
  const opened = tries(sett);
  expect((await watching.event()).data?.projectChanged.kind).toBe("UNHEARD");
  expect(tries(sett)).toBeGreaterThan(opened);
  push(sett, "heard.txt");
  expect(await kindsUntilPush(watching)).toEqual(["PUSH"]);
});

test("who begins to listen while configstore is away is told so", async () => {
  const sett = await startSett(pushing);
  sett.sandbox.configstore.faults.set(away, stream);
  for (const name of ["demo", "al"] as const) {
    const watching = sett.as(name).subscribe(ProjectPushesDocument, demos);
    expect((await watching.event()).data?.projectChanged.kind).toBe("UNHEARD");
  }
});

test("a stream that breaks again and again makes nobody read for ever, and pushes come all the same", async () => {
  const sett = await startSett(pushing);
  const { configstore } = sett.sandbox;
  const watching = sett.as("demo").subscribe(ProjectPushesDocument, demos);
  await sett.subscriptionsRun(1);
  for (let round = 0; round < 4; round += 1) {
    const before = tries(sett);
    await configstore.stop();
    await configstore.resume();
    await vi.waitFor(() => expect(tries(sett)).toBeGreaterThan(before), { timeout: 10_000, interval: 5 });
  }
  push(sett, "heard.txt");
  expect(await kindsUntilPush(watching)).toEqual(["UNHEARD", "UNHEARD", "PUSH"]);
});
