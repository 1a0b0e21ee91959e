import type { V1Container } from "@kubernetes/client-node";
import { workspaceHosts } from "../names/host.names.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import { imageOf, type ActualizerSettings } from "../settings.ts";
import { addressOf, cloneMounts, cloneVolumes, cloning, environmentBase } from "./clone.parts.ts";
import {
  deployment,
  environmentOf,
  ingresses,
  service,
  type DesiredObject,
  type Route,
} from "./desired.objects.ts";

/** Variables as the cluster takes them to the letter: it would put others in for `$(NAME)`. */
const plainVariables = (variables: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Object.entries(variables)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => [name, value.replaceAll("$", "$$$$")]),
  );

/** What runs a project, and lets it be worked on. */
export function workspaceObjects(
  resource: WorkspaceResource,
  settings: ActualizerSettings,
  withheld: ReadonlySet<string>,
): readonly DesiredObject[] {
  const { spec } = resource;
  const base = environmentBase("workspace", resource, settings);
  const hosts = workspaceHosts(spec, settings);
  const internal: Route = {
    host: hosts.internal,
    paths: [
      { path: "/project-api", port: 80 },
      { path: "/workspace-api", port: 81 },
      { path: "/explorer", port: 3000 },
    ],
  };
  const routes = [
    { host: hosts.project, paths: [{ path: "/", port: 3000 }] },
    ...(settings.internalHosts ? [internal] : []),
  ];
  const container: V1Container = {
    name: "workspace",
    image: imageOf(settings, "workspace", spec.producer),
    env: environmentOf({
      // The platform's own come last: of two variables of one name the last counts.
      ...plainVariables(spec.variables),
      LB_ENV: spec.env,
      LB_PRODUCER: spec.producer,
      GIT_URL: addressOf(spec.repository, settings),
      WATCH_URL: `${settings.watchUrl}/change-stream/${spec.producer}`,
    }),
    ports: [
      { name: "project-api", containerPort: 4230, protocol: "TCP" },
      { name: "workspace-api", containerPort: 4231, protocol: "TCP" },
      { name: "workspace", containerPort: 3000, protocol: "TCP" },
    ],
    readinessProbe: { httpGet: { path: "/", port: "workspace-api" }, initialDelaySeconds: 15 },
    volumeMounts: cloneMounts,
  };
  const initContainer = cloning("workspace", spec.repository, resource, settings);
  return [
    deployment(base, { initContainer, container, volumes: cloneVolumes }),
    service(base, [
      { name: "project-api", port: 80 },
      { name: "workspace-api", port: 81 },
      { name: "workspace", port: 3000 },
    ]),
    ...ingresses(base, routes, withheld),
  ];
}
