import { BadUserInput, Conflict, NotFound, SettError, UpstreamUnavailable } from "../../errors.ts";
import type { ProducerGrant } from "../../permissions/grant.ts";
import {
  mainProject,
  type EnvironmentOfProject,
  type PlatformNames,
} from "../../permissions/platform-names.ts";
import type { GitApiService } from "../git-api.service.ts";
import type { RepositoriesService, Repository } from "../gitea/repositories.service.ts";
import type { WriteQueue } from "../write-queue.ts";
import { refuseUnfit } from "./environment.rule.ts";

/** An environment that is to be made. */
export interface NewEnvironment {
  readonly env: string;
  readonly project: string;
  /** Whether the project is to be new with it. */
  readonly isFirst: boolean;
}

/** Makes and removes environments besides those that every producer has. */
export interface EnvironmentsService {
  /** Which repositories had to be made: none when all was there already. */
  readonly create: (grant: ProducerGrant<"admin">, wanted: NewEnvironment) => Promise<readonly string[]>;
  /** Removes an environment with its functions for good. */
  readonly remove: (grant: ProducerGrant<"admin">, env: string) => Promise<void>;
  /** Removes a project with all its environments, which have to be named; throws NotFound where there is none. */
  readonly removeProject: (
    grant: ProducerGrant<"admin">,
    project: string,
    confirmed: readonly string[],
  ) => Promise<void>;
}

interface Parts {
  readonly repositories: RepositoriesService;
  readonly gitApi: GitApiService;
  readonly names: PlatformNames;
  readonly queue: WriteQueue;
  readonly limit: number;
}

export function createEnvironmentsService(parts: Parts): EnvironmentsService {
  const { repositories, gitApi, names, queue, limit } = parts;

  const placesOf = (producer: string, env: string) => ({
    project: names.projectRepository(producer, env).name,
    functions: names.functionsRepository(producer, env).name,
  });
  const madeAmong = (all: readonly Repository[]): EnvironmentOfProject[] =>
    all
      .map(names.environmentOf)
      .filter((found) => found !== undefined)
      .filter(({ env }) => !names.isStatic(env));

  /** A repository that is there with its mark: no service is believed that says so, but Gitea is asked. */
  async function make(
    grant: ProducerGrant<"admin">,
    { name, mark, found }: { name: string; mark: string | undefined; found: Repository | undefined },
  ): Promise<void> {
    const isThere = found ?? (await gitApi.createRepository(grant, name));
    if (!isThere && !(await repositories.repository(grant.caller, { owner: grant.login, name }))) {
      throw new UpstreamUnavailable("git-api", `the repository ${name} could not be made`);
    }
    if (mark !== undefined) await repositories.describe(grant, name, mark);
  }

  async function create(grant: ProducerGrant<"admin">, { env, project, isFirst }: NewEnvironment) {
    const all = await repositories.owned(grant);
    refuseUnfit({ all, made: madeAmong(all), names, limit }, { ...grant, env, project, isFirst });
    const places = placesOf(grant.producer, env);
    const wanted = (["functions", "project"] as const).map((keeps) => {
      const name = places[keeps];
      const found = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
      const marked = found && (keeps === "project" ? names.environmentOf(found) : names.functionsOf(found));
      const mark = marked?.project === project ? undefined : names.mark({ project, keeps });
      return { name, mark, found };
    });
    const done: string[] = [];
    // The environment's own mark comes last: until then there is none, and half of one is nobody's to see.
    const steps = [
      ...wanted.map((each) => ({ what: each.name, run: () => make(grant, each) })),
      ...wanted.map(({ name }) => ({ what: `hook of ${name}`, run: () => gitApi.registerHook(grant, name) })),
    ];
    for (const { what, run } of steps) {
      try {
        await run();
        done.push(what);
      } catch (error) {
        const missing = steps.map((step) => step.what).filter((each) => !done.includes(each));
        throw error instanceof SettError ? error.with({ done, missing }) : error;
      }
    }
    return wanted.filter(({ found }) => !found).map(({ name }) => name);
  }

  /** Functions first: without them the environment is still there to be removed. */
  async function remove(grant: ProducerGrant<"admin">, env: string) {
    const { project, functions } = placesOf(grant.producer, env);
    const kept = await repositories.repository(grant.caller, { owner: grant.login, name: functions });
    if (kept && names.functionsOf(kept)) await repositories.remove(grant, functions);
    try {
      await repositories.remove(grant, project);
    } catch (error) {
      throw error instanceof UpstreamUnavailable
        ? error.with({ done: [functions], missing: [project] })
        : error;
    }
  }

  async function removeProject(grant: ProducerGrant<"admin">, project: string, confirmed: readonly string[]) {
    if (project === mainProject) {
      throw new BadUserInput([{ field: "input.name", message: "every producer has this project" }]);
    }
    const ofProject = madeAmong(await repositories.owned(grant)).filter((each) => each.project === project);
    const environments = ofProject.map(({ env }) => env).sort();
    if (environments.length === 0) throw new NotFound("project");
    if (environments.join() !== [...new Set(confirmed)].sort().join()) {
      throw new Conflict("The project has other environments than those named.", { environments });
    }
    const done: string[] = [];
    for (const env of environments) {
      try {
        await remove(grant, env);
        done.push(env);
      } catch (error) {
        const missing = environments.filter((each) => !done.includes(each));
        throw error instanceof SettError ? error.with({ done, missing }) : error;
      }
    }
  }

  const alone = <Result>({ producer }: ProducerGrant, work: () => Promise<Result>) =>
    queue.run(`producer ${producer}`, work);

  return {
    create: (grant, wanted) => alone(grant, () => create(grant, wanted)),
    remove: (grant, env) => alone(grant, () => remove(grant, env)),
    removeProject: (grant, project, confirmed) =>
      alone(grant, () => removeProject(grant, project, confirmed)),
  };
}
