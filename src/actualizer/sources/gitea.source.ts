import pLimit from "p-limit";
import { SettError } from "../../errors.ts";
import type { PlatformGrant } from "../../permissions/grant.ts";
import type { DirectoryRepository } from "../../services/gitea/directory.service.ts";
import { createEnvironmentReader, type FoundEnvironment, type ReadFolders } from "./environment.reader.ts";
import { leaveOutBeyond } from "./made.environments.ts";
import type {
  ListedProducer,
  ListedRepository,
  LostEnvironment,
  PlatformSource,
  ProducerFacts,
} from "./platform.source.ts";
import { sideBySide, type Reading, type SourceMeans } from "./source.means.ts";

const toListed = (repository: DirectoryRepository): ListedRepository => ({
  id: repository.id,
  name: repository.name,
  description: repository.description,
  branch: repository.defaultBranch,
  updatedAt: repository.updatedAt,
});

const unmarked = "Its repository is there, but is not marked as an environment.";
const unlisted = "Its repository is there, maybe under another name, but is not among the producer's.";

const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
  one.name < other.name ? -1 : 1;

function byOwner(repositories: readonly DirectoryRepository[]) {
  const owned = new Map<string, DirectoryRepository[]>();
  for (const repository of repositories) {
    const login = repository.owner.login.toLowerCase();
    const own = owned.get(login);
    if (own) own.push(repository);
    else owned.set(login, [repository]);
  }
  return owned;
}

/** What Gitea keeps, and what runs of it, as the truth of what is to run. */
export function createPlatformSource(means: SourceMeans): PlatformSource {
  const { directory, names, grants } = means;
  const environments = createEnvironmentReader(means);

  const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

  /** Whatever else a producer keeps in repositories is nobody's business. */
  const isOfPlatform = (producer: string, repository: DirectoryRepository) =>
    names.environmentOf(repository) !== undefined ||
    names.functionsOf(repository) !== undefined ||
    names.ownRepositories(producer).some(({ name }) => isSame(name, repository.name));

  function environmentsIn(producer: string, repositories: readonly DirectoryRepository[]) {
    return repositories.flatMap((repository): FoundEnvironment[] => {
      const found = names.environmentOf(repository);
      if (!found) return [];
      const { env } = found;
      const { name } = names.functionsRepository(producer, env);
      // A name alone is not enough: what somebody keeps under it for themselves is not to be run.
      const functionsRepository = repositories.find((each) =>
        names.isStatic(env) ? isSame(each.name, name) : names.functionsOf(each)?.env === env,
      );
      return [{ producer, env, repository, functionsRepository }];
    });
  }

  /** What may have happened to an environment that is not among the repositories that were listed. */
  async function lostOf(
    grant: PlatformGrant,
    [producer, env]: readonly [string, string],
    repositories: readonly DirectoryRepository[],
  ): Promise<LostEnvironment> {
    if (repositories.some(({ name }) => isSame(name, env))) return { env, because: unmarked };
    try {
      const isThere = await directory.hasRepository(grant, names.projectRepository(producer, env));
      return { env, because: isThere ? unlisted : undefined };
    } catch (error) {
      if (!(error instanceof SettError)) throw error;
      return { env, because: error.message };
    }
  }

  return {
    list: async (signal) => {
      const grant = grants().platform();
      const accounts = await directory.accounts(grant, signal);
      const repositories = await directory.repositories(grant, signal);
      const owned = byOwner(repositories);
      return accounts.flatMap(({ login }): ListedProducer[] => {
        const producer = names.producerOf(login);
        if (producer === undefined) return [];
        const own = (owned.get(login.toLowerCase()) ?? []).filter((each) => isOfPlatform(producer, each));
        return [{ producer, login, repositories: own.map(toListed).sort(byName) }];
      });
    },

    read: async (producer, signal, expected = []): Promise<ProducerFacts | undefined> => {
      const reading: Reading = { grants: grants(), signal };
      const grant = reading.grants.platform();
      signal.throwIfAborted();
      const account = await directory.account(grant, names.loginOf(producer));
      if (!account) return undefined;
      const repositories = await directory.repositoriesOf(grant, account, signal);
      const lookedAt = new Map<string, ReturnType<ReadFolders>>();
      const readFolders: ReadFolders = (repository) => {
        const folders = lookedAt.get(repository.name) ?? environments.folders(repository, reading);
        lookedAt.set(repository.name, folders);
        return folders;
      };
      const all = environmentsIn(producer, repositories.toSorted(byName));
      const found = leaveOutBeyond(means.environmentLimit, names, all);
      const facts = await pLimit(sideBySide).map(found, (each) =>
        environments.read(each, reading, readFolders),
      );
      const missing = expected.filter((env) => found.every((each) => each.env !== env));
      const lost = await pLimit(sideBySide).map(missing, (env) =>
        lostOf(grant, [producer, env], repositories),
      );
      // What was cut short looks like an outage of each environment.
      signal.throwIfAborted();
      return { producer, login: account.login, environments: facts, lost };
    },

    cameUp: means.running.cameUp,
  };
}
