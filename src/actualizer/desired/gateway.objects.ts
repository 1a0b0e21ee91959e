import type { V1Container, V1EnvVar } from "@kubernetes/client-node";
import { filesHash, gatewayFiles } from "../gateway/gateway.files.ts";
import { gatewayHosts } from "../names/host.names.ts";
import { idLabel, objectName } from "../names/object.names.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import { ownerOf } from "../resources/resources.ts";
import { imageOf, type ActualizerSettings } from "../settings.ts";
import {
  configMap,
  deployment,
  environmentOf,
  ingresses,
  service,
  type DesiredObject,
  type ObjectBase,
} from "./desired.objects.ts";
import { placeLabels, placeSelector } from "./clone.parts.ts";

const given = "/etc/gateway";
const folder = "/var/lib/eg";

/** The gateway writes to its configuration, and what a ConfigMap holds cannot be written to. */
const copying = [
  `mkdir -p ${folder}/models`,
  `cp ${given}/gateway.config.yml ${given}/system.config.yml ${folder}/`,
  `cp ${given}/users.json ${given}/applications.json ${given}/credentials.json ${folder}/models/`,
].join(" && ");

function redisVariables({ redis }: ActualizerSettings): readonly V1EnvVar[] {
  const { host, port, passwordSecret } = redis;
  const secretKeyRef = { name: passwordSecret ?? "", key: "password" };
  return [
    { name: "REDIS_HOST", value: host },
    { name: "REDIS_PORT", value: String(port) },
    ...(passwordSecret === undefined ? [] : [{ name: "REDIS_PASSWORD", valueFrom: { secretKeyRef } }]),
  ];
}

/** What the names of all that gateways keep in Redis begin with: they are an environment's, not its name's. */
function redisNamespace({ producer, env, repositoryId }: GatewayResource["spec"]): string {
  return ["EG", producer, env, ...(repositoryId === undefined ? [] : [repositoryId]), ""].join("-");
}

/** The hash of the configuration that a gateway is to run. */
export function configOf({ spec }: GatewayResource, { redis }: ActualizerSettings): string {
  return filesHash(gatewayFiles(spec, redis.passwordSecret !== undefined));
}

/**
 * What runs a gateway; another configuration is another template, so a change of it replaces the pods. How it is reached
 * is the same for each, and so is not labelled with it.
 */
export function objectsOfGateway(
  resource: GatewayResource,
  settings: ActualizerSettings,
  withheld: ReadonlySet<string>,
): readonly DesiredObject[] {
  const { spec } = resource;
  const { producer, id, instance } = spec;
  const name = objectName("gateway", spec, instance);
  const files = gatewayFiles(spec, settings.redis.passwordSecret !== undefined);
  const reached: ObjectBase = {
    name,
    labels: { ...placeLabels("gateway", spec), id: idLabel(id), instance },
    selector: { ...placeSelector("gateway", spec), instance },
    owners: ownerOf(resource),
    settings,
  };
  const base: ObjectBase = { ...reached, labels: { ...reached.labels, config: filesHash(files) } };
  const image = imageOf(settings, "gateway", producer);
  const hosts = gatewayHosts(spec, instance, settings);
  const routes = [hosts.own, ...(settings.internalHosts ? [hosts.admin] : [])].map((host) => ({
    host,
    paths: [{ path: "/", port: 8080 }],
  }));
  const config = { name: "config", mountPath: folder };
  const initContainer: V1Container = {
    name: "copy-config",
    image,
    command: ["sh", "-c", copying],
    volumeMounts: [{ name: "given-config", mountPath: given, readOnly: true }, config],
  };
  const container: V1Container = {
    name: "gateway",
    image,
    env: [
      ...environmentOf({ EG_CONFIG_DIR: folder, EG_NAMESPACE: redisNamespace(spec) }),
      ...redisVariables(settings),
    ],
    ports: [
      { name: "gateway", containerPort: 8080, protocol: "TCP" },
      { name: "admin", containerPort: 9876, protocol: "TCP" },
    ],
    readinessProbe: { tcpSocket: { port: "gateway" } },
    volumeMounts: [config],
  };
  const volumes = [
    { name: "given-config", configMap: { name } },
    { name: "config", emptyDir: {} },
  ];
  const annotations = { "prometheus.io/scrape": "true", "prometheus.io/port": "9876" };
  return [
    configMap(base, files),
    deployment(base, { initContainer, container, volumes, annotations }),
    service(reached, [
      { name: "gateway", port: 8080 },
      { name: "admin", port: 9876 },
    ]),
    ...ingresses(reached, routes, withheld),
  ];
}
