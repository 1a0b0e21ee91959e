import { expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import { onCluster, settingsWith } from "./actualizer.source.ts";
import { containersOf, deploymentOf, portsOf, told, waysOf } from "./desired.reading.ts";

const settings = settingsWith();

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

test.each([
  ["dev", 17, "EG-demo-dev-"],
  ["staging", 17, "EG-demo-staging-17-"],
  ["staging", 18, "EG-demo-staging-18-"],
])("gateways in %s of the repository %i keep their callers under %s", (env, id, namespace) => {
  const repository = { owner: "customer-demo", name: env, id };
  const objects = desiredOf(onCluster("Gateway", { env, repository }), settings);
  expect(containersOf(deploymentOf(objects, "gateway")).variables["EG_NAMESPACE"]).toBe(namespace);
});

test("no pod is told of other producers' services, and none but an sls-api is anybody to the cluster", () => {
  const pods = [onCluster("Workspace"), onCluster("Gateway")]
    .flatMap((each) => desiredOf(each, settings))
    .flatMap((each) => (each.kind === "Deployment" ? [each] : []))
    .map((each) => {
      const { enableServiceLinks, automountServiceAccountToken, serviceAccountName } =
        each.spec?.template.spec ?? {};
      return [
        each.metadata.labels["app"],
        { enableServiceLinks, automountServiceAccountToken, serviceAccountName },
      ];
    });
  const nobody = { enableServiceLinks: false, automountServiceAccountToken: false };
  expect(Object.fromEntries(pods)).toEqual({
    workspace: nobody,
    "sls-api": { enableServiceLinks: false, serviceAccountName: "sls-api" },
    gateway: nobody,
  });
});
