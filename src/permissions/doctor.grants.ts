import { randomUUID } from "node:crypto";
import { boundless } from "../budget.ts";
import type { Caller, Viewer } from "./caller.ts";
import type { FunctionsGrant, PlatformGrant, ProjectGrant } from "./grant.ts";
import { mint } from "./mint.ts";
import type { PlatformNames } from "./platform-names.ts";
import type { ProjectName } from "./subject.ts";

/** What the doctor may do, for whoever runs the platform and has its token: look, and nothing else. */
export interface DoctorGrants {
  readonly platform: () => PlatformGrant;
  readonly project: (place: ProjectName) => ProjectGrant<"read">;
  readonly functions: (place: ProjectName) => FunctionsGrant<"read">;
}

interface Means {
  /** The gateway's own token in Gitea. */
  readonly token: string;
  readonly names: Pick<PlatformNames, "projectRepository" | "functionsRepository">;
}

const viewer: Viewer = {
  id: 0,
  login: "sett-doctor",
  fullName: "",
  email: "",
  avatarUrl: "",
  isAdmin: true,
};

/** No branch is read of: that of a repository is not known, and not needed. */
const defaultBranch = "master";

/**
 * The grants of the doctor, which is started by whoever holds the configuration and so the platform's token, and which no
 * policy judges. They are for reading alone, and only `src/doctor` may import them; lint says so.
 */
export function createDoctorGrants({ token, names }: Means): DoctorGrants {
  const caller: Caller = {
    credential: { kind: "token", token },
    key: "doctor",
    requestId: `doctor-${randomUUID()}`,
    budget: boundless,
  };
  const read = { caller, defaultBranch, level: "read" } as const;

  return {
    platform: () => mint<PlatformGrant>({ about: "platform", caller, viewer }),
    project: ({ producer, env }) =>
      mint<ProjectGrant<"read">>({
        about: "project",
        ...names.projectRepository(producer, env),
        ...{ ...read, producer, env },
      }),
    functions: ({ producer, env }) =>
      mint<FunctionsGrant<"read">>({
        about: "functions",
        ...names.functionsRepository(producer, env),
        ...{ ...read, producer, env },
      }),
  };
}
