import { randomUUID } from "node:crypto";
import { startServer, text, type Reply, type SandboxRequest, type SandboxServer } from "../http.ts";
import { admin, controller, operator, type Attempt } from "./caller.access.ts";
import { defaultClusterTiming, type ClusterTiming } from "./cluster.timing.ts";
import { answerDiscovery } from "./discovery.routes.ts";
import { KubernetesCluster } from "./kubernetes.cluster.ts";
import { answerObjects, verbOf } from "./object.routes.ts";
import { PlatformActualizer, type ActualizerOptions } from "./platform.actualizer.ts";
import { answerReview, reviewGroups } from "./review.routes.ts";
import { methodNotAllowed, StatusError, unknownResource } from "./status.error.ts";

/** What the Kubernetes API is started with. */
export interface KubernetesOptions extends Omit<ActualizerOptions, "namespace"> {
  /** Where producers' things run. */
  readonly namespace?: string;
  readonly timing?: Partial<ClusterTiming>;
}

/** A Kubernetes API, and the cluster behind it. */
export interface Kubernetes {
  readonly server: SandboxServer;
  /** Shown as a bearer, this lets one look at all that producers run, delete pods and restart deployments. */
  readonly token: string;
  /** This lets one keep custom objects, and what runs for them. */
  readonly controllerToken: string;
  /** This lets one do anything, such as telling of kinds of custom objects. */
  readonly adminToken: string;
  readonly namespace: string;
  /** What runs; nothing does until this, or the API, is first asked. */
  readonly cluster: KubernetesCluster;
  stop(): Promise<void>;
}

/** Starts the API of a cluster that runs what the producers of a platform have. */
export async function startKubernetes(options: KubernetesOptions): Promise<Kubernetes> {
  const namespace = options.namespace ?? "customer";
  const [token, controllerToken, adminToken] = [randomUUID(), randomUUID(), randomUUID()];
  const cluster = new KubernetesCluster(namespace, { ...defaultClusterTiming, ...options.timing });
  cluster.access.add(token, operator);
  cluster.access.add(controllerToken, controller);
  cluster.access.add(adminToken, admin);
  const compare = actualizing(cluster, { ...options, namespace });
  const server = await startServer({
    handle: async (request) => {
      compare.now();
      try {
        return await answered(cluster, request);
      } catch (error) {
        if (error instanceof StatusError) return error.reply;
        throw error;
      }
    },
  });
  return {
    server,
    ...{ token, controllerToken, adminToken },
    namespace,
    get cluster() {
      compare.now();
      return cluster;
    },
    stop: async () => {
      compare.stop();
      cluster.close();
      await server.stop();
    },
  };
}

/** Keeps the cluster to what the producers have, from when it is first asked for. */
function actualizing(cluster: KubernetesCluster, options: ActualizerOptions) {
  const { platform, functions } = options;
  const actualizer = new PlatformActualizer(cluster.store, options);
  let planned: NodeJS.Timeout | undefined;
  let isStopped = false;
  const now = (): void => {
    if (isStopped) return;
    if (planned === undefined) {
      planned = setInterval(() => actualizer.actualize(), cluster.timing.compareMs).unref();
      // What is there at first has been there for long.
      cluster.kubelet.isInstant = true;
    }
    actualizer.actualize();
    if (!cluster.kubelet.isInstant) return;
    cluster.controllers.settle();
    cluster.kubelet.isInstant = false;
  };
  const soon = (): void => {
    if (planned !== undefined && !isStopped) actualizer.actualize();
  };
  cluster.kubelet.onStarted = ({ metadata, spec }) => {
    const hash = metadata.labels?.["pod-template-hash"] ?? "";
    const deployment = metadata.ownerReferences?.[0]?.name.slice(0, -hash.length - 1) ?? "";
    const greeting = actualizer.workload(deployment)?.greeting ?? [];
    cluster.logs.append(metadata.uid, spec.containers[0]?.name ?? "", greeting);
  };
  platform.onPush(soon);
  functions.onDeployed(soon);
  functions.onRemoved(({ name }) => {
    if (planned !== undefined) actualizer.replace(name);
  });
  const stop = (): void => {
    isStopped = true;
    clearInterval(planned);
  };
  return { now, stop };
}

const objectPath =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+)(?:\/(?<subresource>.+))?)?$/;

async function answered(cluster: KubernetesCluster, request: SandboxRequest): Promise<Reply> {
  const { method, path, query } = request;
  const caller = cluster.access.callerOf(request);
  const known = answerDiscovery(cluster.resources.all(), path, query);
  if (known !== undefined && method !== "GET") throw methodNotAllowed();
  if (known !== undefined) return known;
  const groups = objectPath.exec(path)?.groups;
  if (groups === undefined) return pageNotFound();
  const { group = "", version = "", namespace, plural = "", name, subresource } = decoded(groups);
  const attempt: Attempt = {
    verb: verbOf(method, name, query),
    group,
    resource: plural,
    subresource,
    name,
    namespace,
  };
  cluster.access.check(caller, attempt);
  if (reviewGroups.includes(group)) return answerReview(cluster.access, caller, plural, request);
  const resource = cluster.resources.find(group, version, plural);
  const checkCreate = (): void =>
    cluster.access.check(caller, { ...attempt, verb: "create", subresource: undefined });
  if (resource !== undefined)
    return answerObjects(cluster, { resource, namespace, name, subresource, request, checkCreate });
  if (!cluster.resources.has(group, version)) return pageNotFound();
  throw unknownResource();
}

function decoded(groups: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(groups).map(([key, value]) => [
      key,
      value === undefined ? value : decodeURIComponent(value),
    ]),
  );
}

function pageNotFound(): Reply {
  return text(404, "404 page not found\n", { "X-Content-Type-Options": "nosniff" });
}
