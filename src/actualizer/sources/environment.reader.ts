import { SettError } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { ProjectName } from "../../permissions/subject.ts";
import { optionsIn, optionsPath } from "../../services/environment.options.ts";
import type { DirectoryRepository } from "../../services/gitea/directory.service.ts";
import { listOf } from "../../services/workspace/document/document.reader.ts";
import { savedProject } from "../projection/saved.project.ts";
import { repositoryShape, type RepositoryPlace } from "../resources/resource.parts.ts";
import { createFunctionFolders, type FunctionFolders } from "./function.folders.ts";
import type { EnvironmentFacts } from "./platform.source.ts";
import { createProjectFiles } from "./project.files.ts";
import type { Reading, SourceMeans } from "./source.means.ts";

/** An environment by its repositories. */
export interface FoundEnvironment extends ProjectName {
  readonly repository: DirectoryRepository;
  readonly functionsRepository: DirectoryRepository | undefined;
  /** Why it is not to be read, in words. */
  readonly leftOut?: string | undefined;
}

/** The functions that a repository keeps, looked at once for all environments of a producer that it keeps them for. */
export type ReadFolders = (repository: DirectoryRepository) => Promise<FunctionFolders | undefined>;

const placeOf = ({ owner, name, defaultBranch }: DirectoryRepository): RepositoryPlace => {
  const branch = repositoryShape.shape.branch.safeParse(defaultBranch).data;
  return { owner: owner.login, name, ...(branch === undefined ? {} : { branch }) };
};

/** Which questions the projection will have, by what is saved: what nobody needs is not asked for. */
function needsOf(place: ProjectName, document: string | undefined) {
  const saved = savedProject(place, document);
  const runs = saved.outcome === "read" && saved.document["disabled"] !== true;
  return { runs, hasGateways: runs && listOf(saved.document, "gateways").length > 0 };
}

/**
 * What went wrong with an environment is that environment's, whatever was thrown: a file can be written so that whoever
 * reads it runs out of stack, and the producer's others are read all the same.
 */
const inWords = (error: unknown): string =>
  error instanceof SettError ? error.message : "What is saved there cannot be read.";

/** What is set for an environment; undefined, with why, where that makes no sense. */
function readOptions(text: string | undefined): Pick<EnvironmentFacts, "options" | "gaps"> {
  try {
    return { options: optionsIn(text) };
  } catch (error) {
    const words = error instanceof SettError ? error.message : `${optionsPath} cannot be read.`;
    return { options: undefined, gaps: [words] };
  }
}

/** Reads all that is known of environments, each for itself: where one cannot be read, the others can. */
export function createEnvironmentReader(means: SourceMeans) {
  const { snapshots, running, autoGateway } = means;
  const readFiles = createProjectFiles(means);
  const functionFolders = createFunctionFolders(means);

  const grantOf = ({ grants }: Reading, { owner, name, defaultBranch }: DirectoryRepository) =>
    grants.repository({ owner: owner.login, name, defaultBranch });

  async function readSaved(grant: RepositoryGrant, { isEmpty }: DirectoryRepository) {
    const commit = await snapshots.head(grant, isEmpty);
    const none = { document: undefined, options: undefined };
    return { commit, ...(commit === undefined ? none : await readFiles(grant, commit)) };
  }

  async function readFunctions(
    { functionsRepository }: FoundEnvironment,
    withIds: boolean,
    { signal }: Reading,
    readFolders: ReadFolders,
  ): Promise<Pick<EnvironmentFacts, "functions" | "gaps">> {
    if (!functionsRepository) return { functions: undefined };
    try {
      const folders = await readFolders(functionsRepository);
      return { functions: await functionFolders.definitions(folders, withIds, { signal }) };
    } catch (error) {
      return { functions: undefined, gaps: [`${functionsRepository.name}: ${inWords(error)}`] };
    }
  }

  async function readFacts(
    found: FoundEnvironment,
    reading: Reading,
    readFolders: ReadFolders,
  ): Promise<EnvironmentFacts> {
    const { repository, functionsRepository } = found;
    const place = { producer: found.producer, env: found.env };
    const { commit, document, options: text } = await readSaved(grantOf(reading, repository), repository);
    reading.signal.throwIfAborted();
    const { options, gaps = [] } = readOptions(text);
    // Where options make no sense nothing of it is changed, whatever runs.
    const { runs, hasGateways } = options ? needsOf(place, document) : { runs: false, hasGateways: false };
    const project = reading.grants.project(place, repository.defaultBranch);
    const servesAll = runs && (options?.autoGateway ?? autoGateway);
    const [models, openApi, functions] = await Promise.all([
      hasGateways ? running.models(project) : [],
      servesAll ? running.openApi(project) : undefined,
      readFunctions(found, hasGateways, reading, readFolders),
    ]);
    return {
      env: found.env,
      repository: { ...placeOf(repository), id: repository.id, ...(commit === undefined ? {} : { commit }) },
      functionsRepository: functionsRepository && placeOf(functionsRepository),
      document,
      options,
      models,
      openApi,
      functions: functions.functions,
      gaps: [...gaps, ...(functions.gaps ?? [])],
    };
  }

  /** An environment of which nothing is read but where it is, and why. */
  const unread = (
    { env, repository, functionsRepository }: FoundEnvironment,
    why: Pick<EnvironmentFacts, "leftOut" | "unavailable">,
  ): EnvironmentFacts => ({
    ...why,
    env,
    repository: placeOf(repository),
    functionsRepository: functionsRepository && placeOf(functionsRepository),
    document: undefined,
    options: undefined,
    models: undefined,
    functions: undefined,
  });

  return {
    read: async (
      found: FoundEnvironment,
      reading: Reading,
      readFolders: ReadFolders,
    ): Promise<EnvironmentFacts> => {
      const { leftOut } = found;
      if (leftOut !== undefined) return unread(found, { leftOut });
      try {
        return await readFacts(found, reading, readFolders);
      } catch (error) {
        return unread(found, { unavailable: inWords(error) });
      }
    },

    folders: (repository: DirectoryRepository, reading: Reading) =>
      functionFolders.read(grantOf(reading, repository), repository.isEmpty),
  };
}
