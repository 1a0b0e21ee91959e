import type { Commit } from "../gitea/git.objects.ts";
import type { Repository } from "../gitea/repository.store.ts";
import { ConnectionCut, startServer, type SandboxServer } from "../http.ts";
import type { Listening } from "../listening.ts";
import { environmentOf, functionsOf, hostOf, producerOf, type HostNames } from "../producer.host.ts";
import { documentPath } from "../workspace/project.template.ts";
import { RepositoryCheckout } from "../workspace/repository.checkout.ts";
import { isDisabled } from "../workspace/saved.document.ts";
import { FunctionCluster } from "./function.cluster.ts";
import { FunctionService } from "./function.service.ts";
import { defaultTiming, type FunctionTiming } from "./function.timing.ts";

/** What the function services are started with. */
export interface FunctionServicesOptions extends HostNames {
  /** The repository of a producer's that his functions are in, in all environments that every producer has. */
  functionsRepository: string;
  /** Where functions run on the cluster. */
  namespace?: string;
  timing?: Partial<FunctionTiming>;
  listening?: Listening;
}

/** Every producer's sls-api, behind one server, and what they deploy. */
export interface FunctionServices {
  readonly server: SandboxServer;
  readonly cluster: FunctionCluster;
  /** The sls-api of an environment, to look into it and to change it; throws where none runs. */
  of(producer: string, env: string): FunctionService;
  /**
   * From now on an sls-api runs while its pod does, by the name of its host: with what it has cloned, whatever becomes of
   * the repository. Without that, while its repositories are there and the project is not disabled.
   */
  follow(isUp: ((host: string) => boolean) | undefined): void;
  stop(): Promise<void>;
}

/**
 * Starts the function services. The first part of a path says whose is meant, as the name of the host does in reality;
 * where there is none, since a repository is missing or the project is disabled, the connection is cut.
 */
export async function startFunctionServices(options: FunctionServicesOptions): Promise<FunctionServices> {
  const { platform } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const cluster = new FunctionCluster();
  const services = new Map<string, FunctionService>();
  const disabled = new WeakMap<Commit, boolean>();

  const isOff = (environment: Repository): boolean => {
    const { owner, name, defaultBranch, git } = environment;
    const head = git.branches.get(defaultBranch)?.head;
    if (head === undefined) return false;
    const known = disabled.get(head);
    if (known !== undefined) return known;
    const id = `${producerOf(options, environment)}-${name}`;
    const isNow = isDisabled(platform.readFile(owner.login, name, documentPath), id);
    disabled.set(head, isNow);
    return isNow;
  };
  let isUp: ((host: string) => boolean) | undefined;
  const isOver = (host: string, known: FunctionService, repository: Repository | undefined) =>
    isUp === undefined ? known.repository !== repository : !isUp(host);
  const serviceOf = (host: string): FunctionService | undefined => {
    const environment = environmentOf(options, host);
    const repository = environment && functionsOf(options, environment);
    const known = services.get(host);
    if (isUp === undefined && environment !== undefined && isOff(environment)) return undefined;
    if (known !== undefined && !isOver(host, known, repository)) return known;
    known?.close();
    services.delete(host);
    if (isUp?.(host) === false) return undefined;
    if (environment === undefined || repository === undefined) return undefined;
    const checkout = new RepositoryCheckout(platform, repository, "Save the functions");
    const namespace = options.namespace ?? "customer";
    const place = { producer: producerOf(options, environment), env: environment.name, namespace };
    const service = new FunctionService({ place, repository, checkout, cluster, timing });
    services.set(host, service);
    return service;
  };
  platform.onPush(({ repository, branch, after }) => {
    if (branch !== repository.defaultBranch) return;
    for (const service of services.values()) if (service.repository === repository) service.hear(after);
  });

  const server = await startServer({
    ...options.listening,
    handle: async (request) => {
      const { host, inside } = hostOf(request);
      const service = serviceOf(host);
      const reply = await service?.handle(inside);
      // Who is disabled in the meantime is cut off in the middle of what he asked for.
      if (reply === undefined || serviceOf(host) !== service) throw new ConnectionCut();
      return reply;
    },
  });
  return {
    server,
    cluster,
    of: (producer, env) => {
      const service = serviceOf(`${producer}-${env}`.toLowerCase());
      if (service === undefined) throw new Error(`no functions of ${producer} are kept in ${env}`);
      return service;
    },
    follow: (up) => {
      isUp = up;
    },
    stop: async () => {
      for (const service of services.values()) service.close();
      await server.stop();
    },
  };
}
