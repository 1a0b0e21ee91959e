import { BadUserInput, Conflict, NotFound, SettError, UpstreamUnavailable } from "../../errors.ts";
import type { ProducerGrant } from "../../permissions/grant.ts";
import {
  mainProject,
  type EnvironmentMark,
  type EnvironmentOfProject,
  type PlatformNames,
} from "../../permissions/platform-names.ts";
import type { GitApiService } from "../git-api.service.ts";
import type { RepositoriesService, Repository } from "../gitea/repositories.service.ts";
import type { WriteQueue } from "../write-queue.ts";
import { isForeign, refuseUnfit, takenProblem } from "./environment.rule.ts";

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

/** A repository that is to be an environment's. */
interface Making {
  readonly name: string;
  readonly mark: EnvironmentMark;
  readonly found: Repository | undefined;
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

  /** What is at a name once there is something: no service is believed that says so, but Gitea is asked, which tells its id. */
  async function thereOrMade(grant: ProducerGrant<"admin">, { name, found }: Making): Promise<Repository> {
    if (!found) await gitApi.createRepository(grant, name);
    const there = await repositories.repository(grant.caller, { owner: grant.login, name });
    if (!there) throw new UpstreamUnavailable("git-api", `the repository ${name} could not be made`);
    return there;
  }

  /**
   * A repository that is there with its mark, which is written anew where another key signs by now. What is to be marked
   * is looked at right before: somebody may have made one of that name, or saved in it, since it was looked for.
   */
  async function make(grant: ProducerGrant<"admin">, making: Making): Promise<void> {
    const { name, mark, found } = making;
    if (found && names.marked(found, mark) === found.description) return;
    const there = await thereOrMade(grant, making);
    if (isForeign(names, there, { name, mark })) throw new BadUserInput([takenProblem]);
    const description = names.marked(there, mark);
    if (description !== there.description) await repositories.describe(grant, name, description);
  }

  async function create(grant: ProducerGrant<"admin">, { env, project, isFirst }: NewEnvironment) {
    const all = await repositories.owned(grant);
    refuseUnfit({ all, made: madeAmong(all), names, limit }, { ...grant, env, project, isFirst });
    const places = placesOf(grant.producer, env);
    const wanted = (["functions", "project"] as const).map((keeps): Making => {
      const name = places[keeps];
      const found = all.find((each) => each.name === name);
      return { name, mark: { project, keeps }, found };
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
