import type { PlatformNames } from "../../permissions/platform-names.ts";

/** What a repository of a producer's keeps, and of which environments: a project, or the functions of some. */
export interface RepositoryRole {
  readonly audience: "project" | "functions";
  readonly environments: readonly string[];
}

/**
 * What a repository keeps, by its name; undefined for any that is nothing to the platform. Whether an environment was
 * made of that name is not known here: who may listen to it was asked.
 */
export function roleOf(
  names: PlatformNames,
  producer: string,
  repository: string,
): RepositoryRole | undefined {
  const isCalled = ({ name }: { name: string }) => name.toLowerCase() === repository.toLowerCase();
  const [first = ""] = names.environments;
  const ofAll = names.functionsRepository(producer, first);
  if (isCalled(ofAll)) return { audience: "functions", environments: names.environments };
  const env = names.environments.find((each) => isCalled(names.projectRepository(producer, each)));
  if (env !== undefined) return { audience: "project", environments: [env] };
  if (!names.mayHaveMore(producer)) return undefined;
  const made = repository.toLowerCase().replace(`${ofAll.name.toLowerCase()}-`, "");
  if (!names.mayBeMade(made)) return undefined;
  const audience = isCalled(names.functionsRepository(producer, made)) ? "functions" : "project";
  return { audience, environments: [made] };
}
