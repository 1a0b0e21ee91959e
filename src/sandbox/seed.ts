import type { GiteaPlatform } from "./gitea/gitea.platform.ts";
import { functionFiles } from "./seed/function.files.ts";
import { projectFiles } from "./seed/project.files.ts";

/** Somebody on the sandbox platform: who, by which token, and what they are there to show. */
export interface SandboxPerson {
  readonly name: string;
  readonly login: string;
  readonly token: string;
  readonly about: string;
}

/** The sandbox's people. Their tokens are known to everybody and work nowhere else. */
export function sandboxPeople(prefix: string): readonly SandboxPerson[] {
  const person = (name: string, about: string, login = `${prefix}-${name}`) => ({
    name,
    login,
    token: `${name}-token`,
    about,
  });
  return [
    person("demo", `owns ${prefix}-demo: a project and functions`),
    person("al", "may write to both of demo's repositories"),
    person("zu", "may read demo's dev, not the functions"),
    person("eve", "a stranger to demo, with a producer of her own"),
    person("admin", "the site admin", "lbadmin"),
  ];
}

interface Names {
  readonly prefix: string;
  readonly environments: readonly string[];
  readonly functionsRepository: string;
}

interface SeedOptions extends Names {
  /** The gateway's own token, of a site admin. */
  readonly ownToken: string;
}

/** Fills a sandbox Gitea with its people, their repositories and who was let into them. */
export function seed(platform: GiteaPlatform, options: SeedOptions): void {
  const { prefix, environments, functionsRepository, ownToken } = options;
  for (const { name, login, token } of sandboxPeople(prefix)) {
    const isAdmin = name === "admin";
    platform.addUser({ login, email: `${name}@${prefix}.example`, isAdmin });
    platform.addToken(login, token);
    if (isAdmin) platform.addToken(login, ownToken);
    else addRepositories(platform, login, name, environments, functionsRepository);
  }
  const owner = `${prefix}-demo`;
  for (const repository of [...environments, functionsRepository]) {
    platform.setCollaborator(owner, repository, `${prefix}-al`, "write");
  }
  for (const env of environments) platform.setCollaborator(owner, env, `${prefix}-zu`, "read");
}

function addRepositories(
  platform: GiteaPlatform,
  login: string,
  producer: string,
  environments: readonly string[],
  functionsRepository: string,
): void {
  for (const env of environments) {
    const files = { "README.md": `# ${producer} in ${env}\n`, ...projectFiles(producer, env) };
    platform.addRepository(login, env, { description: `The project of ${producer} in ${env}`, files });
  }
  const [env = ""] = environments;
  platform.addRepository(login, functionsRepository, {
    description: `The functions of ${producer}`,
    files: { "README.md": `# The functions of ${producer}\n`, ...functionFiles(producer, env) },
  });
}

/** Lets configstore hear of pushes to what was seeded, as it does of what it has made itself. */
export function addHooks(platform: GiteaPlatform, { url, ...names }: Names & { readonly url: string }): void {
  for (const { name, login } of sandboxPeople(names.prefix)) {
    if (name === "admin") continue;
    for (const repository of [...names.environments, names.functionsRepository]) {
      platform.addHook(login, repository, { url });
    }
  }
}
