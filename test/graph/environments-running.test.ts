import { expect, test, vi } from "vitest";
import {
  CreateEnvironmentDocument,
  DeleteEnvironmentDocument,
  PromoteDocument,
  SetEnabledDocument,
} from "../generated/operations.ts";
import { deployments } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { startSett, type Sett } from "../support/sett.ts";

const staging = { producer: "demo", env: "staging" };

/** What runs of demo on the cluster besides what it has in dev, by name. */
const running = ({ sandbox }: Sett) =>
  sandbox.kubernetes.cluster
    .list(deployments)
    .map(({ metadata }) => metadata.name)
    .filter((name) => name.includes("demo-staging"))
    .sort();

const runs = (sett: Sett, names: readonly string[]) =>
  vi.waitFor(() => expect(running(sett)).toEqual(names), { timeout: 15_000, interval: 50 });

const ofProject = ["sls-api-demo-staging", "workspace-demo-staging"];

test("what is made, promoted and removed through the graph runs, runs as it was promoted, and is gone", async () => {
  const sett = await startSett({ actualizer: true });
  const demo = sett.as("demo");
  expect((await demo.ask(CreateEnvironmentDocument, { input: staging })).errors).toEqual([]);
  await runs(sett, ofProject);

  const promoted = await demo.ask(PromoteDocument, { input: { from: { producer: "demo" }, to: staging } });
  expect(promoted.errors).toEqual([]);
  await runs(sett, ["gateway-demo-staging-gateway", ...ofProject]);

  const disabled = await sett
    .as("admin")
    .ask(SetEnabledDocument, { input: { project: staging, enabled: false } });
  expect(disabled.errors).toEqual([]);
  await runs(sett, []);
  await sett.as("admin").ask(SetEnabledDocument, { input: { project: staging, enabled: true } });
  await runs(sett, ["gateway-demo-staging-gateway", ...ofProject]);

  const removed = await demo.ask(DeleteEnvironmentDocument, {
    input: { project: staging, confirm: "demo/staging" },
  });
  expect(removed.errors).toEqual([]);
  await runs(sett, []);
  const others = sett.sandbox.kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name);
  expect(others).toEqual(expect.arrayContaining(["workspace-demo-dev", "gateway-demo-dev-gateway"]));
});
