import type { DesiredDeployment, DesiredObject } from "../../src/actualizer/desired/desired.objects.ts";

/** Objects by group, kind and name. */
export const told = (objects: readonly DesiredObject[]) =>
  objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);

/** The deployment of a part of the platform. */
export function deploymentOf(objects: readonly DesiredObject[], app: string): DesiredDeployment {
  const found = objects.find(
    (each): each is DesiredDeployment => each.kind === "Deployment" && each.metadata.labels["app"] === app,
  );
  if (!found) throw new Error(`there is no ${app}`);
  return found;
}

/** The container and the one before it, with the values of their variables. */
export function containersOf(deployment: DesiredDeployment) {
  const pod = deployment.spec?.template.spec;
  const [init] = pod?.initContainers ?? [];
  const [container] = pod?.containers ?? [];
  const variables = (of: typeof container) =>
    Object.fromEntries((of?.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
  return { pod, init, container, variables: variables(container), initVariables: variables(init) };
}

/** Where hosts lead: `<host><path> → <service>:<port>`. */
export const waysOf = (objects: readonly DesiredObject[]) =>
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

/** The ports of services: `<service>:<port> → <port of the pod>`. */
export const portsOf = (objects: readonly DesiredObject[]) =>
  objects.flatMap((each) =>
    each.kind !== "Service"
      ? []
      : (each.spec?.ports ?? []).map(
          ({ port, targetPort }) => `${each.metadata.name}:${port} → ${targetPort ?? ""}`,
        ),
  );

/** What a deployment runs. */
export const image = (deployment: DesiredDeployment) => containersOf(deployment).container?.image;
