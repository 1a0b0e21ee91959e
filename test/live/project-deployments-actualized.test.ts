import { expect, test } from "vitest";
import {
  FollowDeploymentsDocument,
  ReadActualizerDocument,
  ReadPlatformDocument,
  ReconcileDocument,
  SetEnabledDocument,
  SetPausedDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { deployed, deploymentsUntil } from "./deployments.following.ts";

const demos = { producer: "demo" };
const follow = (sett: Sett) => sett.as("demo").subscribe(FollowDeploymentsDocument, demos);
const enable = (sett: Sett, enabled: boolean) =>
  sett.as("admin").ask(SetEnabledDocument, { input: { project: demos, enabled } });

test("a project that is disabled is told to be taken down, and to run again when it is enabled", async () => {
  const sett = await startSett({ actualizer: true });
  const following = follow(sett);
  const running = await deploymentsUntil(following, (told) => {
    const workspace = deployed(told, "WORKSPACE");
    return workspace?.observed.podsReady === 2 && workspace.summary === "Everything that is wanted runs.";
  });
  expect(deployed(running, "WORKSPACE")?.observed).toMatchObject({
    isUpToDate: true,
    hosts: expect.arrayContaining([expect.stringMatching(/^demo-dev\./)]) as string[],
    images: [expect.stringContaining("workspace"), expect.any(String)] as string[],
  });
  expect((await enable(sett, false)).codes).toEqual([]);
  await deploymentsUntil(following, (told) => {
    const workspace = deployed(told, "WORKSPACE");
    const isStopped = workspace?.desired.isEnabled === false && workspace.summary === "It is not to run.";
    return isStopped && told.resources.every(({ kind }) => kind !== "GATEWAY");
  });
  expect((await enable(sett, true)).codes).toEqual([]);
  await deploymentsUntil(following, (told) => deployed(told, "GATEWAY")?.observed.podsReady === 1);
});

test("a producer that is paused is not followed, until it is no longer", async () => {
  const sett = await startSett({ actualizer: true });
  const following = follow(sett);
  const pause = (paused: boolean) =>
    sett.as("admin").ask(SetPausedDocument, { input: { producer: "demo", paused } });
  await deploymentsUntil(following, (told) => deployed(told, "WORKSPACE")?.observed.podsReady === 2);
  await pause(true);
  await deploymentsUntil(following, (told) =>
    told.resources.every(
      ({ isPaused, conditions }) =>
        isPaused && conditions.some(({ type, isTrue }) => type === "Paused" && isTrue === "TRUE"),
    ),
  );
  await enable(sett, false);
  const { data } = await sett.as("demo").ask(ReconcileDocument, { input: { project: demos } });
  expect(data?.reconcile?.deployments).not.toEqual([]);
  await pause(false);
  await deploymentsUntil(following, (told) => deployed(told, "WORKSPACE")?.desired.isEnabled === false);
});

test("an admin sees who leads, that he is alive, his work, and how everybody does", async () => {
  const sett = await startSett({ actualizer: true });
  await expect
    .poll(async () => (await sett.as("admin").ask(ReadActualizerDocument)).data?.platform?.actualizer, {
      timeout: 15_000,
    })
    .toMatchObject({ isAlive: true, lastPass: { ok: true } });
  const { data } = await sett.as("admin").ask(ReadActualizerDocument);
  expect(data?.platform?.actualizer?.leader).toEqual(expect.any(String));
  expect(data?.platform?.actualizer?.queues.map(({ controller }) => controller)).not.toEqual([]);
  await expect
    .poll(async () => (await sett.as("admin").ask(ReadPlatformDocument, { first: 5 })).data?.platform, {
      timeout: 15_000,
    })
    .toMatchObject({ producersByState: { total: 4, ready: 4 }, errors: { totalCount: 0 } });
});
