import { desiredOf } from "../../actualizer/desired/desired.ts";
import { wantedProducer } from "../../actualizer/projection/wanted.resources.ts";
import { withConditions } from "../../actualizer/resources/conditions.ts";
import { definitionOf } from "../../actualizer/resources/resource.definitions.ts";
import { resourceKinds, type CustomResource } from "../../actualizer/resources/resources.ts";
import type { ProducerResource } from "../../actualizer/resources/producer.resource.ts";
import { usualSettings } from "../../actualizer/settings.ts";
import type { FunctionCluster } from "../sls/function.cluster.ts";
import { stamp, type ClusterObject, type Fields } from "./kubernetes.object.ts";
import type { KubernetesCluster } from "./kubernetes.cluster.ts";
import { admitted } from "./object.admission.ts";
import { apiVersionOf, type Resource } from "./resource.kinds.ts";
import { conditionsOf } from "./running.conditions.ts";
import { resourcesOf, type RunningPlatform } from "./running.project.ts";
import { definitions } from "./stored.kinds.ts";

/** What is to run on a cluster from the start. */
export interface RunningOptions extends RunningPlatform {
  readonly functions: FunctionCluster;
}

let known: readonly Fields[] | undefined;

/** Tells the cluster of the custom resources, as whoever installs them does. */
function install(cluster: KubernetesCluster): void {
  known ??= resourceKinds.map(definitionOf);
  for (const each of known) {
    const { apiVersion: _version, kind: _kind, ...definition } = structuredClone(each);
    const wanted = definition as unknown as ClusterObject;
    cluster.store.create(
      definitions,
      "",
      admitted(definitions as unknown as Resource, wanted, undefined) as never,
    );
  }
  cluster.controllers.settle();
}

/** Keeps an object as if it had been sent, with whatever the cluster fills in. */
function keep(
  cluster: KubernetesCluster,
  resource: Resource,
  object: Fields,
  status?: Fields,
): ClusterObject {
  const { apiVersion: _version, kind: _kind, ...wanted } = structuredClone(object);
  const draft = { ...wanted, ...(status === undefined ? {} : { status }) } as unknown as ClusterObject;
  return cluster.add(resource, admitted(resource, draft, undefined));
}

/** Has a cluster run what all producers have, as the actualizer would have left it; from then on nothing follows. */
export function fillCluster(cluster: KubernetesCluster, options: RunningOptions): void {
  const { platform, prefix, environments, functions } = options;
  const { namespace, resources } = cluster;
  const settings = usualSettings({
    namespace,
    environments,
    modelUrl: `http://workspace-$PRODUCER-$ENV.${namespace}:3000/api`,
  });
  install(cluster);
  const kindOf = (apiVersion: string, kind: string): Resource => {
    const found = resources.all().find((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
    if (found === undefined) throw new Error(`the cluster knows no ${kind}`);
    return found;
  };
  const keepResource = (resource: CustomResource): CustomResource => {
    const said = conditionsOf(resource, functions);
    const conditions = withConditions([], said, { generation: 1, at: stamp() });
    const api = kindOf(resource.apiVersion, resource.kind);
    const { metadata } = keep(cluster, api, resource, { conditions, observedGeneration: 1 });
    return { ...resource, metadata: { ...resource.metadata, uid: metadata.uid } };
  };
  for (const login of platform.logins().filter((each) => each.startsWith(`${prefix}-`))) {
    const name = login.slice(prefix.length + 1);
    const owner = keepResource(wantedProducer(name, login, settings)) as ProducerResource;
    for (const env of environments) {
      const repository = platform.findRepository(login, env);
      if (repository === undefined) continue;
      for (const resource of resourcesOf(options, repository, owner, settings)) {
        const kept = keepResource(resource);
        for (const object of desiredOf(kept, settings)) {
          keep(cluster, kindOf(object.apiVersion, object.kind), object as unknown as Fields);
        }
      }
    }
  }
}
