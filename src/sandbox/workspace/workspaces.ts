import type { GiteaPlatform } from "../gitea/gitea.platform.ts";
import { ConnectionCut, startServer, type Reply, type SandboxServer } from "../http.ts";
import type { Listening } from "../listening.ts";
import { environmentOf, hostOf, producerOf } from "../producer.host.ts";
import { ProducerPod } from "./producer.pod.ts";
import { documentPath } from "./project.template.ts";
import { RepositoryCheckout } from "./repository.checkout.ts";
import { isDisabled } from "./saved.document.ts";
import { defaultTiming, type WorkspaceTiming } from "./workspace.timing.ts";

type Service = "projectApi" | "workspaceApi" | "runningProject";

/** What the workspaces are started with. */
export interface WorkspacesOptions {
  platform: GiteaPlatform;
  /** What the logins of producers begin with. */
  prefix: string;
  /** The repositories that are environments: each of a producer's has a pod. */
  environments: readonly string[];
  timing?: Partial<WorkspaceTiming>;
  /** Whether calls that overlap do damage, as they do in reality and unless told otherwise. */
  damage?: boolean;
  listenAt?: (service: Service) => Listening;
}

/** Every producer's pods, behind a server for each of the three things that answer in one. */
export interface Workspaces {
  readonly projectApi: SandboxServer;
  readonly workspaceApi: SandboxServer;
  readonly runningProjects: SandboxServer;
  /** The pod of an environment, to look into it and to change it; throws where none runs. */
  pod(producer: string, env: string): ProducerPod;
  stop(): Promise<void>;
}

/**
 * Starts the workspaces. The first part of a path says whose pod is meant, as the name of the host does in reality;
 * a pod comes into being when it is first asked for, and where there is none the connection is cut.
 */
export async function startWorkspaces(options: WorkspacesOptions): Promise<Workspaces> {
  const { platform } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const damage = options.damage ?? true;
  const pods = new Map<string, ProducerPod>();

  const podOf = (host: string): ProducerPod | undefined => {
    const repository = environmentOf(options, host);
    const known = pods.get(host);
    if (known !== undefined && known.repository === repository && !known.isGone) return known;
    known?.close();
    pods.delete(host);
    if (repository === undefined) return undefined;
    const id = `${producerOf(options, repository)}-${repository.name}`;
    const checkout = new RepositoryCheckout(platform, repository);
    if (isDisabled(checkout.files()[documentPath], id)) return undefined;
    const pod = new ProducerPod({ id, repository, checkout, timing, damage });
    pods.set(host, pod);
    return pod;
  };
  platform.onPush(({ repository, branch, after }) => {
    if (branch !== repository.defaultBranch) return;
    for (const pod of pods.values()) if (pod.repository === repository && !pod.isGone) pod.hear(after);
  });

  const start = (service: Service): Promise<SandboxServer> =>
    startServer({
      ...options.listenAt?.(service),
      handle: (request): Reply | Promise<Reply> => {
        const { host, inside } = hostOf(request);
        const pod = podOf(host);
        if (pod === undefined) throw new ConnectionCut();
        return pod[service](inside);
      },
    });
  const [projectApi, workspaceApi, runningProjects] = await Promise.all([
    start("projectApi"),
    start("workspaceApi"),
    start("runningProject"),
  ]);
  return {
    projectApi,
    workspaceApi,
    runningProjects,
    pod: (producer, env) => {
      const pod = podOf(`${producer}-${env}`.toLowerCase());
      if (pod === undefined) throw new Error(`no pod of ${producer} runs in ${env}`);
      return pod;
    },
    stop: async () => {
      for (const pod of pods.values()) pod.close();
      await Promise.all([projectApi.stop(), workspaceApi.stop(), runningProjects.stop()]);
    },
  };
}
