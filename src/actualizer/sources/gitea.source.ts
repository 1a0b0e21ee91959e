import pLimit from "p-limit";
import type { DirectoryRepository } from "../../services/gitea/directory.service.ts";
import { createEnvironmentReader, type FoundEnvironment, type ReadFolders } from "./environment.reader.ts";
import type { ListedProducer, ListedRepository, PlatformSource, ProducerFacts } from "./platform.source.ts";
import { sideBySide, type Reading, type SourceMeans } from "./source.means.ts";

const toListed = (repository: DirectoryRepository): ListedRepository => ({
  name: repository.name,
  description: repository.description,
  branch: repository.defaultBranch,
  updatedAt: repository.updatedAt,
});

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
      const functionsRepository = repositories.find((each) => isSame(each.name, name));
      return [{ producer, env, repository, functionsRepository }];
    });
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

    read: async (producer, signal): Promise<ProducerFacts | undefined> => {
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
      const found = environmentsIn(producer, repositories.toSorted(byName));
      const facts = await pLimit(sideBySide).map(found, (each) =>
        environments.read(each, reading, readFolders),
      );
      // What was cut short looks like an outage of each environment.
      signal.throwIfAborted();
      return { producer, login: account.login, environments: facts };
    },
  };
}
