import {
  ApiextensionsV1Api,
  CoordinationV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  Watch,
} from "@kubernetes/client-node";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { eachTestHasAnApi, kubernetes } from "./kubernetes.harness.ts";
import { customPath, gatewayBody, installDefinitions } from "./kubernetes.writing.ts";

eachTestHasAnApi();

const namespace = "customer";
const custom = { group: "sett.lunchbadger.io", version: "v1", namespace, plural: "gateways" };

function configuration(token = kubernetes.controllerToken): KubeConfig {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: "sandbox", server: kubernetes.server.url, skipTLSVerify: true }],
    users: [{ name: "controller", token }],
    contexts: [{ name: "sandbox", cluster: "sandbox", user: "controller", namespace }],
    currentContext: "sandbox",
  });
  return config;
}

it("the official client tells the cluster of a kind, and makes, watches, changes and deletes its objects", async () => {
  const file = new URL("../../deploy/chart/crds/gateways.sett.lunchbadger.io.yaml", import.meta.url);
  const definitions = configuration(kubernetes.adminToken).makeApiClient(ApiextensionsV1Api);
  const body = parse(readFileSync(file, "utf8")) as never;
  const defined = await definitions.createCustomResourceDefinition({ body });
  expect(defined.spec.names.listKind).toBe("GatewayList");

  const config = configuration();
  const objects = config.makeApiClient(CustomObjectsApi);
  const seen: unknown[] = [];
  let enough = (): void => undefined;
  const all = new Promise<void>((done) => {
    enough = done;
  });
  const hear = (phase: string, { spec }: { spec: { name: string } }): void => {
    seen.push([phase, spec.name]);
    if (phase === "DELETED") enough();
  };
  const watched = await new Watch(config).watch(customPath("gateways"), {}, hear, () => undefined);
  await objects.createNamespacedCustomObject({ ...custom, body: gatewayBody() });
  const name = "demo-dev-edge";
  const change = [{ op: "replace", path: "/spec/name", value: "Other" }];
  await objects.patchNamespacedCustomObject({ ...custom, name, body: change });
  await objects.deleteNamespacedCustomObject({ ...custom, name });
  await all;
  watched.abort();
  expect(seen).toEqual([
    ["ADDED", "Edge"],
    ["MODIFIED", "Other"],
    ["DELETED", "Other"],
  ]);
});

it("the official client applies objects of any kind, which it finds by asking what kinds there are", async () => {
  await installDefinitions();
  const objects = KubernetesObjectApi.makeApiClient(configuration());
  const apply = (body: object): Promise<{ metadata?: { generation?: number }; spec?: object }> =>
    objects.patch(body as never, undefined, undefined, "controller", true, PatchStrategy.ServerSideApply);
  const first = await apply(gatewayBody());
  const second = await apply(gatewayBody({ name: "Other" }));
  expect([first.metadata?.generation, second.metadata?.generation]).toEqual([1, 2]);
  await expect(apply(gatewayBody({ env: "prod" }))).rejects.toMatchObject({ code: 422 });
});

it("the official client takes a lease and renews it, and is told when somebody else was quicker", async () => {
  const leases = configuration(kubernetes.adminToken).makeApiClient(CoordinationV1Api);
  const spec = { holderIdentity: "one", leaseDurationSeconds: 15 };
  const taken = await leases.createNamespacedLease({
    namespace,
    body: { metadata: { name: "leader" }, spec },
  });
  const renewal = {
    namespace,
    name: "leader",
    body: { ...taken, spec: { ...taken.spec, leaseTransitions: 1 } },
  };
  const renewed = await leases.replaceNamespacedLease(renewal);
  expect(renewed.spec).toMatchObject({ holderIdentity: "one", leaseTransitions: 1 });
  await expect(leases.replaceNamespacedLease(renewal)).rejects.toMatchObject({ code: 409 });
});
