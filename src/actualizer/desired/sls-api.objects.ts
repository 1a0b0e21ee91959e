import type { V1Container } from "@kubernetes/client-node";
import { workspaceHosts } from "../names/host.names.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import { imageOf, type ActualizerSettings } from "../settings.ts";
import { addressOf, cloneMounts, cloneVolumes, cloning, environmentBase } from "./clone.parts.ts";
import { deployment, environmentOf, ingresses, service, type DesiredObject } from "./desired.objects.ts";

/** What keeps a producer's functions and deploys them. */
export function slsApiObjects(
  resource: WorkspaceResource,
  settings: ActualizerSettings,
  withheld: ReadonlySet<string>,
): readonly DesiredObject[] {
  const { spec } = resource;
  const base = environmentBase("sls-api", resource, settings);
  const route = { host: workspaceHosts(spec, settings).slsApi, paths: [{ path: "/", port: 80 }] };
  const container: V1Container = {
    name: "sls-api",
    image: imageOf(settings, "slsApi", spec.producer),
    env: environmentOf({
      LB_ENV: spec.env,
      LB_PRODUCER: spec.producer,
      GIT_URL: addressOf(spec.functionsRepository, settings),
      LB_TARGET_NAMESPACE: settings.namespace,
    }),
    ports: [{ name: "sls-api", containerPort: 4444, protocol: "TCP" }],
    readinessProbe: { httpGet: { path: "/ping", port: "sls-api" } },
    volumeMounts: cloneMounts,
  };
  const initContainer = cloning("sls-api", spec.functionsRepository, resource, settings);
  return [
    deployment(base, { initContainer, container, volumes: cloneVolumes, serviceAccountName: "sls-api" }),
    service(base, [{ name: "sls-api", port: 80 }]),
    ...ingresses(base, settings.internalHosts ? [route] : [], withheld),
  ];
}
