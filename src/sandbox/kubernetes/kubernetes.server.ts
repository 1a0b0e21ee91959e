import { randomUUID } from "node:crypto";
import { startServer, text, type Reply, type SandboxRequest, type SandboxServer } from "../http.ts";
import type { Listening } from "../listening.ts";
import { admin, controller, operator, type Attempt } from "./caller.access.ts";
import { defaultClusterTiming, type ClusterTiming } from "./cluster.timing.ts";
import { answerDiscovery } from "./discovery.routes.ts";
import { KubernetesCluster } from "./kubernetes.cluster.ts";
import { KubelessController } from "./kubeless.controller.ts";
import { answerObjects, verbOf } from "./object.routes.ts";
import { answerReview, reviewGroups } from "./review.routes.ts";
import { fillCluster, type RunningOptions } from "./running.cluster.ts";
import { methodNotAllowed, StatusError, unknownResource } from "./status.error.ts";

/** What the Kubernetes API is started with. */
export interface KubernetesOptions extends RunningOptions {
  /**
   * What runs at first: all that the producers have, as the actualizer would have left it, and it stays as it is; or
   * nothing that has not been asked for. Functions are run as they are deployed in any case.
   */
  readonly contents?: "running" | "empty";
  /** Where producers' things run. */
  readonly namespace?: string;
  readonly timing?: Partial<ClusterTiming>;
  readonly listening?: Listening;
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

/** Starts the API of a cluster that runs what the producers of a platform have, or only what it is asked to. */
export async function startKubernetes(options: KubernetesOptions): Promise<Kubernetes> {
  const namespace = options.namespace ?? "customer";
  const [token, controllerToken, adminToken] = [randomUUID(), randomUUID(), randomUUID()];
  const cluster = new KubernetesCluster(namespace, { ...defaultClusterTiming, ...options.timing });
  cluster.access.add(token, operator);
  cluster.access.add(controllerToken, controller);
  cluster.access.add(adminToken, admin);
  const compare = running(cluster, options);
  const server = await startServer({
    ...options.listening,
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

/** What the containers of the platform's own images write when they start, by their names. */
const greetings: Readonly<Record<string, readonly string[]>> = {
  workspace: ["Starting the workspace", "Project API listening on 4230", "Workspace API listening on 4231"],
  "sls-api": ["sls-api listening on 4444"],
  gateway: ["gateway http server listening on :::8080", "admin http server listening on 0.0.0.0:9876"],
};

/** Has the cluster run what it is to, from when it is first asked for. */
function running(cluster: KubernetesCluster, options: KubernetesOptions) {
  const { functions, contents = "empty" } = options;
  const { store, namespace, kubelet, controllers, logs, timing } = cluster;
  const kubeless = new KubelessController({ store, functions, namespace });
  let planned: NodeJS.Timeout | undefined;
  let isStopped = false;
  const now = (): void => {
    if (isStopped) return;
    if (planned !== undefined) return kubeless.compare();
    planned = setInterval(() => kubeless.compare(), timing.compareMs).unref();
    // What is there at first has been there for long.
    kubelet.isInstant = true;
    if (contents === "running") fillCluster(cluster, options);
    kubeless.compare();
    controllers.settle();
    kubelet.isInstant = false;
  };
  const soon = (): void => {
    if (planned !== undefined && !isStopped) kubeless.compare();
  };
  kubelet.onStarted = ({ metadata, spec }) => {
    const hash = metadata.labels?.["pod-template-hash"] ?? "";
    const deployment = metadata.ownerReferences?.[0]?.name.slice(0, -hash.length - 1) ?? "";
    const container = spec.containers[0]?.name ?? "";
    logs.append(metadata.uid, container, kubeless.greetingOf(deployment) ?? greetings[container] ?? []);
  };
  functions.onDeployed(soon);
  functions.onRemoved(({ name }) => {
    if (planned !== undefined) kubeless.remove(name);
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
