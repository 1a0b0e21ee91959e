import type { PlatformNames } from "../../permissions/platform-names.ts";

/** What a repository of a producer's keeps: an environment's project, or the functions of all of them. */
export type RepositoryRole =
  { readonly audience: "project"; readonly env: string } | { readonly audience: "functions" };

/** What a repository keeps, by its name; undefined for any that is nothing to the platform. */
export function roleOf(
  names: Pick<PlatformNames, "environments" | "projectRepository" | "functionsRepository">,
  producer: string,
  repository: string,
): RepositoryRole | undefined {
  const isCalled = ({ name }: { name: string }) => name.toLowerCase() === repository.toLowerCase();
  if (isCalled(names.functionsRepository(producer))) return { audience: "functions" };
  const env = names.environments.find((each) => isCalled(names.projectRepository(producer, each)));
  return env === undefined ? undefined : { audience: "project", env };
}
