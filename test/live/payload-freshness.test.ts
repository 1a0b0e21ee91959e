import { expect, test, vi } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";

const mayAll = 'viewerCan(permission: "project:admin")';
const query = `subscription { projectStatus(producer: "demo") { staleSince gateways { pods { project { ${mayAll} } } } } }`;

/** How a project does, and whether al may do everything there, as he is told. */
interface Told {
  readonly staleSince: string | null;
  readonly gateways: readonly { readonly pods: readonly { readonly project: unknown }[] }[];
}

const follow = (sett: Sett) => sett.as("al").subscribeText(query);

/** What he may do as he is told next, while the cluster is away or not. */
async function toldNext(following: ReturnType<typeof follow>, whileAway: boolean) {
  for (;;) {
    const told = (await following.event()).data?.["projectStatus"] as Told;
    if ((told.staleSince !== null) === whileAway) return told.gateways[0]?.pods[0]?.project;
  }
}

/** Al follows a project as its administrator, and is one no more. */
async function startAndLose() {
  const sett = await startSett({ env: { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" } });
  const { platform } = sett.sandbox.gitea;
  platform.setCollaborator("customer-demo", "dev", "customer-al", "admin");
  const following = follow(sett);
  expect(await toldNext(following, false)).toEqual({ viewerCan: true });
  platform.setCollaborator("customer-demo", "dev", "customer-al", "read");
  const now = () => sett.as("al").askText(`{ project(producer: "demo") { ${mayAll} } }`);
  await vi.waitFor(async () => expect((await now()).data?.["project"]).toEqual({ viewerCan: false }), {
    timeout: 10_000,
  });
  return { sett, following };
}

test("what is so again after an outage is told with the rights of now, and not with those of then", async () => {
  const { sett, following } = await startAndLose();
  const { server } = sett.sandbox.kubernetes;
  await server.stop();
  await toldNext(following, true);
  await server.resume();
  expect(await toldNext(following, false)).toEqual({ viewerCan: false });
});

test("who subscribes once more is told with the rights of now, while nothing else has changed", async () => {
  const { sett } = await startAndLose();
  expect(await toldNext(follow(sett), false)).toEqual({ viewerCan: false });
});
