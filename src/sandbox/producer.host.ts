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

/** What the description of a repository begins with that somebody has made an environment of, or of its functions. */
const mark = /^LunchBadger environment(?: of project [a-z][a-z0-9]*)?( \(functions\))?(?![\w-])/;

const isMade = ({ description }: Repository): boolean => {
  const found = mark.exec(description);
  return found !== null && found[1] === undefined;
};

/**
 * The environment's repository: a host is a producer and an environment with a dash between, and producers may have
 * dashes, too. Environments that were made are none of producers whose names could be read as another's environment.
 */
export function environmentOf(
  { platform, prefix, environments }: HostNames,
  host: string,
): Repository | undefined {
  const known = environments
    .filter((env) => host.endsWith(`-${env.toLowerCase()}`))
    .map((env) => platform.findRepository(`${prefix}-${host.slice(0, -env.length - 1)}`, env))
    .find((repository) => repository !== undefined);
  if (known !== undefined) return known;
  const parts = host.split("-");
  const env = parts.pop() ?? "";
  if ([...parts, env].some((part) => environments.includes(part))) return undefined;
  const made = platform.findRepository(`${prefix}-${parts.join("-")}`, env);
  return made !== undefined && isMade(made) ? made : undefined;
}

/** The repository that keeps the functions of an environment. */
export function functionsOf(
  { platform, environments, functionsRepository }: HostNames & { readonly functionsRepository: string },
  { owner, name }: Repository,
): Repository | undefined {
  const isStatic = environments.includes(name);
  return platform.findRepository(
    owner.login,
    isStatic ? functionsRepository : `${functionsRepository}-${name}`,
  );
}

/** The producer that a repository is of. */
export function producerOf({ prefix }: Pick<HostNames, "prefix">, { owner }: Repository): string {
  return owner.login.slice(prefix.length + 1);
}
