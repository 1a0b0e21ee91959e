import type { GiteaPlatform } from "./gitea/gitea.platform.ts";
import type { Repository } from "./gitea/repository.store.ts";
import type { SandboxRequest } from "./http.ts";

/** What is known of the platform where a host is looked up. */
export interface HostNames {
  platform: GiteaPlatform;
  /** What the logins of producers begin with. */
  prefix: string;
  /** The repositories that are environments. */
  environments: readonly string[];
}

/** The host that a path begins with, and the request as that host gets it. */
export function hostOf(request: SandboxRequest): { host: string; inside: SandboxRequest } {
  const { path, url } = request;
  const end = path.indexOf("/", 1);
  const host = path.slice(1, end < 0 ? undefined : end);
  const inside = { ...request, path: path.slice(host.length + 1) || "/", url: url.slice(host.length + 1) };
  return { host: host.toLowerCase(), inside };
}

/** The environment's repository: a host is a producer and an environment with a dash between, and both may have dashes. */
export function environmentOf(
  { platform, prefix, environments }: HostNames,
  host: string,
): Repository | undefined {
  return environments
    .filter((env) => host.endsWith(`-${env.toLowerCase()}`))
    .map((env) => platform.findRepository(`${prefix}-${host.slice(0, -env.length - 1)}`, env))
    .find((repository) => repository !== undefined);
}

/** The producer that a repository is of. */
export function producerOf({ prefix }: Pick<HostNames, "prefix">, { owner }: Repository): string {
  return owner.login.slice(prefix.length + 1);
}
