import type { FunctionDefinition } from "../gateway/platform.entries.ts";
import type { GatewayConfiguration } from "../gateway/gateway.configuration.ts";
import { functionPart, hashOf, resourceName, type Place } from "../names/object.names.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import { resourceApiVersion, type RepositoryPlace } from "../resources/resource.parts.ts";
import { ownerOf } from "../resources/resources.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { hasAutoGateway, type ProjectSource, type ReadSource } from "./project.source.ts";

const metadataOf = ({ producer, env, owner, settings }: ProjectSource, name: string) => {
  const ownerReferences = owner ? [...ownerOf(owner)] : [];
  return {
    name,
    namespace: settings.namespace,
    labels: { producer, environment: env, env },
    ...(ownerReferences.length > 0 ? { ownerReferences } : {}),
  };
};

const placeOf = ({ owner, name, branch }: RepositoryPlace): RepositoryPlace => ({
  owner,
  name,
  ...(branch === undefined ? {} : { branch }),
});

/** A producer, who is called as the resource is. */
export function wantedProducer(
  producer: string,
  login: string,
  { namespace }: { readonly namespace: string },
): ProducerResource {
  return {
    apiVersion: resourceApiVersion,
    kind: "Producer",
    metadata: { name: producer, namespace, labels: { producer } },
    spec: { login },
  };
}

/** What runs an environment's project and keeps its functions. */
export function wantedWorkspace(
  source: ReadSource,
  repository: NonNullable<ProjectSource["repository"]>,
  functionsRepository: RepositoryPlace,
  enabled: boolean,
): WorkspaceResource {
  const { producer, env, document, options } = source;
  const variables = Object.entries(options.variables).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    apiVersion: resourceApiVersion,
    kind: "Workspace",
    metadata: metadataOf(source, resourceName(source)),
    spec: {
      producer,
      env,
      repository: placeOf(repository),
      functionsRepository: placeOf(functionsRepository),
      enabled,
      ...(hasAutoGateway(source) ? { autoGateway: true } : {}),
      ...(variables.length > 0 ? { variables: Object.fromEntries(variables) } : {}),
      source: {
        ...(repository.commit === undefined ? {} : { commit: repository.commit }),
        ...(document === undefined ? {} : { documentHash: hashOf(document, 16) }),
      },
    },
  };
}

/** The name of the resource that is a gateway of a project's. */
export const gatewayName = (place: Place, instance: string) => resourceName(place, instance);

/** Which one of all environments that ever had its name it is; those that every producer has are never another. */
const lifeOf = ({ env, repository, settings }: ProjectSource) =>
  repository?.id === undefined || settings.environments.includes(env) ? {} : { repositoryId: repository.id };

/** A gateway, with all that it is configured to do. */
export function wantedGateway(
  source: ProjectSource,
  gateway: Pick<GatewayResource["spec"], "id" | "name" | "instance">,
  { configuration, order }: GatewayConfiguration,
  system: JsonObject | undefined,
): GatewayResource {
  const { producer, env } = source;
  const { id, name, instance } = gateway;
  return {
    apiVersion: resourceApiVersion,
    kind: "Gateway",
    metadata: metadataOf(source, gatewayName(source, instance)),
    spec: {
      producer,
      env,
      id,
      name: name.slice(0, 200),
      instance,
      ...lifeOf(source),
      configuration: { ...configuration },
      order: { apiEndpoints: [...order.apiEndpoints], pipelines: [...order.pipelines] },
      ...(system === undefined ? {} : { system: { ...system } }),
    },
  };
}

/** The name of the resource that is a function of a producer's. */
export const functionResourceName = (place: Place, name: string) => resourceName(place, functionPart(name));

/** A function. Whether it is to run is people's to say, and none of what is saved. */
export function wantedFunction(
  source: ProjectSource,
  { name, revision }: FunctionDefinition,
  enabled: boolean,
): FunctionResource {
  const { producer, env } = source;
  return {
    apiVersion: resourceApiVersion,
    kind: "Function",
    metadata: metadataOf(source, functionResourceName(source, name)),
    spec: {
      producer,
      env,
      name,
      enabled,
      ...(revision === undefined ? {} : { source: revision }),
    },
  };
}
