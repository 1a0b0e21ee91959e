import { actualizerVariables } from "../../src/actualizer/actualizer.variables.ts";
import type { Projection, ProjectSource } from "../../src/actualizer/projection/project.source.ts";
import { project } from "../../src/actualizer/projection/projection.ts";
import type { GatewayResource } from "../../src/actualizer/resources/gateway.resource.ts";
import type { CustomResource } from "../../src/actualizer/resources/resources.ts";
import { settingsOf, type ActualizerSettings, type ActualizerValues } from "../../src/actualizer/settings.ts";
import { noOptions } from "../../src/services/environment.options.ts";
import { carDocument } from "../../src/sandbox/seed/car.document.ts";

/** The variables at their values when unset, but for those that are given. */
export function valuesOf(given: Partial<Record<keyof typeof actualizerVariables, string>>): ActualizerValues {
  const read = Object.entries(actualizerVariables).map(([name, { type, unset }]) => [
    name,
    type.parse(given[name as keyof typeof actualizerVariables] ?? unset),
  ]);
  return Object.fromEntries(read) as ActualizerValues;
}

const shared = {
  namespace: "customer",
  environments: ["dev", "test"],
  modelUrl: "http://workspace-$PRODUCER-$ENV.customer:3000/api",
};

/** Settings as they are when unset, but for the variables that are given. */
export const settingsWith = (
  given: Partial<Record<keyof typeof actualizerVariables, string>> = {},
): ActualizerSettings => settingsOf(valuesOf(given), shared);

/** The file that a canvas is saved in. */
export const fileOf = (document: unknown, id = "demo-dev") =>
  JSON.stringify({ ids: {}, models: { Project: { [id]: JSON.stringify(document) } } });

/** All that is known of demo's project about cars, but for what is said otherwise. */
export function sourceOf(given: Partial<ProjectSource> = {}): ProjectSource {
  const { producer = "demo", env = "dev" } = given;
  return {
    producer,
    env,
    repository: { owner: `customer-${producer}`, name: env, commit: "0123456789abcdef" },
    functionsRepository: { owner: `customer-${producer}`, name: "functions" },
    document: fileOf(carDocument(), `${producer}-${env}`),
    options: noOptions,
    models: [{ id: "car-id", name: "Car", plural: "cars" }],
    functions: [{ id: "hello-id", name: "hello", revision: "r1" }],
    settings: settingsWith(),
    ...given,
  };
}

/** What a project means, where it means anything. */
export function wantedOf(given: Partial<ProjectSource> = {}): Extract<Projection, { outcome: "wanted" }> {
  const projection = project(sourceOf(given));
  if (projection.outcome !== "wanted") throw new Error(projection.problem);
  return projection;
}

/** The names of resources, each behind its kind. */
export const namesOf = (resources: readonly CustomResource[]) =>
  resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

/** The gateways among what a document means. */
export const gatewaysOf = (
  document: unknown,
  given: Partial<ProjectSource> = {},
): readonly GatewayResource[] => {
  const { producer = "demo", env = "dev" } = given;
  return wantedOf({ ...given, document: fileOf(document, `${producer}-${env}`) }).resources.filter(
    (each) => each.kind === "Gateway",
  );
};

/** The resource of a kind, as the cluster has it once it is made. */
export function onCluster<Kind extends CustomResource["kind"]>(
  kind: Kind,
  given: Partial<ProjectSource> = {},
): Extract<CustomResource, { kind: Kind }> {
  const found = wantedOf(given).resources.find((each) => each.kind === kind);
  if (!found) throw new Error(`there is no ${kind}`);
  const metadata = { ...found.metadata, uid: `uid-of-${found.metadata.name}` };
  return { ...found, metadata } as unknown as Extract<CustomResource, { kind: Kind }>;
}
