import { randomUUID } from "node:crypto";
import { boundless } from "../budget.ts";
import type { Caller, Viewer } from "./caller.ts";
import type { FunctionsGrant, PlatformGrant, ProjectGrant, RepositoryGrant } from "./grant.ts";
import { mint } from "./mint.ts";
import type { PlatformNames } from "./platform-names.ts";
import type { ProjectName, RepositoryName } from "./subject.ts";

/** A repository as far as a grant names it. */
export interface GrantedRepository extends RepositoryName {
  readonly defaultBranch: string;
}

/** What the actualizer may do: it acts for the platform, which has asked nobody, so it has what it needs and no more. */
export interface ActualizerGrants {
  /** To see all producers and their repositories. */
  readonly platform: () => PlatformGrant;
  readonly repository: (repository: GrantedRepository) => RepositoryGrant<"read">;
  readonly project: (place: ProjectName, defaultBranch?: string) => ProjectGrant<"read">;
  /** Deploying is a write. */
  readonly functions: (place: ProjectName, defaultBranch?: string) => FunctionsGrant<"write">;
}

interface Means {
  /** The platform's own token in Gitea, of a site admin. */
  readonly token: string;
  readonly names: Pick<
    PlatformNames,
    "projectRepository" | "functionsRepository" | "isStatic" | "environments"
  >;
  /** What the calls of one piece of work are told apart by; one for each grant if not said. */
  readonly requestId?: string;
}

/** What Gitea makes the default where nobody says otherwise. */
const usualBranch = "master";

const viewer: Viewer = {
  id: 0,
  login: "sett-actualizer",
  fullName: "",
  email: "",
  avatarUrl: "",
  isAdmin: true,
};

/**
 * The grants of the actualizer, which nobody has asked for anything and whom no policy judges. Besides the policy only this
 * and the doctor's make grants, and only `src/actualizer` may import it; lint says so.
 */
export function createActualizerGrants({ token, names, requestId }: Means): ActualizerGrants {
  const callerOf = (): Caller => ({
    credential: { kind: "token", token },
    key: "actualizer",
    requestId: requestId ?? `actualizer-${randomUUID()}`,
    budget: boundless,
  });

  return {
    platform: () => mint<PlatformGrant>({ about: "platform", caller: callerOf(), viewer }),
    repository: ({ owner, name, defaultBranch }) =>
      mint<RepositoryGrant<"read">>({ caller: callerOf(), owner, name, defaultBranch, level: "read" }),
    project: ({ producer, env }, defaultBranch = usualBranch) =>
      mint<ProjectGrant<"read">>({
        about: "project",
        caller: callerOf(),
        ...names.projectRepository(producer, env),
        defaultBranch,
        level: "read",
        producer,
        env,
      }),
    functions: ({ producer, env }, defaultBranch = usualBranch) =>
      mint<FunctionsGrant<"write">>({
        about: "functions",
        caller: callerOf(),
        ...names.functionsRepository(producer, env),
        defaultBranch,
        level: "write",
        producer,
        env,
        environments: names.isStatic(env) ? names.environments : [env],
      }),
  };
}
