import fc from "fast-check";
import { expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import type { DesiredDeployment, DesiredObject } from "../../src/actualizer/desired/desired.objects.ts";
import { wantedProducer } from "../../src/actualizer/projection/wanted.resources.ts";
import type { CustomResource } from "../../src/actualizer/resources/resources.ts";
import { readWorkload } from "../../src/services/kubernetes/workload.labels.ts";
import { carDocument } from "../../src/sandbox/seed/car.document.ts";
import { fileOf, gatewaysOf, onCluster, settingsWith, wantedOf } from "./actualizer.source.ts";

const settings = settingsWith();

const told = (objects: readonly DesiredObject[]) =>
  objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);

function deploymentOf(objects: readonly DesiredObject[], app: string): DesiredDeployment {
  const found = objects.find(
    (each): each is DesiredDeployment => each.kind === "Deployment" && each.metadata.labels["app"] === app,
  );
  if (!found) throw new Error(`there is no ${app}`);
  return found;
}

/** The container and the one before it, with the values of their variables. */
function containersOf(deployment: DesiredDeployment) {
  const pod = deployment.spec?.template.spec;
  const [init] = pod?.initContainers ?? [];
  const [container] = pod?.containers ?? [];
  const variables = (of: typeof container) =>
    Object.fromEntries((of?.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
  return { pod, init, container, variables: variables(container), initVariables: variables(init) };
}

/** Where hosts lead: `<host><path> → <service>:<port>`. */
const waysOf = (objects: readonly DesiredObject[]) =>
  objects.flatMap((each) =>
    each.kind !== "Ingress"
      ? []
      : (each.spec?.rules ?? []).flatMap(({ host, http }) =>
          (http?.paths ?? []).map(({ path, pathType, backend }) => {
            const { name, port } = backend.service ?? {};
            return `${host ?? ""}${path ?? ""} ${pathType} → ${name ?? ""}:${port?.number ?? ""}`;
          }),
        ),
  );

const portsOf = (objects: readonly DesiredObject[]) =>
  objects.flatMap((each) =>
    each.kind !== "Service"
      ? []
      : (each.spec?.ports ?? []).map(
          ({ port, targetPort }) => `${each.metadata.name}:${port} → ${targetPort ?? ""}`,
        ),
  );

const image = (deployment: DesiredDeployment) => containersOf(deployment).container?.image;

test("an environment has a workspace and an sls-api, in today's groups of the cluster's API", () => {
  const objects = desiredOf(onCluster("Workspace"), settings);
  expect(told(objects)).toEqual([
    "apps/v1 Deployment workspace-demo-dev",
    "v1 Service workspace-demo-dev",
    "networking.k8s.io/v1 Ingress workspace-demo-dev",
    "apps/v1 Deployment sls-api-demo-dev",
    "v1 Service sls-api-demo-dev",
    "networking.k8s.io/v1 Ingress sls-api-demo-dev",
  ]);
  expect(portsOf(objects)).toEqual([
    "workspace-demo-dev:80 → project-api",
    "workspace-demo-dev:81 → workspace-api",
    "workspace-demo-dev:3000 → workspace",
    "sls-api-demo-dev:80 → sls-api",
  ]);
  expect(waysOf(objects)).toEqual([
    "demo-dev.lunchbadger.io/ Prefix → workspace-demo-dev:3000",
    "internal-demo-dev.lunchbadger.io/project-api Prefix → workspace-demo-dev:80",
    "internal-demo-dev.lunchbadger.io/workspace-api Prefix → workspace-demo-dev:81",
    "internal-demo-dev.lunchbadger.io/explorer Prefix → workspace-demo-dev:3000",
    "sls-demo-dev.lunchbadger.io/ Prefix → sls-api-demo-dev:80",
  ]);
});

test("a workspace clones the project, and is ready once its API answers", () => {
  const workspace = deploymentOf(desiredOf(onCluster("Workspace"), settings), "workspace");
  const { init, container, variables, initVariables } = containersOf(workspace);
  const address = "git@git.gitea:customer-demo/dev.git";
  expect([init?.image, initVariables]).toEqual([
    "lunchbadger/git-init:latest",
    {
      USERNAME: "demo",
      GIT_HOST: "git.gitea",
      GIT_API_HOST: "git-api.default",
      GIT_KEY_TYPE: "workspace",
      GIT_REPO_URL: address,
    },
  ]);
  expect(variables).toEqual({
    LB_ENV: "dev",
    LB_PRODUCER: "demo",
    GIT_URL: address,
    WATCH_URL: "http://configstore.default/change-stream/demo",
  });
  expect(container?.ports?.map(({ name, containerPort }) => `${name ?? ""} ${containerPort}`)).toEqual([
    "project-api 4230",
    "workspace-api 4231",
    "workspace 3000",
  ]);
  expect(container?.readinessProbe).toEqual({
    httpGet: { path: "/", port: "workspace-api" },
    initialDelaySeconds: 15,
  });
});

test("an sls-api clones the functions, may deploy, and is ready once it answers", () => {
  const slsApi = deploymentOf(desiredOf(onCluster("Workspace"), settings), "sls-api");
  const { pod, container, variables, initVariables } = containersOf(slsApi);
  expect(pod?.serviceAccountName).toBe("sls-api");
  expect(initVariables).toMatchObject({
    GIT_KEY_TYPE: "sls-api",
    GIT_REPO_URL: "git@git.gitea:customer-demo/functions.git",
  });
  expect(variables).toEqual({
    LB_ENV: "dev",
    LB_PRODUCER: "demo",
    GIT_URL: "git@git.gitea:customer-demo/functions.git",
    LB_TARGET_NAMESPACE: "customer",
  });
  expect(container?.ports).toEqual([{ name: "sls-api", containerPort: 4444, protocol: "TCP" }]);
  expect(container?.readinessProbe).toEqual({ httpGet: { path: "/ping", port: "sls-api" } });
});

test("a gateway has its configuration copied to where it can write, and its callers in Redis", () => {
  const objects = desiredOf(onCluster("Gateway"), settings);
  const name = "gateway-demo-dev-gateway";
  expect(told(objects)).toEqual([
    `v1 ConfigMap ${name}`,
    `apps/v1 Deployment ${name}`,
    `v1 Service ${name}`,
    `networking.k8s.io/v1 Ingress ${name}`,
  ]);
  const [files] = objects;
  expect(Object.keys(files?.kind === "ConfigMap" ? (files.data ?? {}) : {})).toEqual([
    "gateway.config.yml",
    "system.config.yml",
    "users.json",
    "applications.json",
    "credentials.json",
  ]);
  const deployment = deploymentOf(objects, "gateway");
  const { pod, init, container, variables } = containersOf(deployment);
  expect(pod?.volumes).toEqual([
    { name: "given-config", configMap: { name } },
    { name: "config", emptyDir: {} },
  ]);
  for (const file of Object.keys(files?.kind === "ConfigMap" ? (files.data ?? {}) : {})) {
    expect(init?.command?.join(" ")).toContain(`/etc/gateway/${file}`);
  }
  expect(variables).toEqual({
    EG_CONFIG_DIR: "/var/lib/eg",
    EG_NAMESPACE: "EG-demo-dev-",
    REDIS_HOST: "eg-identity-redis.default",
    REDIS_PORT: "6379",
  });
  expect(container?.readinessProbe).toEqual({ tcpSocket: { port: "gateway" } });
  expect(deployment.spec?.template.metadata?.annotations).toEqual({
    "prometheus.io/scrape": "true",
    "prometheus.io/port": "9876",
  });
  expect(portsOf(objects)).toEqual([`${name}:8080 → gateway`, `${name}:9876 → admin`]);
  expect(waysOf(objects)).toEqual([
    `gateway-demo-dev.lunchbadger.io/ Prefix → ${name}:8080`,
    `admin-gateway-demo-dev.lunchbadger.io/ Prefix → ${name}:8080`,
  ]);
});

test("everything is replaced without a gap, and is one pod that goes with its resource", () => {
  for (const resource of [onCluster("Workspace"), onCluster("Gateway")]) {
    for (const object of desiredOf(resource, settings)) {
      expect(object.metadata).toMatchObject({
        namespace: "customer",
        ownerReferences: [
          { kind: resource.kind, name: resource.metadata.name, uid: resource.metadata.uid, controller: true },
        ],
      });
      if (object.kind !== "Deployment") continue;
      expect(object.spec).toMatchObject({
        replicas: 1,
        minReadySeconds: 60,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } },
      });
    }
  }
});

test("the gateway finds what runs by its labels: whose it is, and which one", () => {
  const readBy = (resource: CustomResource) =>
    desiredOf(resource, settings)
      .filter(({ kind }) => kind === "Deployment")
      .map(({ metadata }) => readWorkload(metadata));
  const whose = { producer: "demo", env: "dev" };
  expect(readBy(onCluster("Workspace"))).toMatchObject([
    { ...whose, kind: "WORKSPACE" },
    { ...whose, kind: "SLS_API" },
  ]);
  expect(readBy(onCluster("Gateway"))).toMatchObject([
    { ...whose, kind: "GATEWAY", entityId: "aaaaaaaa-0000-4000-8000-000000000001", entityName: "gateway" },
  ]);
});

test("pods are found by what no change changes, and every other configuration is another pod", () => {
  const gateway = (name: string) => {
    const document = { gateways: [{ id: "g", name: "Gate", pipelines: [{ id: "p", name }] }] };
    const [first] = gatewaysOf(document);
    return deploymentOf(first ? desiredOf(first, settings) : [], "gateway");
  };
  const [one, other] = [gateway("one"), gateway("other")];
  const selector = { app: "gateway", producer: "demo", environment: "dev", instance: "gate" };
  expect([one.spec?.selector.matchLabels, other.spec?.selector.matchLabels]).toEqual([selector, selector]);
  const labels = ({ spec }: DesiredDeployment) => spec?.template.metadata?.labels ?? {};
  expect(labels(one)).toMatchObject({ ...selector, id: "g", env: "dev" });
  expect(labels(other)["config"]).not.toBe(labels(one)["config"]);
  expect({ ...labels(other), config: "" }).toEqual({ ...labels(one), config: "" });
});

test("an id that no label can have is told as none", () => {
  const [gateway] = gatewaysOf({ gateways: [{ id: "not valid!", name: "Gate", pipelines: [] }] });
  const [object] = gateway ? desiredOf(gateway, settings) : [];
  expect(object?.metadata.labels["id"]).toBe("default");
});

test.each([
  ["a disabled environment", { document: fileOf({ disabled: true }) }, "Workspace"],
  ["a function, which sls-api deploys", {}, "Function"],
] as const)("%s has no objects", (_what, given, kind) => {
  expect(desiredOf(onCluster(kind, given), settings)).toEqual([]);
});

test("a producer has no objects of its own", () => {
  expect(desiredOf(wantedProducer("demo", "customer-demo", { namespace: "customer" }), settings)).toEqual([]);
});

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

test("no secret of a data source ends in a resource or an object", () => {
  const secret = "hunter2-of-the-database";
  const source = {
    id: "ds",
    name: "mysql",
    connector: "mysql",
    password: secret,
    url: `mysql://u:${secret}@h`,
  };
  const document = {
    ...carDocument(),
    dataSources: [source],
    states: [{ key: "draft", value: source }],
    portals: [{ id: "p", name: secret }],
    microServices: [{ id: "m", name: secret }],
    privateModels: [source],
  };
  const model = { id: "car-id", name: "Car", plural: "cars", dataSource: source, password: secret };
  const { resources } = wantedOf({ document: fileOf(document), models: [model] });
  const objects = resources.flatMap((each) => desiredOf(each, settings));
  expect(objects.length).toBeGreaterThan(8);
  expect(JSON.stringify([resources, objects])).not.toContain("hunter2");
});

test("whatever a gateway is called, nothing of it reaches a command, and its objects are the same each time", () => {
  const hostile = fc.oneof(
    fc.constantFrom("$(reboot)", "'; reboot", "../../etc/passwd", "a\nb", "`x`", "${HOME}"),
    fc.string({ unit: "grapheme" }),
  );
  const commands = (objects: readonly DesiredObject[]) => {
    const { init, container } = containersOf(deploymentOf(objects, "gateway"));
    return JSON.stringify([init?.command, container?.command, init?.volumeMounts, container?.volumeMounts]);
  };
  const usual = commands(desiredOf(onCluster("Gateway"), settings));
  fc.assert(
    fc.property(hostile, hostile, (id, name) => {
      const gateways = () => gatewaysOf({ gateways: [{ id, name, pipelines: [{ id, name }] }] });
      const objects = gateways().flatMap((each) => desiredOf(each, settings));
      if (id !== "") expect(commands(objects)).toBe(usual);
      expect(JSON.stringify(gateways().flatMap((each) => desiredOf(each, settings)))).toBe(
        JSON.stringify(objects),
      );
    }),
    { numRuns: 300 },
  );
});
