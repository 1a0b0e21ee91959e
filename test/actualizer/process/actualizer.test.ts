import { expect, test } from "vitest";
import { deployments } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import { startSett } from "../../support/sett.ts";

test("what all producers have saved runs on a cluster that was empty, as it does where it has long been there", async () => {
  const [made, filled] = await Promise.all([startSett({ actualizer: true }), startSett()]);
  const runs = ({ sandbox }: typeof made) =>
    sandbox.kubernetes.cluster.list(deployments).map(({ metadata, spec, status }) => ({
      name: metadata.name,
      labels: metadata.labels,
      template: spec.template.metadata.labels,
      images: spec.template.spec.containers.map(({ image }) => image),
      ready: status["readyReplicas"],
    }));
  expect(runs(made)).toEqual(runs(filled));
  expect(made.actualizer.isLeading()).toBe(true);
  expect(made.actualizer.readiness()).toEqual({ isReady: true, problems: [] });
});
