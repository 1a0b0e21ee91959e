import { afterEach, beforeEach, expect, it } from "vitest";
import { startGateways, type Gateways } from "../../src/sandbox/express-gateway/gateways.ts";
import { startGitea, type GiteaSandbox } from "../../src/sandbox/gitea/gitea.server.ts";
import { startWorkspaces, type Workspaces } from "../../src/sandbox/workspace/workspaces.ts";
import { startHookListener, type HookListener } from "./hook.listener.ts";
import { recordingOf } from "./recording.data.ts";
import { replay } from "./recording.replay.ts";

let gitea: GiteaSandbox;
let workspaces: Workspaces;
let gateways: Gateways;
let listener: HookListener;

beforeEach(async () => {
  const environments = ["dev"];
  gitea = await startGitea();
  workspaces = await startWorkspaces({ platform: gitea.platform, prefix: "customer", environments });
  // What is stale stays so until the recording lets time go by.
  const timing = { staleMs: 600_000, overlapMs: 0 };
  gateways = await startGateways({ workspaces, environments, timing });
  listener = await startHookListener();
});

afterEach(async () => {
  await Promise.all([gitea, workspaces, gateways, listener].map((each) => each.stop()));
});

it("a fresh gateway's admin API answers every exchange as recorded, in the recorded words", async () => {
  gitea.platform.addUser({ login: "customer-demo", email: "demo@customer.example" });
  gitea.platform.addRepository("customer-demo", "dev");
  // The recorded gateway had an empty pipeline, in a project without anything else.
  const pipeline = { id: "9654e913-178a-43c1-9bd6-7fa90642296f", name: "Pipeline", policies: [] };
  workspaces.pod("demo", "dev").state.changeProject({
    gateways: [{ id: "one", name: "Gateway", dnsPrefix: "gateway", pipelines: [pipeline] }],
  });

  const found = await replay("gateway-admin", recordingOf("gateway-admin"), {
    servers: { "gateway-admin": `${gateways.server.url}/gateway-demo-dev` },
    known: {},
    listener,
    goBy: () => gateways.of("gateway", "demo", "dev").reload(),
    signIn: () => {
      throw new Error("nobody signs in");
    },
  });
  expect(found).toEqual([]);
});
