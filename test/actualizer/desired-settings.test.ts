import { expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import { onCluster, settingsWith } from "./actualizer.source.ts";
import { containersOf, deploymentOf, image, told, waysOf } from "./desired.reading.ts";

const settings = settingsWith();

test("who looks for faults gets other versions, and nobody else does", () => {
  const given = settingsWith({
    LB_DEBUG_USERS: "zu, demo",
    LBWS_VERSION: "1.0",
    LBWS_DEBUG_VERSION: "1.1-debug",
    LBSLS_VERSION: "2.0",
    GATEWAY_IMAGE: "registry.example:5000/gate/way",
    GATEWAY_VERSION: "3.0",
    DEBUG_GATEWAY_VERSION: "3.1-debug",
  });
  const images = (producer: string) => {
    const [workspace, gateway] = [
      onCluster("Workspace", { producer }),
      onCluster("Gateway", { producer }),
    ].map((each) => desiredOf(each, given));
    return [
      image(deploymentOf(workspace ?? [], "workspace")),
      image(deploymentOf(workspace ?? [], "sls-api")),
      image(deploymentOf(gateway ?? [], "gateway")),
    ];
  };
  expect(images("demo")).toEqual([
    "lunchbadger/workspace:1.1-debug",
    "lunchbadger/sls-api:2.0",
    "registry.example:5000/gate/way:3.1-debug",
  ]);
  expect(images("eve")).toEqual([
    "lunchbadger/workspace:1.0",
    "lunchbadger/sls-api:2.0",
    "registry.example:5000/gate/way:3.0",
  ]);
});

test("images that need a credential are fetched with it, and Redis' password is named and never told", () => {
  const given = settingsWith({ IMAGE_PULL_SECRET: "registry", REDIS_PASSWORD_SECRET: "gateway-redis" });
  const { pod, variables } = containersOf(deploymentOf(desiredOf(onCluster("Gateway"), given), "gateway"));
  expect(pod?.imagePullSecrets).toEqual([{ name: "registry" }]);
  expect(variables["REDIS_PASSWORD"]).toEqual({ secretKeyRef: { name: "gateway-redis", key: "password" } });
});

test("hosts that lead elsewhere are left out, and an ingress that leads nowhere with them", () => {
  const [own, admin] = ["gateway-demo-dev.lunchbadger.io", "admin-gateway-demo-dev.lunchbadger.io"];
  const gateway = onCluster("Gateway");
  expect(waysOf(desiredOf(gateway, settings, new Set([own])))).toEqual([
    `${admin}/ Prefix → gateway-demo-dev-gateway:8080`,
  ]);
  expect(told(desiredOf(gateway, settings, new Set([own, admin])))).not.toContain(
    "networking.k8s.io/v1 Ingress gateway-demo-dev-gateway",
  );
});

test("what asks nobody who they are has no hosts where it is to have none", () => {
  const given = settingsWith({ INTERNAL_HOSTS: "false" });
  const all = [onCluster("Workspace"), onCluster("Gateway")].flatMap((each) => desiredOf(each, given));
  expect(waysOf(all)).toEqual([
    "demo-dev.lunchbadger.io/ Prefix → workspace-demo-dev:3000",
    "gateway-demo-dev.lunchbadger.io/ Prefix → gateway-demo-dev-gateway:8080",
  ]);
});

test("ingresses say to their controller what they are to say", () => {
  const given = settingsWith({
    INGRESS_CLASS: "traefik",
    INGRESS_ANNOTATIONS: "traefik.example/strip=true, traefik.example/rule=a=b",
  });
  const ingress = desiredOf(onCluster("Gateway"), given).find(({ kind }) => kind === "Ingress");
  expect(ingress).toMatchObject({
    metadata: { annotations: { "traefik.example/strip": "true", "traefik.example/rule": "a=b" } },
    spec: { ingressClassName: "traefik" },
  });
});
