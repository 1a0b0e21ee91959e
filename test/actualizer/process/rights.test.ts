import { expect, test, vi } from "vitest";
import { deployments } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import { rulesIn } from "../../../src/sandbox/kubernetes/role.files.ts";
import { allows, callOf } from "../../deploy/cluster.calls.ts";
import { startPlatform, startProcess, until } from "./process.harness.ts";

test("all that the actualizer asks of the cluster, in making, changing and removing what runs, the chart's rules allow", async () => {
  const sandbox = await startPlatform();
  const { kubernetes, gitea } = sandbox;
  const { actualizer, stop } = await startProcess(sandbox);
  await actualizer.settled();
  const names = () => kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name);
  expect(names()).toContain("gateway-demo-dev-gateway");
  const models = { Project: { "demo-dev": JSON.stringify({ id: "demo-dev", disabled: true }) } };
  const files = { "lunchbadger.json": JSON.stringify({ ids: {}, models }) };
  gitea.platform.push("customer-demo", "dev", { commits: [{ message: "Off", files }] });
  await vi.waitFor(() => expect(names().filter((name) => name.includes("-demo-dev"))).toEqual([]), until);
  await actualizer.settled();
  await stop();
  const own = kubernetes.server.requests.filter(
    ({ headers }) => headers.authorization === `Bearer ${kubernetes.controllerToken}`,
  );
  const rules = [...rulesIn("actualizer.yaml"), ...rulesIn("actualizer-definitions.yaml")];
  const refused = own.map(callOf).filter((call) => !rules.some(allows(call)));
  expect(refused).toEqual([]);
  expect(own.filter(({ status }) => status === 403)).toEqual([]);
  // What is never asked needs no right.
  const unused = rulesIn("actualizer.yaml").flatMap((rule) =>
    rule.resources
      .filter((resource) => !resource.endsWith("/finalizers"))
      .filter(
        (resource) => !own.map(callOf).some((call) => allows(call)({ ...rule, resources: [resource] })),
      ),
  );
  expect(unused).toEqual([]);
});
