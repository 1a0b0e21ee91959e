import { afterEach, beforeEach, expect, it } from "vitest";
import { startGitea, type GiteaSandbox } from "../../src/sandbox/gitea/gitea.server.ts";
import { startFunctionServices, type FunctionServices } from "../../src/sandbox/sls/function.services.ts";
import { startHookListener, type HookListener } from "./hook.listener.ts";
import { recordingOf } from "./recording.data.ts";
import { replay, type Difference } from "./recording.replay.ts";

let gitea: GiteaSandbox;
let services: FunctionServices;
let listener: HookListener;

beforeEach(async () => {
  gitea = await startGitea();
  gitea.platform.addUser({ login: "customer-demo", email: "demo@customer.example" });
  for (const name of ["dev", "functions"]) gitea.platform.addRepository("customer-demo", name);
  services = await startFunctionServices({
    platform: gitea.platform,
    prefix: "customer",
    environments: ["dev"],
    functionsRepository: "functions",
    timing: { writeMs: 0, deployMs: 0, undeployMs: 0, logsMs: 0 },
  });
  listener = await startHookListener();
});

afterEach(async () => {
  await Promise.all([services.stop(), gitea.stop(), listener.stop()]);
});

// Exchange 59 is not replayed: it looks at services while they are being removed, so what it sees is a matter of time.
// "removing all services is answered with the first failure while the rest goes on" in sls.test.ts stands for it.
it("an sls-api answers every other exchange as recorded, also while its cluster cannot be reached", async () => {
  const recording = recordingOf("sls");
  const { exchanges } = recording;
  const from = (n: number): number => exchanges.findIndex((each) => "n" in each && each.n === n);
  const replayed = (start: number, end?: number): Promise<Difference[]> =>
    replay(
      "sls",
      { ...recording, exchanges: exchanges.slice(start, end) },
      {
        servers: { sls: `${services.server.url}/demo-dev` },
        known: { "pad:112 kB": "x".repeat(112_640) },
        listener,
        goBy: () => undefined,
        signIn: () => {
          throw new Error("nobody signs in");
        },
      },
    );
  const found = [...(await replayed(0, from(65)))];
  services.cluster.isReachable = false;
  found.push(...(await replayed(from(65), from(76))));
  services.cluster.isReachable = true;
  found.push(...(await replayed(from(76))));
  expect(found).toEqual([]);
  expect(recording.deviations).toEqual([]);
  expect(exchanges.filter((each) => "n" in each)).toHaveLength(76);
});
