import { project } from "../../actualizer/projection/projection.ts";
import type { ProjectSource } from "../../actualizer/projection/project.source.ts";
import type { ProducerResource } from "../../actualizer/resources/producer.resource.ts";
import type { CustomResource } from "../../actualizer/resources/resources.ts";
import type { ActualizerSettings } from "../../actualizer/settings.ts";
import { optionsIn, optionsPath, type EnvironmentOptions } from "../../services/environment.options.ts";
import { foldersOf, type Commit } from "../gitea/git.objects.ts";
import type { GiteaPlatform } from "../gitea/gitea.platform.ts";
import type { Repository } from "../gitea/repository.store.ts";
import { functionsOf, producerOf } from "../producer.host.ts";
import { readDocument } from "../sls/serverless.document.ts";
import { documentPath } from "../workspace/project.template.ts";
import { textOf, type Fields } from "./kubernetes.object.ts";

/** The platform whose producers' things run. */
export interface RunningPlatform {
  readonly platform: GiteaPlatform;
  /** What the logins of producers begin with. */
  readonly prefix: string;
  readonly environments: readonly string[];
  readonly functionsRepository: string;
}

const headOf = (repository: Repository): Commit | undefined =>
  repository.git.branches.get(repository.defaultBranch)?.head;

/** The models that a project's files tell of, as the running workspace would. */
function modelsOf(platform: GiteaPlatform, { owner, name }: Repository, head: Commit | undefined) {
  const paths = [...(head?.files.keys() ?? [])].filter((path) => /^server\/models\/[^/]+\.json$/.test(path));
  return paths.map((path) => {
    const model = JSON.parse(platform.readFile(owner.login, name, path) ?? "{}") as Fields;
    const id = textOf(model["lunchbadgerId"]);
    return {
      ...(id === "" ? {} : { id }),
      name: textOf(model["name"]),
      plural: textOf(model["plural"]) || undefined,
      path: textOf((model["http"] as Fields | undefined)?.["path"]) || undefined,
    };
  });
}

/** What is set for an environment; undefined where that makes no sense. */
function optionsOf(
  platform: GiteaPlatform,
  { owner, name }: Repository,
  head: Commit | undefined,
): EnvironmentOptions | undefined {
  try {
    return optionsIn(
      head?.files.has(optionsPath) ? platform.readFile(owner.login, name, optionsPath) : undefined,
    );
  } catch {
    return undefined;
  }
}

/** The functions in a repository: each is a folder with a document that describes it. */
function definedIn(
  platform: GiteaPlatform,
  { owner, name: repository }: Repository,
  head: Commit | undefined,
) {
  const entries = head === undefined ? [] : (foldersOf(head.files).get("") ?? []);
  return entries.flatMap(({ name, sha }) => {
    const path = `${name}/serverless.yml`;
    if (head?.files.has(path) !== true) return [];
    const document = readDocument(platform.readFile(owner.login, repository, path));
    const id = textOf((document["lunchbadger"] as Fields | undefined)?.["id"]);
    return [{ name, revision: sha, ...(id === "" ? {} : { id }) }];
  });
}

/** What an environment's saved project means on the cluster; nothing where that makes no sense. */
export function resourcesOf(
  { platform, prefix, environments, functionsRepository }: RunningPlatform,
  repository: Repository,
  owner: ProducerResource,
  settings: ActualizerSettings,
): readonly CustomResource[] {
  const { login } = repository.owner;
  const env = repository.name;
  const names = { platform, prefix, environments, functionsRepository };
  const functions = functionsOf(names, repository);
  const [head, functionsHead] = [headOf(repository), functions && headOf(functions)];
  const source: ProjectSource = {
    producer: producerOf({ prefix }, repository),
    env,
    owner,
    repository: { owner: login, name: env, ...(head === undefined ? {} : { commit: head.id }) },
    functionsRepository: functions && { owner: login, name: functions.name },
    document: head?.files.has(documentPath) ? platform.readFile(login, env, documentPath) : undefined,
    options: optionsOf(platform, repository, head),
    models: modelsOf(platform, repository, head),
    functions: functions ? definedIn(platform, functions, functionsHead) : [],
    settings,
  };
  const projection = project(source);
  return projection.outcome === "wanted" ? projection.resources : [];
}
