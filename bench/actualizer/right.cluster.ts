import type { KubernetesCluster } from "../../src/sandbox/kubernetes/kubernetes.cluster.ts";
import { deployments, services, type Resource } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { configMaps, ingresses } from "../../src/sandbox/kubernetes/stored.kinds.ts";
import { hasGateway, producerName } from "./producers.seed.ts";

/** The objects of a producer, as `Deployment workspace-p1-dev`. */
function objectsOf(number: number): readonly string[] {
  const place = `${producerName(number)}-dev`;
  const running = [`workspace-${place}`, `sls-api-${place}`];
  const gateway = hasGateway(number) ? [`gateway-${place}-gateway`] : [];
  return [
    ...[...running, ...gateway].flatMap((name) => [
      `Deployment ${name}`,
      `Service ${name}`,
      `Ingress ${name}`,
    ]),
    ...gateway.map((name) => `ConfigMap ${name}`),
  ];
}

const isOfSeed = /^(?:Deployment|Service|Ingress|ConfigMap) (?:workspace|sls-api|gateway)-p\d+-/;

/** What there should be of so many producers and is not, or is and should not be; nothing else is looked at. */
export function wrongObjects(cluster: KubernetesCluster, count: number): readonly string[] {
  const lists = [deployments, services, ingresses, configMaps] as readonly Resource[];
  const there = new Set(
    lists.flatMap((list) => cluster.list(list).map(({ metadata }) => `${list.kind} ${metadata.name}`)),
  );
  const wanted = new Set(Array.from({ length: count }, (_, number) => objectsOf(number)).flat());
  return [
    ...[...wanted].filter((each) => !there.has(each)).map((each) => `${each} is missing`),
    ...[...there]
      .filter((each) => isOfSeed.test(each) && !wanted.has(each))
      .map((each) => `${each} is too much`),
  ];
}
